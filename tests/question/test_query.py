from itertools import chain

import pytest

from hyqa.question.query import make_query, question_language
from hyqa.text.tokens import content_tokens, tokenize
from hyqa.types import Language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("博士有什么补贴？", Language.CHINESE),
        ("How much is the allowance?", Language.ENGLISH),
        ("R&D补贴有多少", Language.CHINESE),
        ("GDP是多少", Language.CHINESE),
        ("What is 青螺洲 Industrial Park?", Language.ENGLISH),
        ("2025?", Language.ENGLISH),
        ("", Language.ENGLISH),
    ],
)
def test_a_question_is_chinese_when_a_third_of_its_letters_are(
    question: str, language: Language
) -> None:
    assert question_language(question) is language


def test_a_query_holds_the_tokens_of_its_text() -> None:
    query = make_query("请问博士有什么补贴？")
    assert query.text == "请问博士有什么补贴？"
    assert list(query.tokens) == tokenize(query.text)
    assert list(query.content) == content_tokens(query.text)
    assert set(query.content) <= set(query.tokens)


def test_a_language_that_is_given_is_kept() -> None:
    assert make_query("博士补贴").language is Language.CHINESE
    assert make_query("博士补贴", Language.ENGLISH).language is Language.ENGLISH


def test_synonyms_are_tokens_of_other_words() -> None:
    query = make_query("博士补贴")
    synonyms = list(chain.from_iterable(query.equals))
    assert "补助" in synonyms
    assert all(token == token.lower() for token in synonyms)


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "😀", "é", "！？"])
def test_any_text_makes_a_query(text: str) -> None:
    assert make_query(text).text == text


def test_what_was_said_before_counts_less_than_the_question_itself() -> None:
    query = make_query("港口有多大\n几个泊位", context="港口在城南。")
    assert "泊位" in query.tokens and "港口" not in query.tokens
    assert {"港口", "城南"} <= set(query.before)
    assert query.encoded == "港口有多大\n港口在城南。\n几个泊位"
    assert query.question == "几个泊位"
