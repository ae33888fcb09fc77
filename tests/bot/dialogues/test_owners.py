"""A button that acts on somebody's data is theirs: another's press changes nothing, and is told."""

from typing import Any

import pytest
from corpus import NONSENSE, QUESTION
from people import DESK, GROUP, Person
from running import Running
from sqlalchemy import func, select
from standin.calls import Sent
from standin.server import TelegramServer

from bot.dialogues.buttons import Press
from bot.languages import Tongue
from bot.texts import TEXTS
from storage.database import Database
from storage.outbox import SENT
from storage.schema import Base, Dialogue, Gap, Outgoing, Question
from storage.schema import Person as PersonRow

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


async def test_nobody_deletes_by_the_button_of_another(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    async with running() as bot:
        await chinese.ask(QUESTION)
        await english.ask("/start")
        asked = await chinese.ask("/forget", group=True)
        for label in (ZH.forget_yes, ZH.forget_no):
            before = contents(bot.database)
            await refused(server, english, asked, asked.buttons[label])
            assert contents(bot.database) == before
        own = await chinese.pressing(asked, ZH.forget_yes)
        assert own.seen.text == ZH.forgotten
        assert (await answered(server, 3))[-1] is None
        with bot.database.session() as session:
            assert list(session.scalars(select(PersonRow.id))) == [english.id]


async def test_an_old_button_without_an_owner_works_only_where_nobody_else_sees_it(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running() as bot:
        await chinese.ask(QUESTION)
        in_group = await chinese.ask("/help", group=True)
        await refused(server, chinese, in_group, Press.FORGET.data(1))
        with bot.database.session() as session:
            assert session.scalar(select(func.count()).select_from(Question)) == 1
        alone = await chinese.ask("/help")
        assert (await chinese.pressing(alone, Press.FORGET.data(1))).seen.text == ZH.forgotten


async def test_nobody_sets_a_language_by_the_button_of_another(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    async with running() as bot:
        asked = await chinese.ask("/language", group=True)
        await refused(server, english, asked, asked.buttons[EN.name])
        await chinese.pressing(asked, EN.name)
        with bot.database.session() as session:
            held = {one.id: one.language for one in session.scalars(select(PersonRow))}
    assert held == {chinese.id: "en", english.id: ""}


async def test_nobody_agrees_for_another(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    async with running() as bot:
        asked = await chinese.ask(f"/ask {NONSENSE}", group=True)
        with bot.database.session() as session:
            [question] = session.scalars(select(Question.id))
        pressed = await english.pressing(asked, Press.TELL_ME.data(question))
        assert pressed.seen.text == EN.not_yours
        with bot.database.session() as session:
            assert [gap.agreed for gap in session.scalars(select(Gap))] == [False]


async def test_who_writes_in_the_name_of_a_group_is_asked_to_come_alone(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running():
        await chinese.send(group=True, text="/forget", **anonymous(GROUP))
        [sent] = await server.wait_sent(1)
    assert sent.seen.text in (ZH.forget_alone, EN.forget_alone)
    assert sent.buttons == {}


async def test_forgetting_takes_what_was_asked_in_groups_as_well(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    async with running() as bot:
        await chinese.ask(f"/ask {QUESTION}", group=True)
        asked = await chinese.ask("/forget")
        await chinese.pressing(asked, ZH.forget_yes)
        with bot.database.session() as session:
            for table in (Question, Dialogue):
                assert list(session.scalars(select(table))) == []
            kept = session.scalars(select(Outgoing).where(Outgoing.chat_id == GROUP))
            assert not [row for row in kept if row.state == SENT]


@pytest.mark.parametrize("press", Press)
async def test_no_other_button_of_a_group_changes_what_is_held_of_who_asked(
    running: Running, server: TelegramServer, chinese: Person, english: Person, press: Press
) -> None:
    """Any button, its values being those of somebody else's question, talk and choice."""
    async with running(desk_chat=DESK) as bot:
        await chinese.ask(NONSENSE)
        await chinese.say("/person")
        await server.wait_sent(3)
        shown = await chinese.ask(f"/ask {NONSENSE}", group=True)
        before = of_person(bot.database, chinese.id)
        values = {"owner?": chinese.id, "value": "en", "decision": 1, "verdict": 1}
        carried = [values.get(name, 1) for name in press.carries]
        await english.press(shown, press.data(*carried))
        await answered(server, 1)
        await server.wait_taken()
        assert of_person(bot.database, chinese.id) == before


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of updates and of calls."""
    with database.session() as session:
        return {
            table.name: [
                tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in ("handled_updates", "outgoing", "people")
        }


def of_person(database: Database, person_id: int) -> dict[str, list[tuple[object, ...]]]:
    """All rows that name somebody, or a question or a talk of theirs."""
    with database.session() as session:
        mine = list(session.scalars(select(Question.id).where(Question.person_id == person_id)))
        found = {}
        for name, column, ids in (
            ("people", "id", [person_id]),
            ("questions", "person_id", [person_id]),
            ("gaps", "question_id", mine),
            ("conversations", "chat_id", [person_id]),
            ("desk_threads", "chat_id", [person_id]),
        ):
            table = Base.metadata.tables[name]
            rows = session.execute(select(table).where(table.columns[column].in_(ids)))
            found[name] = [tuple(row) for row in rows]
        return found


async def refused(server: TelegramServer, person: Person, sent: Sent, data: str) -> None:
    """Press a button, and see that it is said to be another's, on the button itself."""
    count = len(server.called("answerCallbackQuery"))
    await person.press(sent, data)
    call = (await server.wait_called("answerCallbackQuery", count + 1))[-1].parameters
    assert call["text"] in (ZH.not_yours, EN.not_yours)
    assert call["show_alert"] in (True, "true")


async def answered(server: TelegramServer, count: int) -> list[str | None]:
    """What was said on the buttons that were pressed."""
    calls = await server.wait_called("answerCallbackQuery", count)
    return [call.parameters.get("text") for call in calls]


def anonymous(chat_id: int) -> dict[str, Any]:
    """What Telegram says of somebody who writes in the name of a group."""
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    return {"from": bot, "sender_chat": {"id": chat_id, "type": "supergroup", "title": "Investors"}}
