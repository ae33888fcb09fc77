"""Keyboards that Telegram takes, and presses of buttons that nobody made."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import NOON
from sqlalchemy.orm import Session
from standin.schema import METHODS, checked
from standin.server import BOT, TOKEN
from telegram import Update

from bot.dialogues import keyboards
from bot.library import Library, Shelf
from bot.metrics import Metrics
from bot.routing.router import Router
from bot.scene import Profile, Scene, message_parameters
from bot.settings import Settings
from bot.state.database import Database
from bot.state.schema import Outgoing, Question
from bot.transport.api import Api
from bot.transport.membership import Membership
from hyqa import Answer, Citation, Document, Engine, Language, Metadata, Quote, Status

ME = Profile(123456, "hengyang_bot")
SETTINGS = Settings(TOKEN, desk_chat=-1001234567890, staff=frozenset({11}))
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


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("keyboards")
    database = Database(f"sqlite:///{folder}/bot.sqlite")
    database.migrate()
    yield database
    database.close()


def router(shelf: Shelf) -> Router:
    nobody = Membership(Api(TOKEN, "http://127.0.0.1:1/bot"), 0)
    return Router(Library(shelf), SETTINGS, ME, Metrics(), nobody, clock=lambda: NOON)


def pressed(data: str, chat_id: int = 11) -> Update:
    """Somebody pressed a button that carries this data."""
    chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
    message = {"message_id": 5, "chat": chat, "date": 1, "from": BOT, "text": "…"}
    query = {
        "id": "1", "from": {"id": 11, "is_bot": False, "first_name": "Li"},
        "chat_instance": "1", "message": message, "data": data,
    }  # fmt: skip
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)
    assert update
    return update


def calls(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """The calls that wait in a session, each checked as Telegram would."""
    found = [(row.method, row.payload) for row in session.new if isinstance(row, Outgoing)]
    for method, payload in found:
        if method not in ("copyMessage", "closeForumTopic"):  # their topic is still to be made
            checked(METHODS[method], payload, method)
    return found


@given(forged, st.sampled_from([11, 22, SETTINGS.desk_chat]))
@example("c::-1:10:b", 11)
@example(f"p:{10**30}", 11)
@example("f:1", 11)
@settings(max_examples=300, deadline=None)
def test_any_data_is_harmless_and_leads_to_what_telegram_takes(
    database: Database, shelf: Shelf, data: str, chat_id: int
) -> None:
    with database.session() as session:
        router(shelf).answer(session, pressed(data, chat_id))
        calls(session)
        session.rollback()


@given(st.lists(quotes, max_size=5), st.lists(citations, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_answer_has_a_keyboard_that_telegram_takes(
    database: Database, shelf: Shelf, quoted: list[Quote], near: list[Citation]
) -> None:
    status = Status.ANSWERED if quoted else Status.NOT_FOUND
    answer = Answer("?", "?", status, Language.CHINESE, 0.5, tuple(quoted), tuple(near))
    with database.session() as session:
        scene = Scene(session, pressed("x"), shelf, SETTINGS, ME, NOON)
        rows = keyboards.of_answer(scene, answer, Question(id=2**31 - 1))
        session.rollback()
    checked(METHODS["sendMessage"], message_parameters(11, "x", rows), "sendMessage")
    sources = {(one.citation.document_id, one.citation.heading_path) for one in quoted}
    turns = [one for row in rows for one in row if one.get("callback_data", "")[:2] == "c:"]
    assert len(turns) == 0 if not sources else len(turns) >= 2


def test_each_button_of_a_real_dialogue_does_something(
    database: Database, engine: Engine, shelf: Shelf
) -> None:
    """Press all buttons that come up, and all that come up then, each once."""
    open_, done = ["b:parks", "b:incentives", "b:talent", "l:", "l:news"], set[str]()
    while open_:
        data = open_.pop()
        done.add(data)
        with database.session() as session:
            router(shelf).answer(session, pressed(data))
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
