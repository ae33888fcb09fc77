from collections.abc import Callable

import pytest

from hyqa.index.build import Index
from hyqa.models import HashEncoder
from hyqa.question.spelling import Speller
from hyqa.text.sentences import sentence_spans
from hyqa.types import Document


@pytest.fixture(scope="module")
def speller(index: Index) -> Speller:
    return Speller(index)


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("青锣洲工业园面积多大？", "青螺洲工业园面积多大？"),
        ("青罗洲有多少企业", "青螺洲有多少企业"),
        ("时针古产业园", "时针谷产业园"),
        ("鹭明站货场", "鹭鸣站货场"),
        ("综和保税区", "综合保税区"),
    ],
)
def test_a_homophone_in_a_name_of_the_corpus_is_mended(
    question: str, mended: str, speller: Speller
) -> None:
    assert speller.mend(question) == mended


def test_a_guess_that_leads_away_from_what_was_foreseen_is_not_taken(
    index_foreseen: Callable[..., Index],
) -> None:
    texts = {"park.md": "青螺园的地闲置两年是要收回的，由镇里收回的。\n" * 3}
    questions = [
        {"question": text, "answers": {"park.md": "青螺园的地闲置两年是要收回的"}}
        for text in ["会不会收回地", "青螺园在哪", "青螺园多大"]
    ]
    index = index_foreseen(texts, questions)
    assert Speller(index).mend("多久会收回地") == "多久会收回的"
    speller = Speller(index, HashEncoder())
    assert speller.mend("多久会收回地") == "多久会收回地"
    assert speller.mend("青罗园多大") == "青螺园多大"


def test_where_nothing_was_foreseen_the_words_tell(index: Index) -> None:
    assert len(index.foreseen)  # there are examples of small talk
    assert Speller(index, HashEncoder()).mend("青罗洲有多少企业") == "青螺洲有多少企业"


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("qingluozhou有多少企业", "青螺洲有多少企业"),
        ("Qing Luo Zhou", "青螺洲"),
        ("baoshuiqu", "保税区"),
        ("qingluozhou zai nali", "青螺洲在哪里"),
        ("qingluozhou you duoshao qiye", "青螺洲有多少企业"),
        ("baoshuiqu duoda", "保税区多大"),
        # Words that people ask with are known, though no document here has them.
        ("qingluozhou zai na", "青螺洲在哪"),
        ("qingluozhou youhui zhengce", "青螺洲优惠政策"),
        # Beside a name of three characters, what cannot be read is left out; else nothing is read.
        ("shizhengu chanyeyuan zui duoda", "时针谷产业园多大"),
        ("zui duoda", "zui duoda"),
    ],
)
def test_a_name_in_pinyin_becomes_the_name(question: str, mended: str, speller: Speller) -> None:
    assert speller.mend(question) == mended


def test_a_slip_in_a_latin_word_is_mended(speller: Speller, index: Index) -> None:
    for slip in ("railwway", "raillway"):
        mended = speller.mend(f"Where is the {slip}?")
        assert slip not in mended
        assert index.sparse.token_of("railway") in mended


def test_a_name_written_apart_is_joined(speller: Speller) -> None:
    assert speller.mend("What about Ware housing?") == "What about Warehousing?"


@pytest.mark.parametrize(
    "question",
    [
        "上海浦东有什么政策",
        "你好，今天天气怎么样",
        "Zhangjiang",
        "hello world",
        "NASA",
        "iphone",
        "warehousing allowance",
        "don’t, it's",
        "博士的补贴",
        "300万元",
        "",
        " ",
        "😀\0\ud800",
    ],
)
def test_what_the_corpus_knows_or_cannot_prove_stays(question: str, speller: Speller) -> None:
    assert speller.mend(question) == question


def test_every_sentence_of_the_corpus_is_right_already(
    documents: tuple[Document, ...], speller: Speller
) -> None:
    for document in documents:
        for start, end in sentence_spans(document.text):
            assert speller.mend(document.text[start:end]) == document.text[start:end]


def test_mending_a_mended_question_changes_nothing(speller: Speller) -> None:
    for question in ("青锣洲的面积", "qingluozhou", "综和保税区", "时针古"):
        mended = speller.mend(question)
        assert speller.mend(mended) == mended


@pytest.mark.parametrize(
    "piece", ["青锣洲", "qing", "qing ", "xian'", "abcdefgh ", "云", "warehosing "]
)
def test_the_longest_question_is_mended_too(piece: str, speller: Speller) -> None:
    assert speller.mend(piece * (2000 // len(piece)))
