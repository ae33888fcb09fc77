"""The bot says the same in each of its languages, and chooses well between them."""

from dataclasses import asdict
from string import Formatter

import pytest

from bot import languages
from bot.languages import Tongue
from bot.texts import TEXTS
from hyqa import Language


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_each_sentence_exists_in_each_language_with_the_same_blanks() -> None:
    first, *others = (asdict(TEXTS[tongue]) for tongue in Tongue)
    assert all(text.strip() for texts in (first, *others) for text in texts.values())
    for texts in others:
        for name in first:
            assert fields(first[name]) == fields(texts[name]), name


def test_no_two_sentences_of_the_languages_are_mixed_up() -> None:
    for tongue in (Tongue.SIMPLIFIED, Tongue.TRADITIONAL):
        assert languages.of_text(TEXTS[tongue].failed, tongue) is tongue
    for name, text in asdict(TEXTS[Tongue.ENGLISH]).items():
        if name != "start":
            assert languages.of_text(text, "en") is Tongue.ENGLISH, name


@pytest.mark.parametrize("code", ["zh", "zh-hans", "zh-CN", "ZH_sg"])
def test_chinese_codes(code: str) -> None:
    assert languages.of_code(code) is Tongue.SIMPLIFIED


@pytest.mark.parametrize("code", ["zh-TW", "zh-hant", "ZH_HK", "zh-Hant-MO"])
def test_traditional_codes(code: str) -> None:
    assert languages.of_code(code) is Tongue.TRADITIONAL


@pytest.mark.parametrize("code", ["en", "de", "", None, "zha"])
def test_all_other_codes_are_english(code: str | None) -> None:
    assert languages.of_code(code) is Tongue.ENGLISH


def test_citations_are_chinese_or_english() -> None:
    assert Tongue.TRADITIONAL.language is Language.CHINESE
    assert Tongue.ENGLISH.language is Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "code", "tongue"),
    [
        ("博士补贴", "en", Tongue.SIMPLIFIED),
        ("博士補貼", "zh-hant", Tongue.TRADITIONAL),
        ("BYD 在衡阳吗", "en", Tongue.SIMPLIFIED),
        ("PhD?", "zh", Tongue.ENGLISH),
        ("2025?", "zh", Tongue.SIMPLIFIED),
        ("😀", None, Tongue.ENGLISH),
    ],
)
def test_a_text_tells_its_language_or_the_user_does(
    text: str, code: str | None, tongue: Tongue
) -> None:
    assert languages.of_text(text, code) is tongue
