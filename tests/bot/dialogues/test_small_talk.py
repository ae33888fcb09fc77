"""Small talk gets a fitting reply, and nothing of it is kept or asked of anybody."""

import pytest
from corpus import ENGLISH_QUESTION, FOLLOW_UP, NONSENSE, QUESTION
from engines import Fixed
from people import DESK, GROUP, Person, bots_message
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues import small_talk
from bot.dialogues.starting import QUESTION_LIMIT
from bot.languages import Tongue
from bot.library import Shelf
from bot.texts import TEXTS, Texts
from hyqa import Answer, Language, Status
from hyqa.index.foreseen import small_talk as examples
from storage.schema import Dialogue, Gap, Question

ZH, HANT, EN = (TEXTS[tongue] for tongue in Tongue)
SUBJECTS = {"b:parks", "b:incentives", "b:talent"}
MESSAGES = {
    "greeting": ("你好", "hello"),
    "thanks": ("谢谢", "thank you"),
    "goodbye": ("再见", "bye"),
    "acknowledgement": ("好的", "got it"),
    "capabilities": ("你能做什么", "what can you do"),
    "menu": ("菜单", "menu"),
    "robot": ("你是机器人吗", "are you a robot"),
    "complaint": ("你答错了", "that's wrong"),
    "sources": ("你的资料从哪里来", "what are your sources"),
    "brevity": ("简短点", "keep it brief"),
}
WITHOUT_BUTTONS = ("thanks", "goodbye", "acknowledgement", "brevity")


def said(texts: Texts, intent: str, count: int) -> str:
    """What the bot says to an intent, in full."""
    own = {
        "greeting": texts.start,
        "capabilities": texts.help.format(limit=QUESTION_LIMIT, username="hengyang_bot"),
    }
    text: str = own.get(intent) or getattr(texts, f"talk_{intent}")
    return text.format(count=count) if intent == "sources" else text


@pytest.mark.parametrize("intent", MESSAGES)
async def test_each_intent_has_its_reply_and_buttons_in_each_tongue(
    bot: Application, server: TelegramServer, shelf: Shelf, intent: str
) -> None:
    chinese, english = MESSAGES[intent]
    people = {"zh-hans": (ZH, chinese), "zh-hant": (HANT, chinese), "en": (EN, english)}
    for number, (code, (texts, message)) in enumerate(people.items()):
        sent = await Person(server, 50 + number, code).ask(message)
        assert sent.seen.text == said(texts, intent, len(shelf.documents)), code
        assert set(sent.buttons.values()) == (set() if intent in WITHOUT_BUTTONS else SUBJECTS)
    with bot.database.session() as session:
        for table in (Question, Gap, Dialogue):
            assert not list(session.scalars(select(table)))
    counted = bot.metrics.text().decode()
    assert 'hyqa_answers_total{status="small_talk"} 3.0' in counted


async def test_a_follow_up_goes_on_from_before_the_small_talk(
    bot: Application, english: Person
) -> None:
    await english.ask(ENGLISH_QUESTION)
    plain = await english.ask(FOLLOW_UP)
    await english.ask("/start")
    await english.ask(ENGLISH_QUESTION)
    assert (await english.ask("thanks")).seen.text == EN.talk_thanks
    assert (await english.ask(FOLLOW_UP)).seen.quotes == plain.seen.quotes != []


async def test_who_asks_for_a_person_gets_one(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        await chinese.say("转人工")
        sent = await server.wait_sent(2)
        assert {one.seen.text for one in sent if one.chat_id == chinese.id} == {ZH.desk_opened}
        assert len(server.topics) == 1
        await chinese.say("谢谢")  # goes to the staff while they talk
        await server.wait_called("copyMessage")


async def test_without_a_desk_there_is_no_person(bot: Application, english: Person) -> None:
    assert (await english.ask("talk to a human")).seen.text == EN.desk_none


async def test_a_complaint_offers_a_person_and_asks_nobody(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        sent = await chinese.ask("你答错了")
        assert sent.seen.text == ZH.talk_complaint
        assert not server.topics
        await chinese.press(sent, ZH.ask_person)
        await server.wait_sent(3)
        assert len(server.topics) == 1


async def test_in_groups_it_is_answered_only_where_the_bot_is_addressed(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        for text in ("谢谢", "转人工", "你好"):
            await chinese.say(text, group=True)
        thanked = await chinese.ask("谢谢", group=True, reply_to_message=bots_message())
        assert (thanked.chat_id, thanked.seen.text) == (GROUP, ZH.talk_thanks)
        assert thanked.parameters["reply_parameters"]["allow_sending_without_reply"] is True
        assert (await chinese.ask("@hengyang_bot 你好", group=True)).seen.text == ZH.start
        wrong = await chinese.ask("/ask 你答错了", group=True)
        assert ZH.ask_person not in wrong.buttons
    assert len(server.sent) == 3
    assert not server.topics


async def test_a_question_edited_into_small_talk_is_none_any_more(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    await chinese.say(NONSENSE, message_id=700)
    [first] = await server.wait_sent(1)
    await chinese.say("谢谢", message_id=700, kind="edited_message")
    await server.wait_called("editMessageText")
    shown = server.shown[first.chat_id, first.message_id]
    assert shown.text == ZH.talk_thanks
    with bot.database.session() as session:
        assert not list(session.scalars(select(Gap)))
        assert [row.status for row in session.scalars(select(Question))] == ["small_talk"]
        assert [row.turns for row in session.scalars(select(Dialogue))] == [[]]
    await chinese.say(QUESTION, message_id=700, kind="edited_message")
    await server.wait_called("editMessageText", 2)
    assert server.shown[first.chat_id, first.message_id].quotes
    assert len(server.sent) == 1


async def test_small_talk_edited_into_a_question_is_answered_in_its_place(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    await chinese.say("谢谢", message_id=700)
    [first] = await server.wait_sent(1)
    await chinese.say(QUESTION, message_id=700, kind="edited_message")
    await server.wait_called("editMessageText")
    assert server.shown[first.chat_id, first.message_id].quotes
    with bot.database.session() as session:
        assert [row.text for row in session.scalars(select(Question))] == [QUESTION]


async def test_a_question_edited_into_a_wish_for_a_person_opens_a_talk(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        await chinese.say(NONSENSE, message_id=700)
        await server.wait_sent(1)
        await chinese.say("转人工", message_id=700, kind="edited_message")
        await server.wait_called("deleteMessage")
        await server.wait_sent(3)
        assert len(server.topics) == 1


async def test_an_intent_of_a_later_library_is_told_how_to_ask(
    running: Running, shelf: Shelf, english: Person
) -> None:
    answer = Answer("?", "?", Status.SMALL_TALK, Language.ENGLISH, 1.0, intent="joke")
    async with running(Fixed(shelf.engine, answer)):
        sent = await english.ask("tell me a joke")
    assert sent.seen.text == said(EN, "capabilities", 0)


def test_an_intent_is_a_person_or_has_a_message_here() -> None:
    of_the_last_answer = {"doubt", "english", "chinese"}
    known = {*MESSAGES, small_talk.PERSON, *of_the_last_answer}
    assert {topic.name for topic in examples()} == known
