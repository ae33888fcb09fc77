"""Keyboards that Telegram takes, and presses of buttons that nobody made."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from people import DESK
from running import NOON
from standin.schema import METHODS, checked

from bot.dialogues import keyboards
from bot.library import Shelf
from bot.routing.router import Router
from bot.scene import Scene, message_parameters
from dialogues.pressing import ME, SETTINGS, calls, pressed
from hyqa import Answer, Citation, Document, Language, Metadata, Quote, Status
from storage.database import Database
from storage.schema import Question

LETTERS = "abcdefghijklmnopqrstuvwxyz"

words = st.text(st.characters(codec="utf-8"), max_size=80)
numbers = st.integers(-(10**20), 10**20).map(str)
parts = words | numbers | st.sampled_from(["parks", "talent", "zh-hans", "auto", "doctor", "①"])
forged = st.tuples(st.sampled_from(LETTERS) | words, st.lists(parts, max_size=5)).map(
    lambda data: ":".join([data[0], *data[1]])
)
metadata = st.builds(
    Metadata, title=words, url=words | words.map(lambda text: f"https://example.org/{text}")
)
citations = st.builds(
    Citation, words, metadata, st.lists(words, max_size=3).map(tuple), st.none()
)  # fmt: skip
quotes = st.builds(
    lambda citation, start, length: Quote("字" * length, citation, start, start + length),
    citations, st.integers(0, 10**9), st.integers(1, 500),
)  # fmt: skip


@given(forged, st.sampled_from([11, 22, DESK]))
@example("c::-1:10:b", 11)
@example(f"p:{10**30}", 11)
@example("f:1", 11)
@settings(max_examples=300, deadline=None)
def test_any_data_is_harmless_and_leads_to_what_telegram_takes(
    database: Database, router: Router, data: str, chat_id: int
) -> None:
    with database.session() as session:
        router.answer(session, pressed(data, chat_id))
        calls(session)
        session.rollback()


@given(st.lists(quotes, max_size=5), st.lists(citations, max_size=4), st.lists(words, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_answer_has_a_keyboard_that_telegram_takes(
    database: Database, shelf: Shelf, quoted: list[Quote], near: list[Citation], related: list[str]
) -> None:
    status = Status.ANSWERED if quoted else Status.NOT_FOUND
    answer = Answer("?", "?", status, Language.CHINESE, 0.5, tuple(quoted), tuple(near))
    answer = replace(answer, related=tuple(related))
    with database.session() as session:
        scene = Scene(session, pressed("x"), shelf, SETTINGS, ME, NOON)
        rows = keyboards.of_answer(scene, answer, Question(id=2**31 - 1))
        session.rollback()
    checked(METHODS["sendMessage"], message_parameters(11, "x", rows), "sendMessage")
    sources = {(one.citation.document_id, one.citation.heading_path) for one in quoted}
    turns = [one for row in rows for one in row if one.get("callback_data", "")[:2] == "c:"]
    assert len(turns) == 0 if not sources else len(turns) >= 2


def test_each_button_of_a_real_dialogue_does_something(database: Database, router: Router) -> None:
    """Press all buttons that come up, and all that come up then, each once."""
    open_, done = ["b:parks", "b:incentives", "b:talent", "l:", "l:news"], set[str]()
    while open_:
        data = open_.pop()
        done.add(data)
        with database.session() as session:
            router.answer(session, pressed(data))
            made = calls(session)
            session.rollback()
        assert made, data
        for _, payload in made:
            for row in payload.get("reply_markup", {}).get("inline_keyboard", []):
                shown = [one["callback_data"] for one in row if "callback_data" in one]
                # Questions of an answer are gone with the session that was rolled back.
                open_ += [one for one in shown if one[0] not in "hmpt" and one not in done]
    assert len(done) > 20


def test_headings_without_words_and_sections_by_the_hundred_fit(shelf: Shelf) -> None:
    [held] = [shelf.engine.document(id_) for id_, _ in shelf.documents[:1]]
    section = replace(held.sections[0], heading_path=("\n ",))
    many: Document = replace(held, sections=(section,) * 500)
    rows = keyboards.sections(many)[:30]
    checked(METHODS["sendMessage"], message_parameters(1, "x", rows), "sendMessage")
