"""All that the bot keeps is written, read and deleted on either database."""

import asyncio

from corpus import NONSENSE, QUESTION
from people import DESK, Person
from running import TODAY, Clock, Running
from sqlalchemy import func, select
from standin.calls import Sent
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues import gaps
from bot.languages import Tongue
from bot.library import Shelf
from bot.texts import TEXTS
from storage import outbox
from storage.schema import Base, Campaign, Gap, Outgoing, Question

ZH = TEXTS[Tongue.SIMPLIFIED]
OF_PEOPLE = ("people", "conversations", "questions", "feedback", "gaps", "desk_threads", "desk_messages")  # fmt: skip


async def test_from_the_first_question_to_forgetting(
    running: Running, server: TelegramServer, shelf: Shelf, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK, staff=frozenset({staff.id})) as bot:
        await do(bot, server, staff, "/campaign new 推介会 | 人才", "/switch off news")
        with bot.database.session() as session:
            campaign = session.scalars(select(Campaign.id)).one()
        await do(bot, server, chinese, f"/start {campaign}")
        await chinese.say(NONSENSE, message_id=700)
        await settle(bot, server)
        await chinese.press(server.sent[-1], ZH.tell_me)
        await chinese.say(QUESTION, message_id=700, kind="edited_message")
        await settle(bot, server)
        answer = await chinese.ask(QUESTION)
        for label in (ZH.helpful, ZH.not_helpful, ZH.more):
            await chinese.press(answer, label)
        unanswered = await chinese.ask(NONSENSE)
        await chinese.press(unanswered, ZH.tell_me)
        await settle(bot, server)
        assert {name for name in OF_PEOPLE if not rows(bot, name)} == {
            "desk_threads",
            "desk_messages",
        }
        with bot.database.session() as session:  # as if a later index answered it
            gap = session.scalars(select(Gap)).one()
            session.get_one(Question, gap.question_id).query = QUESTION
        with bot.database.session() as session:
            assert gaps.replay(session, shelf, Clock()(), TODAY, DESK) == 1
        bot.deliverer.wake([DESK])
        await settle(bot, server)
        await staff.press(server.sent[-1], ZH.gaps_tell)
        await do(
            bot, server, staff,
            "/gaps", "/stats", f"/stats {campaign}", f"/campaign stats {campaign}",
            "/campaign list", f"/campaign end {campaign}", "/switch on news", "/audit",
        )  # fmt: skip
        await chinese.press(answer, ZH.ask_person)
        await settle(bot, server)
        await do(bot, server, chinese, "您好")
        assert all(rows(bot, name) for name in OF_PEOPLE)
        with bot.database.session() as session:
            assert {row.state for row in session.scalars(select(Outgoing))} == {outbox.SENT}
        asked = (await do(bot, server, chinese, "/forget"))[-1]
        await chinese.press(asked, ZH.forget_yes)
        await settle(bot, server)
        assert {name for name in OF_PEOPLE if rows(bot, name)} == {"people"}  # who are staff
    assert server.sent[-1].seen.text in (ZH.forgotten, ZH.desk_person_forgotten)
    assert {call.status for call in server.calls} == {200}
    assert not [one for one in server.sent if one.seen.text == ZH.failed]


async def do(bot: Application, server: TelegramServer, person: Person, *texts: str) -> list[Sent]:
    """Say this and that, each when what came before has been answered."""
    for text in texts:
        await person.say(text)
        await settle(bot, server)
    return server.sent


async def settle(bot: Application, server: TelegramServer) -> None:
    """Wait until all updates are answered and nothing waits to be sent."""
    await server.wait_taken()
    async with asyncio.timeout(20):
        while rows(bot, "outgoing", outbox.WAITING):
            await asyncio.sleep(0.02)


def rows(bot: Application, table: str, state: str = "") -> int:
    """How many rows a table has, or how many of them are in a state."""
    columns = Base.metadata.tables[table].columns
    counted = select(func.count()).select_from(Base.metadata.tables[table])
    with bot.database.session() as session:
        return session.scalar(counted.where(columns.state == state) if state else counted) or 0
