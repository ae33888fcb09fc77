"""During a talk the bot goes on answering from documents, told apart from what the staff say."""

from datetime import UTC, datetime

import pytest
from corpus import ENGLISH_QUESTION, NONSENSE, QUESTION
from engines import Broken
from people import DESK, GROUP, Person
from running import Clock, Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.dialogues.desk.place import DELIVERED
from bot.languages import Tongue
from bot.library import Answering
from bot.texts import TEXTS
from dialogues.desk.talking import in_topic, opened, replying, said_to, settled
from storage.schema import Gap, Question

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
NIGHT = datetime(2025, 11, 20, 14, tzinfo=UTC).timestamp()


async def test_a_question_is_delivered_and_answered(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await chinese.say(QUESTION, message_id=801)
        await settled(bot, server)
        lead, answer = [one for one in server.sent if one.chat_id == chinese.id][1:]
        assert lead.seen.text == ZH.desk_besides
        assert "博士来衡阳市工作有补贴10万元" in answer.seen.quotes[0]
        assert server.reactions == {(chinese.id, 801): DELIVERED}
        assert server.copied[0]["message_thread_id"] == topic
        told = ZH.desk_bot_answered.format(title="博士来衡阳市工作的补贴")
        assert said_to(server, DESK)[1:] == [told]
        await chinese.press(answer, ZH.helpful)
        assert (await server.wait_called("answerCallbackQuery"))[0].parameters["text"] == ZH.thanks


@pytest.mark.parametrize(
    "text", ["谢谢", "我姓李", NONSENSE, "周一下午三点可以", "？？", "问" * 600]
)
async def test_what_no_document_answers_is_delivered_alone(
    running: Running, server: TelegramServer, chinese: Person, text: str
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        await chinese.say(text, message_id=801)
        await settled(bot, server)
        with bot.database.session() as session:
            assert list(session.scalars(select(Question))) == []
            assert list(session.scalars(select(Gap))) == []
    assert said_to(server, chinese.id) == [ZH.desk_opened]
    assert server.reactions == {(chinese.id, 801): DELIVERED}


async def test_at_night_the_hours_are_told_and_the_question_answered(
    running: Running, server: TelegramServer, english: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK, clock=Clock(NIGHT - 6 * 3600)) as bot:
        await opened(bot, server, english)
    async with running(desk_chat=DESK, clock=Clock(NIGHT)) as bot:
        await english.say(ENGLISH_QUESTION, message_id=801)
        await settled(bot, server)
    hours, lead, answer = [one for one in server.sent if one.chat_id == english.id][1:]
    assert hours.seen.text == EN.desk_hours.format(time="2025-11-21 09:00 (UTC+8)")
    assert lead.seen.text == EN.desk_besides and answer.seen.quotes


async def test_a_reply_to_the_staff_is_for_them_alone(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("您想问什么？", **in_topic(topic), message_id=802)
        await settled(bot, server)
        chat = {"id": chinese.id, "type": "private"}
        await chinese.say(QUESTION, message_id=803, **replying(server.copies[0], chat))
        await settled(bot, server)
    assert said_to(server, chinese.id) == [ZH.desk_opened]
    assert [one["message_id"] for one in server.copied] == [802, 803]


async def test_an_edited_question_changes_its_answer_and_what_the_staff_see(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        await chinese.say(QUESTION, message_id=801)
        await settled(bot, server)
        answer = server.sent[-1] if server.sent[-1].chat_id == chinese.id else server.sent[-2]
        edited = "船山时间谷有多少家企业？"
        await chinese.say(edited, message_id=801, kind="edited_message")
        await settled(bot, server)
    shown = [seen.text for (chat, _), seen in server.shown.items() if chat == chinese.id]
    assert any("21家企业" in text for text in shown)
    assert not any("补贴10万元" in text for text in shown), answer
    assert server.shown[DESK, server.copies[0]].text == edited


async def test_the_limit_of_questions_keeps_nothing_from_the_staff(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK, questions=1) as bot:
        await opened(bot, server, chinese)
        for number in (801, 802, 803):
            await chinese.say(QUESTION, message_id=number)
        await settled(bot, server)
    assert len(server.copied) == 3
    assert said_to(server, chinese.id).count(ZH.desk_besides) == 1


async def test_in_a_group_the_truth_is_told_of_the_desk(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        sent = await chinese.ask("/person", group=True)
        assert (sent.chat_id, sent.seen.text) == (GROUP, ZH.desk_private)
        assert sent.buttons[ZH.desk_private_open] == "https://t.me/hengyang_bot?start=person"
        await chinese.say("/start person")
        await settled(bot, server)
    assert said_to(server, chinese.id) == [ZH.desk_opened]


async def test_in_a_group_without_a_desk_there_is_none(running: Running, chinese: Person) -> None:
    async with running():
        assert (await chinese.ask("/person", group=True)).seen.text == ZH.desk_none


async def test_what_cannot_be_looked_up_is_delivered_all_the_same(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK, engine=Broken(engine, ValueError)) as bot:
        await opened(bot, server, chinese)
        await chinese.say(QUESTION, message_id=801)
        await settled(bot, server)
    assert [one["message_id"] for one in server.copied] == [801]
    assert server.reactions == {(chinese.id, 801): DELIVERED}
    assert said_to(server, chinese.id) == [ZH.desk_opened]


async def test_who_asks_for_staff_that_cannot_be_reached_is_told(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    server.blocked.add(DESK)
    server.fail(
        403, "Forbidden: bot was kicked from the supergroup chat", method="createForumTopic"
    )
    async with running(desk_chat=DESK) as bot:
        await chinese.say("/person")
        await settled(bot, server)
    assert said_to(server, chinese.id) == [ZH.desk_opened, ZH.desk_unreached]
