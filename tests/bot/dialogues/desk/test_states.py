"""A talk is open, waits for one side, or is over; who has it, and what becomes of it unattended."""

from datetime import UTC, datetime, timedelta

import pytest
from corpus import NONSENSE, QUESTION
from people import DESK, Person
from running import NOON, Clock, Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues import desk
from bot.dialogues.desk.tending import SILENT_DAYS, UNANSWERED_DAYS
from bot.languages import Tongue
from bot.texts import TEXTS
from dialogues.desk.talking import in_topic, last_to, opened, said_to, settled
from storage.schema import Audit, DeskThread

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
DAY = timedelta(days=1).total_seconds()


def talk(bot: Application) -> DeskThread:
    with bot.database.session() as session:
        [thread] = session.scalars(select(DeskThread))
        return thread


async def tended(bot: Application, server: TelegramServer, now: float) -> None:
    with bot.database.session() as session:
        desk.tend(session, bot.settings, now)
    bot.deliverer.wake([DESK, 11, 22])
    await settled(bot, server)


async def test_it_is_known_whose_turn_it_is(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        assert talk(bot).waits_for == ""
        await chinese.say("我姓李")
        await settled(bot, server)
        first = talk(bot)
        await chinese.say("木子李")
        await settled(bot, server)
        assert (talk(bot).waits_for, talk(bot).waits_since) == ("staff", first.waits_since)
        await staff.say("您好", **in_topic(topic))
        await settled(bot, server)
        assert talk(bot).waits_for == "investor"
        await staff.say("/close", **in_topic(topic))
        await settled(bot, server)
        assert talk(bot).closed_at is not None


async def test_a_question_that_is_handed_over_waits_for_the_staff(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        answer = await chinese.ask(NONSENSE)
        await chinese.press(answer, ZH.ask_person)
        await settled(bot, server)
        assert talk(bot).waits_for == "staff"


async def test_who_answers_first_has_it_and_may_hand_it_over(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK, staff=frozenset({staff.id})) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("您好", **in_topic(topic))
        await settled(bot, server)
        assert talk(bot).assignee == "Li"
        given = [("/assign @wang", "@wang"), ("/assign", "Li"), ("/assign@hengyang_bot -", "")]
        for command, name in given:
            await staff.say(command, **in_topic(topic))
            await settled(bot, server)
            assert talk(bot).assignee == name
            who = name or ZH.desk_unassigned
            assert said_to(server, DESK)[-1] == ZH.desk_assigned.format(who=who)
        for command in ("/assign", "/close", "/reopen"):  # outside of any talk, in private
            assert (await staff.ask(command)).seen.text == ZH.desk_outside
        with bot.database.session() as session:
            actions = [one.action for one in session.scalars(select(Audit))]
    assert actions == ["desk reply", "desk assign", "desk assign", "desk assign"]
    assert len(server.copied) == 1


async def test_the_overview_says_for_whom_each_talk_waits(
    running: Running, server: TelegramServer, chinese: Person, english: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK, staff=frozenset({staff.id})) as bot:
        assert (await staff.ask("/desk")).seen.text == ZH.desk_nothing_open
        topic = await opened(bot, server, chinese)
        await staff.say("您好", **in_topic(topic))
        await settled(bot, server)
        other = await opened(bot, server, english)
        await english.say("My name is Li")
        await settled(bot, server)
        listed = await staff.ask("/desk")
        lines = listed.seen.text.splitlines()
        assert lines[0] == ZH.desk_open.format(count=2)
        assert lines[1].startswith("#2 等我们答复") and lines[2].startswith("#1 等对方")
        assert f"https://t.me/c/5550000000/{other}" in listed.source
        assert (await english.ask("/desk")).seen.text == EN.staff_only


async def test_what_staff_write_after_the_end_is_not_swallowed(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        for text in ("/close 已约", "还有一件事", "/close"):
            await staff.say(text, **in_topic(topic), message_id=802)
            await settled(bot, server)
        assert said_to(server, DESK)[-2:] == [ZH.desk_closed_already] * 2
        assert server.copied == [] and server.closed_topics == {topic}
        await staff.say("/reopen", **in_topic(topic))
        await settled(bot, server)
        assert server.closed_topics == set()
        assert said_to(server, chinese.id)[-1] == ZH.desk_reopened_investor
        await staff.say("还有一件事", **in_topic(topic), message_id=803)
        await settled(bot, server)
        assert [one["message_id"] for one in server.copied] == [803]
        await staff.say("/reopen", **in_topic(topic))
        await staff.say("/nonsense", **in_topic(topic))
        await settled(bot, server)
    assert said_to(server, DESK)[-2:] == [ZH.desk_open_already, ZH.unknown_command]


async def test_what_an_investor_writes_after_the_end_gets_a_fitting_word(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("/close", **in_topic(topic))
        await settled(bot, server)
        assert (await chinese.ask(QUESTION)).seen.quotes  # the bot answers as ever
        told = await chinese.ask(NONSENSE)
        assert told.seen.text.startswith(ZH.desk_is_closed + "\n\n")
        assert ZH.not_found in told.seen.text or ZH.out_of_scope in told.seen.text
        assert ZH.desk_again in told.buttons and ZH.ask_person not in told.buttons
        again = await chinese.pressing(told, ZH.desk_again)
        await settled(bot, server)
        assert last_to(server, chinese.id).seen.text == ZH.desk_reopened, again
        assert last_to(server, DESK).seen.text == ZH.desk_reopened_by_investor
        assert server.closed_topics == set() and len(server.topics) == 1
        await chinese.say("那我再说一遍", message_id=805)
        await settled(bot, server)
        assert server.copied[-1]["message_thread_id"] == topic
        await chinese.press(told, ZH.desk_again)
        await settled(bot, server)
        assert last_to(server, chinese.id).seen.text == ZH.desk_already


async def test_nobody_opens_the_talk_of_another(
    running: Running, server: TelegramServer, chinese: Person, english: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("/close", **in_topic(topic))
        await settled(bot, server)
        own = await english.ask("/help")
        assert (await english.pressing(own, "r:1")).seen.text == EN.gone
        assert talk(bot).closed_at is not None


async def test_staff_may_close_and_open_a_topic_by_telegrams_own_means(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.send(**in_topic(topic), forum_topic_closed={})
        await settled(bot, server)
        assert talk(bot).closed_at is not None
        assert said_to(server, chinese.id)[-1] == ZH.desk_closed
        await staff.send(**in_topic(topic), forum_topic_reopened={})
        await settled(bot, server)
        assert talk(bot).closed_at is None
    assert not server.called("closeForumTopic") and not server.called("reopenForumTopic")


@pytest.mark.parametrize("answered", [True, False])
async def test_a_silent_talk_ends_by_itself_with_a_word_to_both(
    running: Running, server: TelegramServer, chinese: Person, staff: Person, answered: bool
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await chinese.say("我姓李")
        if answered:
            await settled(bot, server)
            await staff.say("您好", **in_topic(topic))
        await settled(bot, server)
        days = SILENT_DAYS if answered else UNANSWERED_DAYS
        await tended(bot, server, NOON + (days - 0.5) * DAY)
        assert talk(bot).closed_at is None
        await tended(bot, server, NOON + (days + 0.5) * DAY)
        assert talk(bot).closed_at is not None
        assert server.closed_topics == {topic}
        count = len(server.sent)
        await tended(bot, server, NOON + (days + 1.5) * DAY)
        assert len(server.sent) == count
    staffs = ZH.desk_silent if answered else ZH.desk_unanswered
    investors = ZH.desk_silent_investor if answered else ZH.desk_unanswered_investor
    assert said_to(server, DESK)[-1] == staffs.format(days=days)
    assert said_to(server, chinese.id)[-1] == investors.format(days=days)
    assert ZH.desk_again in last_to(server, chinese.id).buttons


async def test_what_came_in_at_night_is_listed_in_the_morning_once(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    evening = datetime(2025, 11, 20, 14, tzinfo=UTC)  # 22:00 there
    async with running(desk_chat=DESK, clock=Clock(evening.timestamp())) as bot:
        await opened(bot, server, chinese)
        await chinese.say("我姓李")
        await settled(bot, server)
        await opened(bot, server, english)  # nothing is said in it yet
        await tended(bot, server, (evening + timedelta(hours=2)).timestamp())
        before = len(server.sent)
        morning = datetime(2025, 11, 21, 1, 5, tzinfo=UTC)
        await tended(bot, server, morning.timestamp())
        await tended(bot, server, (morning + timedelta(minutes=1)).timestamp())
        [listed] = server.sent[before:]
        assert listed.chat_id == DESK and "message_thread_id" not in listed.parameters
        assert listed.seen.text.splitlines()[0] == ZH.desk_morning.format(count=1)
        assert "#1" in listed.seen.text and "#2" not in listed.seen.text
        await tended(bot, server, (morning + timedelta(days=3)).timestamp())  # Monday: once more
        assert said_to(server, DESK)[-1].splitlines()[0] == ZH.desk_morning.format(count=1)


async def test_the_hours_are_told_once_while_the_desk_is_closed(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    clock = Clock(datetime(2025, 11, 20, 9, tzinfo=UTC).timestamp())  # 17:00 there
    async with running(desk_chat=DESK, clock=clock) as bot:
        await opened(bot, server, chinese)
        await chinese.say("我姓李")
        await settled(bot, server)
        assert said_to(server, chinese.id) == [ZH.desk_opened]
        clock.ahead += 3600
        await chinese.say("在吗")
        await chinese.say("有人吗")
        await settled(bot, server)
    opening = "2025-11-21 09:00 (UTC+8)"
    assert said_to(server, chinese.id)[1:] == [ZH.desk_hours.format(time=opening)]
    assert len(server.copied) == 3
