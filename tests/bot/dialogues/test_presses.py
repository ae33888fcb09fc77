"""Each press has a letter that stays, is routed, and stands in one table alone."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from people import DESK

import bot
from bot.dialogues.buttons import Press, button
from bot.library import key_of
from bot.routing.router import Router
from dialogues.pressing import calls, pressed
from storage.database import Database

LETTERS = {
    "A": "TAKE_AWAY",
    "C": "CALENDAR",
    "a": "PARK_QUESTION",
    "b": "SUBJECT",
    "c": "AROUND",
    "d": "DEGREE",
    "e": "END_TALK",
    "f": "FORGET",
    "g": "LANGUAGE",
    "h": "RATING",
    "i": "INCENTIVE",
    "k": "PARK",
    "l": "DOCUMENTS",
    "m": "MORE_RESULTS",
    "n": "TELL_THEM",
    "o": "PLACES",
    "p": "PERSON",
    "P": "PUBLISH",
    "q": "CHOICE",
    "r": "REOPEN",
    "s": "SECTION",
    "t": "TELL_ME",
    "u": "FOLLOW",
    "U": "UNFOLLOW",
    "v": "DOCUMENT",
    "w": "WATCH",
    "W": "UNWATCH",
    "x": "PLACE",
    "y": "PLACE_PART",
}
"""Written down once more: messages that were sent carry these letters, so they may not change."""
VALUES = {
    "key": key_of("parks/time-valley.md"),
    "place": "profile",
    "attribute": key_of("incentives"),
    "subject": "news",
    "page": "0",
    "kind": "land",
    "start": "0",
    "end": "5",
    "side": "a",
    "value": "en",
    "decision": "0",
    "owner": "11",
    "verdict": "1",
    "question_id": "7",
    "number": "0",
    "thread_id": "7",
    "draft_id": "7",
    "where": "news",
}
ROOT = Path(bot.__file__).parent


def test_letters_stay_as_they_were_sent() -> None:
    assert {press.letter: press.name for press in Press} == LETTERS
    assert set(Counter(press.letter for press in Press).values()) == {1}


@pytest.mark.parametrize("press", Press)
def test_each_press_is_answered_with_and_without_what_may_be_left_out(
    press: Press, router: Router, database: Database
) -> None:
    all_ = [VALUES[name.rstrip("?")] for name in press.carries]
    least = [VALUES[name] for name in press.carries if not name.endswith("?")]
    for values in (all_, least):
        assert Press.read(press.data(*values)) == (press, values)
        with database.session() as session:
            router.answer(session, pressed(press.data(*values), DESK))
            assert calls(session), values
            session.rollback()


@pytest.mark.parametrize("press", Press)
def test_too_many_or_too_few_values_are_passed_over(
    press: Press, router: Router, database: Database
) -> None:
    needed = [name for name in press.carries if not name.endswith("?")]
    for data in {press.data(*needed[1:]), press.data(*press.carries, "x")} - {press.data(*needed)}:
        assert Press.read(data) is None
        with database.session() as session:
            router.answer(session, pressed(data))
            assert calls(session) == []
            session.rollback()


def test_data_that_no_button_carries_are_of_no_press() -> None:
    for data in ("", ":", "x", "SUBJECT", "bb:parks", "j:1", " b:parks", "B:parks"):
        assert Press.read(data) is None, data


def test_a_button_sends_back_what_is_read() -> None:
    made = button("后文", Press.AROUND, "0123456789", 10, 20, "a")
    assert made == {"text": "后文", "callback_data": "c:0123456789:10:20:a"}
    assert Press.read(made["callback_data"]) == (Press.AROUND, ["0123456789", "10", "20", "a"])


def test_data_are_made_and_letters_stand_in_one_module() -> None:
    table = ROOT / "dialogues" / "buttons.py"
    begins = re.compile(f"[{''.join(LETTERS)}]:")
    for path in sorted(ROOT.rglob("*.py")):
        if path == table:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value != "callback_data", path
                assert not begins.match(node.value), (path, node.value)
