"""In groups the bot speaks only when it is spoken to."""

from corpus import QUESTION
from engines import Watched
from people import GROUP, Person, bots_message
from running import Running
from standin.server import BOT, TelegramServer

from bot.languages import Tongue
from bot.library import Answering
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]


UNADDRESSED = (
    QUESTION,
    f"@other_bot {QUESTION}",
    f"@hengyang_bot2 {QUESTION}",
    "/ask@other_bot 博士",
    "/unknown",
    "/unknown@other_bot",
)
ADDRESSED = (
    f"@hengyang_bot {QUESTION}",
    f"@Hengyang_Bot{QUESTION}",
    f"{QUESTION} @hengyang_bot",
    f"/ask {QUESTION}",
    f"/ask@hengyang_bot {QUESTION}",
)


async def test_what_others_say_is_left_alone(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running():
        for text in UNADDRESSED:
            await chinese.say(text, group=True)
        await chinese.send(group=True, voice={"file_id": "a", "file_unique_id": "b", "duration": 1})
        assert (await chinese.ask("/start", group=True)).seen.text == ZH.start
    assert len(server.sent) == 1


async def test_a_mention_or_the_command_is_answered(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        for text in ADDRESSED:
            sent = await chinese.ask(text, group=True)
            assert watched.asked[-1][0] == QUESTION, text
            assert sent.chat_id == GROUP
            assert sent.parameters["reply_parameters"]["allow_sending_without_reply"] is True


async def test_a_reply_to_the_bot_is_answered(running: Running, chinese: Person) -> None:
    async with running():
        sent = await chinese.ask(QUESTION, group=True, reply_to_message=bots_message())
    assert sent.seen.quotes


async def test_a_mention_by_name_is_answered(running: Running, chinese: Person) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": BOT}
    async with running():
        sent = await chinese.ask(QUESTION, group=True, entities=[mention])
    assert sent.seen.quotes


async def test_a_mention_without_a_question_is_asked_for_one(
    running: Running, chinese: Person
) -> None:
    async with running():
        sent = await chinese.ask("@hengyang_bot", group=True)
    assert sent.seen.text == ZH.ask_what


async def test_unknown_commands_that_name_the_bot_are_explained(
    running: Running, chinese: Person
) -> None:
    async with running():
        sent = await chinese.ask("/unknown@hengyang_bot", group=True)
    assert sent.seen.text == ZH.unknown_command
