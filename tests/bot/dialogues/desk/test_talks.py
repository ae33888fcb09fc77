"""A person behind the bot: topics in the staff's group."""

from datetime import UTC, datetime

import pytest
from corpus import ENGLISH_QUESTION, QUESTION
from people import DESK, Person
from running import Clock, Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.dialogues.desk.office import next_opening
from bot.languages import Tongue
from bot.settings import OfficeHours
from bot.texts import TEXTS
from dialogues.desk.talking import in_topic
from storage.schema import Audit, DeskMessage, DeskThread, Outgoing, Question

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


async def test_a_talk_goes_both_ways_and_is_closed_with_an_outcome(
    running: Running, server: TelegramServer, english: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        answer = await english.ask(ENGLISH_QUESTION)
        await english.press(answer, EN.ask_person)
        sent = await server.wait_sent(3)
        [card] = [one for one in sent if one.chat_id == DESK]
        [opened] = [one for one in sent[1:] if one.chat_id == english.id]
        [topic] = server.topics
        assert card.parameters["message_thread_id"] == topic
        assert ENGLISH_QUESTION in card.seen.text
        assert "Foxconn in Hengyang" in card.seen.text
        assert opened.seen.text == EN.desk_opened
        await staff.send(**in_topic(topic), text="We will call you.", message_id=801)
        await server.wait_called("copyMessage")
        await english.say("Thank you", message_id=802)
        await server.wait_called("copyMessage", 2)
        to_investor, to_desk = server.copied
        assert (to_investor["chat_id"], to_investor["message_id"]) == (english.id, 801)
        assert (to_desk["chat_id"], to_desk["message_thread_id"]) == (DESK, topic)
        await staff.say("/close visit arranged", **in_topic(topic))
        await server.wait_called("closeForumTopic")
        sent = await server.wait_sent(5)
        assert sent[-1].seen.text == EN.desk_closed or sent[-2].seen.text == EN.desk_closed
        assert server.closed_topics == {topic}
        with bot.database.session() as session:
            [thread] = session.scalars(select(DeskThread))
            assert thread.outcome == "visit arranged"
            assert [one.from_desk for one in session.scalars(select(DeskMessage))] == [True, False]
            actions = [one.action for one in session.scalars(select(Audit))]
        assert actions == ["desk reply", "desk close"]
        assert (await english.ask(ENGLISH_QUESTION)).seen.quotes


async def test_the_card_tells_of_a_question_that_was_edited_into_small_talk(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        await chinese.say(QUESTION, message_id=700)
        [answer] = await server.wait_sent(1)
        await chinese.say("谢谢", message_id=700, kind="edited_message")
        await server.wait_called("editMessageText")
        await chinese.press(answer, ZH.ask_person)  # of the answer as it was
        sent = await server.wait_sent(3)
    [card] = [one for one in sent if one.chat_id == DESK]
    assert ZH.stats_small_talk in card.seen.text
    assert ZH.stats_not_found not in card.seen.text


async def test_a_talk_outlives_a_restart(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK):
        await chinese.say("/person")
        await server.wait_sent(2)
    [topic] = server.topics
    async with running(desk_chat=DESK):
        await staff.send(**in_topic(topic), text="您好")
        await server.wait_called("copyMessage")
    assert server.copied[0]["chat_id"] == chinese.id


async def test_the_investor_may_end_it(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        await chinese.say("/person")
        sent = await server.wait_sent(2)
        [opened] = [one for one in sent if one.chat_id == chinese.id]
        again = await chinese.ask("/person")
        assert again.seen.text == ZH.desk_already
        await chinese.press(opened, ZH.desk_leave)
        await server.wait_called("closeForumTopic")
        await server.wait_sent(5)
        assert (await chinese.ask(QUESTION)).seen.quotes


async def test_who_is_forgotten_leaves_a_talk_and_the_topic_is_told(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        answer = await chinese.ask(QUESTION)
        await chinese.press(answer, ZH.ask_person)
        await server.wait_sent(3)
        [topic] = server.topics
        asked = await chinese.ask("/forget", update_id=500)  # asked although a talk is open
        await chinese.press(asked, ZH.forget_yes)
        await server.wait_called("closeForumTopic")
        last = (await server.wait_sent(6))[-2:]
        assert {one.seen.text for one in last} == {ZH.desk_person_forgotten, ZH.forgotten}
        assert server.closed_topics == {topic}
        with bot.database.session() as session:
            for table in (DeskThread, DeskMessage, Question):
                assert not list(session.scalars(select(table)))
            kept = " ".join(str(row.payload) for row in session.scalars(select(Outgoing)))
            assert QUESTION not in kept
        await staff.send(**in_topic(topic), text="您好")
        told = (await server.wait_sent(7))[-1]
        assert (told.chat_id, told.seen.text) == (DESK, ZH.desk_over)
        assert told.parameters["message_thread_id"] == topic
    assert server.copied == []


async def test_outside_office_hours_the_time_is_told(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    night = Clock(datetime(2025, 11, 21, 15, tzinfo=UTC).timestamp())  # Friday, 23:00 there
    async with running(desk_chat=DESK, clock=night):
        await chinese.say("/person")
        sent = await server.wait_sent(2)
    [opened] = [one for one in sent if one.chat_id == chinese.id]
    assert "2025-11-24 09:00" in opened.seen.text


async def test_without_a_desk_it_says_so(running: Running, chinese: Person) -> None:
    async with running():
        assert (await chinese.ask("/person")).seen.text == ZH.desk_none


async def test_other_groups_and_other_topics_reach_nobody(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK):
        await chinese.say("/person")
        await server.wait_sent(2)
        [topic] = server.topics
        elsewhere = in_topic(topic) | {"chat": {"id": -1007, "type": "supergroup", "title": "x"}}
        await staff.send(**elsewhere, text="hello")
        await staff.send(**in_topic(topic + 5000), text="hello")
        await server.wait_taken()
    assert server.copied == []


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ((2025, 11, 20, 4), None),
        ((2025, 11, 20, 0), "2025-11-20 09:00"),
        ((2025, 11, 20, 10), "2025-11-21 09:00"),
        ((2025, 11, 22, 4), "2025-11-24 09:00"),
    ],
)
def test_opening_hours(moment: tuple[int, int, int, int], opens: str | None) -> None:
    opening = next_opening(OfficeHours(), datetime(*moment, tzinfo=UTC).timestamp())
    assert (f"{opening:%Y-%m-%d %H:%M}" if opening else None) == opens
