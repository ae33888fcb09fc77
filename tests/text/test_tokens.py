import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.text.scripts import simplify
from hyqa.text.tokens import (
    _MAY_JOIN,
    HeldTokens,
    chinese_share,
    content_tokens,
    normalize,
    stem,
    tokenize,
)

CHARACTERS = list(map(chr, range(0x10000)))
STANDING_ALONE = [character for character in CHARACTERS if not _MAY_JOIN.match(character)]
FOLDED = [c for c in STANDING_ALONE if unicodedata.normalize("NFKC", c) != c]


@pytest.mark.parametrize(
    "spelling",
    [
        "云政办发〔2025〕3号",
        "云政办发[2025]3号",
        "云政办发（2025）第3号",
        "云政办发(2025)第 3 号",
        "云政办发【2025】 3 号",
        "云政办发［２０２５］３号",
        "云政办发﹝2025﹞03号",
        "Yunzhengbanfa [2025] No. 3",
        "YUNZHENGBANFA [2025] no 3",
    ],
)
def test_a_document_number_is_the_same_token_in_every_spelling(spelling: str) -> None:
    assert "#2025-3" in tokenize(spelling)


def test_other_numbers_are_no_document_numbers() -> None:
    for text in ("2025年3号楼", "1825〕3号", "2025年3月", "12025"):
        assert not [token for token in tokenize(text) if token.startswith("#")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300万元", {"300", "300万元"}),
        ("300 万元", {"300", "300万元"}),
        ("1,200.5亿元", {"1200.5", "1200.5亿元"}),
        ("5.6%", {"5.6", "5.6%"}),
        ("2024年", {"2024", "2024年"}),
        ("86家", {"86", "86家"}),
        ("36 months", {"36", "month"}),
    ],
)
def test_figures_are_kept_whole_with_and_without_their_unit(text: str, expected: set[str]) -> None:
    assert expected <= set(tokenize(text))


def test_full_and_half_width_upper_and_lower_case_are_the_same() -> None:
    assert tokenize("ＡＢＣ３００万元，５．６％") == tokenize("abc300万元,5.6%")
    assert normalize("Ａ") == "a"


def test_english_words_are_stemmed_and_function_words_dropped() -> None:
    assert tokenize("the subsidies of a company") == tokenize("subsidy companies")
    assert tokenize("what is it") == []
    assert stem("Subsidies") == stem("subsidy")


def plainly_normalized(text: str) -> str:
    """What ``normalize`` gives, said in the plainest way."""
    return simplify(unicodedata.normalize("NFKC", text)).lower()


def test_every_character_is_folded_as_unicode_says() -> None:
    for character in CHARACTERS:
        assert normalize(character) == plainly_normalized(character)
        beside = f"国e{character}ｅ，"
        assert normalize(beside) == plainly_normalized(beside)
    assert normalize("".join(STANDING_ALONE)) == plainly_normalized("".join(STANDING_ALONE))


def test_characters_that_are_folded_alone_never_join_the_one_before() -> None:
    beyond = list(map(chr, range(0x10000, sys.maxunicode + 1)))
    assert all(map(_MAY_JOIN.match, beyond))  # none of these is folded alone
    pairs = [unicodedata.decomposition(character).split() for character in CHARACTERS + beyond]
    joining = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and "<" not in pair[0]}
    joining |= set(map(chr, range(0x1160, 0x1200)))  # vowels and finals of Hangul syllables
    assert "\u0301" in joining
    for character in STANDING_ALONE:
        first = unicodedata.normalize("NFKD", character)[0]
        assert first not in joining
        assert unicodedata.combining(first) == 0


@given(st.text(st.sampled_from(FOLDED) | st.sampled_from(STANDING_ALONE), max_size=60))
def test_characters_that_are_folded_alone_are_so_in_every_text(text: str) -> None:
    assert normalize(text) == plainly_normalized(text)


@given(st.text(st.sampled_from(FOLDED) | st.characters(exclude_categories=[]), max_size=60))
def test_any_text_is_folded_as_unicode_says(text: str) -> None:
    assert normalize(text) == plainly_normalized(text)


def test_chinese_is_read_as_words_and_as_marked_pairs() -> None:
    tokens = tokenize("生活补贴")
    assert {"生活", "补贴", "_生活", "_活补", "_补贴"} == set(tokens)
    assert tokenize("园") == ["_园"]


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("请问博士有什么补贴呢？", {"博士", "_博士", "补贴", "_补贴"}),
        ("有几家企业", {"企业", "_企业"}),
        ("什么是保税区", {"保税区", "_保税", "_税区"}),
        ("What is the subsidy?", {"subsidi"}),
        ("How many companies are there?", {"compani"}),
    ],
)
def test_content_is_what_a_question_asks_without_its_question_words(
    question: str, content: set[str]
) -> None:
    assert set(content_tokens(question)) == content


@pytest.mark.parametrize("question", ["怎么样？", "what is it?", "吗", "的", "a", "é", "Где это?"])
def test_a_question_of_nothing_else_keeps_its_words(question: str) -> None:
    assert content_tokens(question)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]), max_size=40))
def test_a_text_with_letters_always_has_content(text: str) -> None:
    content = content_tokens(text)
    assert len(content) == len(set(content))
    # Compatibility characters such as a digit in a circle may lose what made them letters.
    assert content or not any(character.isalpha() for character in normalize(text))


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=60))
def test_any_text_has_tokens_that_can_be_stored(text: str) -> None:
    for token in [*tokenize(text), *content_tokens(text)]:
        assert token
        token.encode()


@pytest.mark.parametrize(
    "piece",
    [" ", "2025", "(2025 ", "2025第 ", "1,", "云", "云 ", "[", "a", "A. ", "😀", "\0", "号"],
)
def test_a_long_text_of_one_thing_is_read_too(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    tokenize(text)
    tokenize(f"2025{text}")


def test_what_a_text_holds_beside_chinese_stands_where_it_is_written() -> None:
    text = "衡政办发〔2025〕11号：2025年 3 parks, 3 parks and 300万元"
    held = HeldTokens(text)
    assert held.places("3") == [text.index("3 parks"), text.index("3 parks and")]
    assert held.places("park") == [text.index("parks"), text.index("parks and")]
    assert held.places("300万元") == [text.index("300")]
    assert held.places("#2025-11") == [0]
    assert held.places("30") == held.places("") == held.places("and") == []
    assert "300" in held and "2025年" in held
    assert not any(token in held for token in ("", "30", "par", "and", "#2025-1", "2025年\n3"))


def test_the_chinese_share_counts_letters_only() -> None:
    assert chinese_share("云岭 2025!") == 1.0
    assert chinese_share("abc云") == 0.25
    assert chinese_share("123 !?") == 0.0
    assert chinese_share("") == 0.0


@pytest.mark.parametrize(
    ("question", "kept"), [("周末下不下雨", "_下雨"), ("园区交不交税", "_交税")]
)
def test_a_verb_said_twice_around_a_not_is_kept_once(question: str, kept: str) -> None:
    assert kept in content_tokens(question)
    assert not any("不" in token for token in content_tokens(question))


def test_what_only_introduces_an_example_is_no_word() -> None:
    assert content_tokens("What about a headquarters, e.g. research, etc.?") == [
        "headquart",
        "research",
    ]
