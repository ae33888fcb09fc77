from dataclasses import fields
from string import Formatter

import pytest

from web.languages import Tongue, named, of_browser, of_text
from web.texts import TEXTS, Texts

SIMPLIFIED, TRADITIONAL, ENGLISH = Tongue


@pytest.mark.parametrize(
    ("header", "tongue"),
    [
        ("", SIMPLIFIED),
        ("zh-CN,zh;q=0.9,en;q=0.8", SIMPLIFIED),
        ("zh-TW", TRADITIONAL),
        ("zh-Hant-HK;q=0.5, en;q=0.4", TRADITIONAL),
        ("en-GB", ENGLISH),
        ("de-DE,de;q=0.9,zh;q=0.2", SIMPLIFIED),
        ("de-DE", ENGLISH),
        ("en;q=0.1,zh;q=0.9", SIMPLIFIED),
        ("zh_HK", TRADITIONAL),
        (";;;,,,q=9", ENGLISH),
        ("en;q=nan", ENGLISH),
    ],
)
def test_the_language_of_a_browser(header: str, tongue: Tongue) -> None:
    assert of_browser(header) is tongue


def test_the_language_of_a_text() -> None:
    assert of_text("园区", ENGLISH) is SIMPLIFIED
    assert of_text("園區", TRADITIONAL) is TRADITIONAL
    assert of_text("parks", SIMPLIFIED) is ENGLISH
    assert of_text("123", TRADITIONAL) is TRADITIONAL


def test_the_languages_that_a_link_may_name() -> None:
    assert [named(value) for value in ("zh-hans", "ZH-Hant", "en", "zh", "fr", "")] == [
        SIMPLIFIED, TRADITIONAL, ENGLISH, SIMPLIFIED, None, None,
    ]  # fmt: skip


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("one", [field.name for field in fields(Texts)])
def test_each_text_is_there_in_each_language_and_takes_the_same(one: str) -> None:
    said = [str(getattr(TEXTS[tongue], one)) for tongue in Tongue]
    assert all(text.strip() for text in said)
    assert len({frozenset(places(text)) for text in said}) == 1


def test_no_text_is_of_another_language() -> None:
    for name in (field.name for field in fields(Texts)):
        chinese = "".join(char for char in getattr(TEXTS[ENGLISH], name) if char > "\u2fff")
        assert chinese == "", name
    traditional = "".join(str(getattr(TEXTS[TRADITIONAL], field.name)) for field in fields(Texts))
    assert not set("们这说问园优关间发业东车书长") & set(traditional)
