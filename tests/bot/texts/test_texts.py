"""The bot says the same in each of its languages, and chooses well between them."""

import re
from dataclasses import asdict
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot import languages
from bot.languages import Tongue
from bot.texts import TEXTS
from bot.texts.menus import COMMANDS, STAFF_COMMANDS, introductions
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


def test_the_staffs_chat_has_a_menu_of_its_own() -> None:
    menus = [
        parameters
        for method, parameters in introductions(-100123)
        if method == "setMyCommands" and parameters.get("scope", {}).get("type") == "chat"
    ]
    assert [menu["scope"]["chat_id"] for menu in menus] == [-100123] * 2
    assert [menu.get("language_code") for menu in menus] == [None, "zh"]
    names = [one["command"] for one in menus[0]["commands"]]
    assert {"close", "gaps", "stats", "campaign", "audit", "switch", "ask"} <= set(names)
    public = [
        one["command"]
        for method, parameters in introductions(-100123)
        if method == "setMyCommands" and parameters.get("scope", {}).get("type") != "chat"
        for one in parameters["commands"]
    ]
    assert not {"gaps", "stats", "campaign", "audit", "switch"} & set(public)


def test_without_a_desk_no_menu_is_for_the_staff() -> None:
    assert all(
        parameters.get("scope", {}).get("type") != "chat" for _, parameters in introductions()
    )


def test_every_command_of_the_staff_is_in_their_menu() -> None:
    """Those that the router knows, and the one that ends a talk."""
    router = (Path(bot.__file__).parent / "routing" / "router.py").read_text("utf-8")
    known = re.findall(
        r'"(\w+)": (?:campaigns|statistics|switches|following|drafts|lambda)[^\n]*', router
    )
    ways = {"start", "help", "ask", "parks", "incentives", "talent", "sources", "language",
            "privacy", "forget", "person", "follow", "following"}  # fmt: skip
    of_the_desk = {"close", "assign", "desk", "reopen"}
    assert {"gaps", "stats", "campaign", "audit", "switch", "publish"} | of_the_desk == set(
        known
    ) - ways
    assert set(known) - ways <= set(STAFF_COMMANDS)
    assert set(COMMANDS) == ways
