"""The bot says the same in each of its languages, and chooses well between them."""

from dataclasses import asdict
from string import Formatter

import pytest

from bot import languages
from bot.texts import TEXTS
from hyqa import Language


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_each_sentence_exists_in_each_language_with_the_same_blanks() -> None:
    chinese, english = (asdict(TEXTS[language]) for language in Language)
    assert all(text.strip() for text in (*chinese.values(), *english.values()))
    for name in chinese:
        assert fields(chinese[name]) == fields(english[name]), name


def test_no_two_sentences_of_the_languages_are_mixed_up() -> None:
    assert languages.of_text(TEXTS[Language.CHINESE].failed, "en") is Language.CHINESE
    for name, text in asdict(TEXTS[Language.ENGLISH]).items():
        if name != "start":
            assert languages.of_text(text, "zh") is Language.ENGLISH, name


@pytest.mark.parametrize("code", ["zh", "zh-hans", "zh-TW", "ZH_hant"])
def test_chinese_codes(code: str) -> None:
    assert languages.of_code(code) is Language.CHINESE


@pytest.mark.parametrize("code", ["en", "de", "", None, "zha"])
def test_all_other_codes_are_english(code: str | None) -> None:
    assert languages.of_code(code) is Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "code", "language"),
    [
        ("博士补贴", "en", Language.CHINESE),
        ("BYD 在衡阳吗", "en", Language.CHINESE),
        ("PhD?", "zh", Language.ENGLISH),
        ("2025?", "zh", Language.CHINESE),
        ("😀", None, Language.ENGLISH),
    ],
)
def test_a_text_tells_its_language_or_the_user_does(
    text: str, code: str | None, language: Language
) -> None:
    assert languages.of_text(text, code) is language
