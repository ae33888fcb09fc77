"""Who wrote something sees that it has arrived, or is told that it has not."""

import pytest
from people import DESK, Person
from running import Running
from sqlalchemy import select
from standin.calls import Failure
from standin.server import TelegramServer

from bot.dialogues.desk.place import DELIVERED, KEPT
from bot.languages import Tongue
from bot.texts import TEXTS
from dialogues.desk.talking import (
    anonymously,
    in_general,
    in_topic,
    last_to,
    opened,
    replying,
    said_to,
    settled,
)
from storage.schema import Audit, DeskMessage, DeskThread

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_each_side_sees_what_has_arrived(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await chinese.say("你们好，我姓李", message_id=801)
        await staff.say("您好", **in_topic(topic), message_id=802)
        await settled(bot, server)
        assert server.reactions == {(chinese.id, 801): DELIVERED, (DESK, 802): DELIVERED}
        assert {one["message_id"]: one["chat_id"] for one in server.copied} == {
            801: DESK, 802: chinese.id,
        }  # fmt: skip
        assert said_to(server, chinese.id) == [ZH.desk_opened]


async def test_a_chat_without_reactions_is_told_in_words(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    server.silent |= {DESK, chinese.id}
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await chinese.say("我姓李", message_id=801)
        await staff.say("您好", **in_topic(topic), message_id=802)
        await staff.say("// 大客户", **in_topic(topic), message_id=803)
        await settled(bot, server)
    told = last_to(server, chinese.id)
    assert told.seen.text == ZH.desk_arrived
    assert told.parameters["reply_parameters"]["message_id"] == 801
    words = [one for one in server.sent if one.chat_id == DESK][1:]
    assert {one.seen.text for one in words} == {ZH.desk_arrived_staff, ZH.desk_noted}
    assert {one.parameters["message_thread_id"] for one in words} == {topic}


async def test_who_wrote_what_cannot_be_copied_is_told(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    server.uncopyable |= {801, 802}
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await chinese.say("我姓李", message_id=801)
        await staff.say("您好", **in_topic(topic), message_id=802)
        await settled(bot, server)
    assert server.copied == [] and server.reactions == {}
    assert last_to(server, chinese.id).seen.text == ZH.desk_not_arrived
    told = last_to(server, DESK)
    assert told.seen.text == ZH.desk_not_arrived_staff
    assert told.parameters["message_thread_id"] == topic
    assert told.parameters["reply_parameters"]["message_id"] == 802


async def test_the_staff_are_told_of_who_has_blocked_the_bot(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        server.blocked.add(chinese.id)
        for number in (802, 803):  # Telegram refuses the first, and the bot knows of the second
            await staff.say("您好", **in_topic(topic), message_id=number)
            await settled(bot, server)
    assert said_to(server, DESK)[1:] == [ZH.desk_not_arrived_staff, ZH.desk_undelivered]
    assert server.copied == []


async def test_the_investor_is_told_where_the_desk_is_closed_to_the_bot(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        server.blocked.add(DESK)
        for number in (801, 802):
            await chinese.say("我姓李", message_id=number)
            await settled(bot, server)
    assert said_to(server, chinese.id)[1:] == [ZH.desk_not_arrived] * 2


async def test_a_passing_failure_is_no_delivery_and_no_refusal(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        server.fail(502, "Bad Gateway", method="copyMessage", times=2)
        await chinese.say("我姓李", message_id=801)
        await settled(bot, server)
    assert len(server.copied) == 1
    assert server.reactions == {(chinese.id, 801): DELIVERED}


NOTES = ("// 大客户", "／／ 大客户", "  //大客户")


@pytest.mark.parametrize("text", NOTES)
async def test_what_begins_with_the_mark_stays_in_the_topic(
    running: Running, server: TelegramServer, chinese: Person, staff: Person, text: str
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say(text, **in_topic(topic), message_id=802)
        photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
        await staff.send(photo=photo, caption=text, **in_topic(topic), message_id=803)
        await settled(bot, server)
        with bot.database.session() as session:
            said = list(session.scalars(select(DeskMessage)))
            [thread] = session.scalars(select(DeskThread))
    assert server.copied == []
    assert server.reactions == {(DESK, 802): KEPT, (DESK, 803): KEPT}
    assert [(one.from_desk, one.outgoing_id) for one in said] == [(True, None)] * 2
    assert thread.waits_for == "" and thread.assignee == ""


async def test_a_reply_to_the_header_stays_and_one_to_the_investor_goes_out(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        card = last_to(server, DESK)
        await chinese.say("我姓李", message_id=801)
        await settled(bot, server)
        [copy] = server.copies
        place = in_topic(topic)
        await staff.say("谁认识？", **(place | replying(card.message_id, place["chat"])))
        await staff.say("李总好", **(place | replying(copy, place["chat"])), message_id=803)
        await settled(bot, server)
    assert [one["message_id"] for one in server.copied] == [801, 803]
    answer = server.copied[1]
    assert answer["chat_id"] == chinese.id
    assert answer["reply_parameters"] == {"message_id": 801, "allow_sending_without_reply": True}


async def test_an_investors_reply_points_at_what_the_staff_wrote(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("您姓什么？", **in_topic(topic), message_id=802)
        await settled(bot, server)
        chat = {"id": chinese.id, "type": "private"}
        await chinese.say("李", message_id=803, **replying(server.copies[0], chat))
        await settled(bot, server)
        author = {"id": chinese.id, "is_bot": False, "first_name": "Li"}
        await chinese.say("木子李", message_id=804, **replying(803, chat, author))
        await settled(bot, server)
    assert server.copied[1]["reply_parameters"]["message_id"] == 802
    assert server.copied[2]["reply_parameters"]["message_id"] == server.copies[1]


async def test_an_anonymous_administrator_is_heard(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.send(**in_topic(topic), **anonymously(), text="您好", message_id=802)
        await settled(bot, server)
        assert [one["message_id"] for one in server.copied] == [802]
        await staff.send(**in_topic(topic), **anonymously(), text="/close 已约", message_id=803)
        await settled(bot, server)
        with bot.database.session() as session:
            [thread] = session.scalars(select(DeskThread))
            assert (thread.outcome, thread.assignee) == ("已约", "值班")
            assert {one.actor_id for one in session.scalars(select(Audit))} == {DESK}
        await staff.send(**in_general(1), **anonymously(), text="/gaps")
        await settled(bot, server)
    assert said_to(server, DESK)[-1] == ZH.gaps_none


async def test_other_bots_of_the_group_are_not_heard(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        other = {"id": 555, "is_bot": True, "first_name": "Other", "username": "other_bot"}
        await staff.send(**in_topic(topic) | {"from": other}, text="您好")
        await settled(bot, server)
    assert server.copied == []


async def test_what_happens_to_a_chat_is_not_passed_on(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.send(**in_topic(topic), forum_topic_edited={"name": "x"})
        pinned = {"message_id": 1, "date": 1, "chat": {"id": chinese.id, "type": "private"}}
        await chinese.send(pinned_message=pinned | {"text": "…"})
        await settled(bot, server)
    assert server.copied == [] and said_to(server, chinese.id) == [ZH.desk_opened]


async def test_a_group_without_topics_is_answered_by_replies(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    def no_rights(method: str, given: dict[str, object]) -> Failure | None:
        refused = Failure(400, "Bad Request: not enough rights to create a topic")
        return refused if method == "createForumTopic" else None

    server.before = no_rights
    async with running(desk_chat=DESK) as bot:
        await chinese.say("/person")
        await chinese.say("我姓李", message_id=801)
        await settled(bot, server)
        assert ZH.desk_no_topic.format(number=1) in said_to(server, DESK)
        [copy] = server.copies
        await staff.say("李总好", **in_general(copy), message_id=802)
        await settled(bot, server)
        assert server.copied[1]["chat_id"] == chinese.id
        await staff.say("/close 已约", **in_general(copy))
        await settled(bot, server)
    assert said_to(server, chinese.id)[-1] == ZH.desk_closed
