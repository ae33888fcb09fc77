"""An edited question changes its answer."""

from dataclasses import replace

from corpus import NONSENSE, QUESTION
from engines import Fixed
from people import Person
from running import Running
from sqlalchemy import select
from standin.calls import Failure
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.library import Answering
from bot.texts import TEXTS
from hyqa import Answer, Citation, Language, Metadata, Quote, Status
from storage.schema import Question

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_an_edited_question_edits_its_answer(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running() as bot:
        await chinese.say(NONSENSE, message_id=700)
        [first] = await server.wait_sent(1)
        await chinese.say(QUESTION, message_id=700, kind="edited_message")
        await server.wait_called("editMessageText")
        shown = server.shown[first.chat_id, first.message_id]
        assert "博士来衡阳市工作有补贴10万元" in shown.quotes[0]
        assert len(server.sent) == 1
        with bot.database.session() as session:
            assert [row.text for row in session.scalars(select(Question))] == [QUESTION]


async def test_an_edit_that_changes_nothing_is_harmless(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    for kind in ("message", "edited_message", "edited_message"):
        await chinese.say(QUESTION, message_id=700, kind=kind)
    await server.wait_called("editMessageText", 2)
    assert (await chinese.ask("/start")).seen.text == ZH.start
    assert len(server.sent) == 2


async def test_an_answer_that_was_deleted_meanwhile_is_sent_anew(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    gone = Failure(400, "Bad Request: message to edit not found")
    await chinese.say(NONSENSE, message_id=700)
    await server.wait_sent(1)
    server.before = lambda method, given: gone if method == "editMessageText" else None
    for count in (2, 3):  # the second time, what was sent anew gives way to another one
        await chinese.say(QUESTION, message_id=700, kind="edited_message")
        sent = await server.wait_sent(count)
        assert "博士来衡阳市工作有补贴10万元" in sent[-1].seen.quotes[0]
    await server.wait_called("deleteMessage")
    assert len([seen for seen in server.shown.values() if seen.quotes]) == 1


async def test_a_shorter_answer_takes_the_surplus_messages_away(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person
) -> None:
    text = "企业可以享受补贴。" * 1200
    quote = Quote(text, Citation("law", Metadata("条例")), 0, len(text))
    long = Answer("?", "?", Status.ANSWERED, Language.CHINESE, 0.9, (quote,))
    changing = Fixed(engine, long)
    async with running(engine=changing):
        await chinese.say("条例？", message_id=700)
        await server.wait_sent(3)
        changing.answer = replace(long, quotes=(replace(quote, text=text[:90]),))
        await chinese.say("条例呢？", message_id=700, kind="edited_message")
        await server.wait_called("deleteMessage", 2)
    assert [seen.quotes for seen in server.shown.values()] == [[text[:90]]]
