"""A topic that was deleted is made anew; a group that moves is followed."""

import asyncio
from typing import Any

import pytest
from corpus import NONSENSE
from people import DESK, Person
from running import NOON, Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.dialogues import desk
from bot.dialogues.desk.place import DELIVERED
from bot.languages import Tongue
from bot.texts import TEXTS
from dialogues.desk.talking import in_topic, last_to, opened, replying, said_to, settled
from storage import outbox
from storage.database import Database
from storage.schema import DeskThread, Outgoing

ZH = TEXTS[Tongue.SIMPLIFIED]
NEW = -1007770000000


async def test_a_deleted_topic_is_made_anew_and_nothing_is_lost(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        answer = await chinese.ask(NONSENSE)
        await chinese.press(answer, ZH.ask_person)
        await settled(bot, server)
        [topic] = server.topics
        await staff.say("您好", **in_topic(topic), message_id=802)
        await settled(bot, server)
        server.topics.clear()
        for number in range(803, 806):
            await chinese.say("我姓李", message_id=number)
        await settled(bot, server)
        [anew] = server.topics
        await staff.say("李总好", **in_topic(anew), message_id=807)
        await settled(bot, server)
    in_new = [one for one in server.copied if one.get("message_thread_id") == anew]
    assert [one["message_id"] for one in in_new] == [803, 804, 805]
    assert all(server.reactions[chinese.id, number] == DELIVERED for number in (803, 804, 805))
    card = last_to(server, DESK).seen.text
    assert card.startswith("原来的话题已被删除") and NONSENSE in card
    assert "2025-11-20 12:00" in card and "由 Li 负责" in card
    assert server.copied[-1]["chat_id"] == chinese.id and server.copied[-1]["message_id"] == 807
    assert ZH.desk_not_arrived not in said_to(server, chinese.id)


async def test_what_nobody_had_replied_to_is_brought_again(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        await chinese.say("我姓李", message_id=801)
        await settled(bot, server)
        server.topics.clear()
        await chinese.say("木子李", message_id=802)
        await settled(bot, server)
    [anew] = server.topics
    in_new = [one["message_id"] for one in server.copied if one["message_thread_id"] == anew]
    assert in_new == [801, 802]


async def test_a_talk_that_is_over_gets_no_other_topic(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        server.topics.clear()
        with bot.database.session() as session:
            desk.tend(session, bot.settings, NOON + 4 * 86400)
        bot.deliverer.wake([DESK, chinese.id])
        await settled(bot, server)
        assert server.topics == {}
        told = last_to(server, chinese.id)
        assert told.seen.text == ZH.desk_silent_investor.format(days=3)
        await chinese.press(told, ZH.desk_again)
        await settled(bot, server)
    assert len(server.topics) == 1
    assert last_to(server, DESK).seen.text == ZH.desk_reopened_by_investor


@pytest.mark.parametrize("announced", [True, False])
async def test_a_group_that_becomes_a_supergroup_keeps_the_desk(
    running: Running, server: TelegramServer, chinese: Person, staff: Person, announced: bool
) -> None:
    server.members.add((NEW, staff.id))
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        server.move(DESK, NEW)
        if announced:
            chat = {"id": DESK, "type": "group", "title": "Desk"}
            await staff.send(chat=chat, migrate_to_chat_id=NEW)
            await settled(bot, server)
        await chinese.say("我姓李", message_id=801)
        await settled(bot, server)
        [topic] = server.topics
        assert server.copied[-1]["chat_id"] == NEW
    async with running(desk_chat=DESK) as bot:  # its setting names the old one still
        await staff.say("您好", **in_topic(topic, NEW), message_id=802)
        await settled(bot, server)
        assert server.copied[-1]["chat_id"] == chinese.id
        assert server.reactions[NEW, 802] == DELIVERED
        assert (await staff.ask("/desk")).seen.text.startswith(ZH.desk_open.format(count=1))
        with bot.database.session() as session:
            [thread] = session.scalars(select(DeskThread))
            assert thread.topic_id == topic


async def test_a_topic_that_is_being_made_while_its_group_moves_is_made_once(
    running: Running,
    server: TelegramServer,
    chinese: Person,
    staff: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, answered = asyncio.Event(), asyncio.Event()
    make = server._create_forum_topic

    async def slowly(parameters: dict[str, Any]) -> dict[str, Any]:
        begun.set()
        await answered.wait()
        return make(parameters)

    monkeypatch.setattr(server, "_create_forum_topic", slowly)
    async with running(desk_chat=DESK) as bot:
        await chinese.say("/person")
        await begun.wait()
        server.move(DESK, NEW)
        chat = {"id": DESK, "type": "group", "title": "Desk"}
        await staff.send(chat=chat, migrate_to_chat_id=NEW)
        await server.wait_taken()
        await asyncio.sleep(0.1)  # what waits for the group is looked for under its new number
        answered.set()
        await settled(bot, server)
    [topic] = server.topics
    assert len(server.called("createForumTopic")) == 1
    assert last_to(server, NEW).parameters["message_thread_id"] == topic


async def test_who_writes_in_a_topic_that_was_made_twice_is_told(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        twin = max(server.topics) + 1000  # Telegram made it, and its answer was lost
        server.topics[twin] = "#1"
        before = len(server.sent)
        await staff.say("您好", **in_topic(twin), message_id=802)
        await settled(bot, server)
        replying_to_own = in_topic(twin) | replying(802, in_topic(twin)["chat"], {
            "id": staff.id, "is_bot": False, "first_name": "Li",
        })  # fmt: skip
        await staff.say("在吗", **replying_to_own, message_id=803)
        await settled(bot, server)
        told = server.sent[before:]
        assert [one.seen.text for one in told] == [ZH.desk_over] * 2
        assert all(one.parameters["message_thread_id"] == twin for one in told)
        colleagues = in_topic(twin + 1)
        colleagues["reply_to_message"]["from"] = {"id": 5, "is_bot": False, "first_name": "Wu"}
        await staff.say("排班", **colleagues, message_id=804)  # what staff made is their own
        await settled(bot, server)
    assert len(server.sent) == before + 2
    assert server.copied == []


def test_a_call_that_came_first_waits_for_the_topic_behind_it(database: Database) -> None:
    with database.session() as session:
        thread = DeskThread(chat_id=11, tongue="en", opened_at=NOON)
        session.add(thread)
        session.flush()
        for method in ("copyMessage", "createForumTopic", "sendMessage"):
            payload = {"chat_id": DESK}
            session.add(
                Outgoing(
                    chat_id=DESK, method=method, payload=payload, created_at=NOON,
                    desk_id=thread.id,
                )
            )  # fmt: skip
        session.flush()
        order = []
        while call := outbox.next_call(session, DESK):
            order.append(call.method)
            result = {"message_thread_id": 5} if call.method == "createForumTopic" else {}
            outbox.record_sent(session, call.id, result, NOON)
            session.flush()
        session.rollback()
    assert order == ["createForumTopic", "copyMessage", "sendMessage"]


async def test_what_answers_in_a_topic_of_an_ended_talk_that_is_deleted_is_said_in_the_group(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("/close", **in_topic(topic), message_id=802)
        await settled(bot, server)
        before = len(server.sent)
        server.topics.clear()
        await staff.say("还有一件事", **in_topic(topic), message_id=803)
        await settled(bot, server)
        [told] = server.sent[before:]
        assert (told.chat_id, told.seen.text) == (DESK, ZH.desk_closed_already)
        assert "message_thread_id" not in told.parameters
