"""What one replies to gives a question its subject, or is the question; an album is one message."""

from typing import Any

import pytest
from corpus import ENGLISH_QUESTION, FOLLOW_UP, NONSENSE, QUESTION
from engines import Watched
from people import GROUP, Person
from running import Running
from sqlalchemy import select
from standin.calls import Sent
from standin.server import BOT, TelegramServer

from bot.languages import Tongue
from bot.library import Answering
from bot.texts import TEXTS
from dialogues.desk.talking import settled, until
from storage.schema import Question

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
PARK = "船山时间谷有多少家企业？"
PHOTO: dict[str, Any] = {
    "photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
}
OTHER = {"id": 77, "is_bot": False, "first_name": "Wang"}


def to(sent: Sent) -> dict[str, Any]:
    """A reply to a message of the bot."""
    chat = {"id": sent.chat_id, "type": "private" if sent.chat_id > 0 else "supergroup"}
    told = {"message_id": sent.message_id, "chat": chat, "date": 1, "from": BOT, "text": "…"}
    return {"reply_to_message": told}


def to_other(text: str, **more: Any) -> dict[str, Any]:
    """A reply in the group to a message of somebody else."""
    chat = {"id": GROUP, "type": "supergroup", "title": "Investors"}
    told = {"message_id": 9001, "chat": chat, "date": 1, "from": OTHER} | (
        {"text": text} if text else {}
    )
    return {"reply_to_message": told | more}


async def test_a_reply_to_an_older_answer_goes_on_from_there(
    running: Running, engine: Answering, server: TelegramServer, english: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        older = await english.ask(ENGLISH_QUESTION)
        await english.ask(PARK)
        answer = await english.ask(FOLLOW_UP, **to(older))
        said = [turn.question for turn in watched.asked[-1][1].turns]
        assert said == [ENGLISH_QUESTION]
        assert "10,000 workers" in answer.seen.quotes[0]
        assert await english.ask(FOLLOW_UP, **to(answer))
        assert [turn.question for turn in watched.asked[-1][1].turns] == [*said, FOLLOW_UP]


async def test_a_reply_to_the_answer_of_a_button_goes_on_from_there(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched) as bot:
        await chinese.ask("/start")
        with bot.database.session() as session:
            session.add(
                Question(
                    chat_id=chinese.id, person_id=chinese.id, message_id=0, asked_at=1, text="?",
                    query="?", language="zh", status="clarify", passages=[], nearest=[],
                    choices=[QUESTION],
                )
            )  # fmt: skip
        chosen = await chinese.pressing(server.sent[0], "q:1:0")
        await chinese.ask(PARK)
        await chinese.ask("硕士呢？", **to(chosen))
    assert [turn.question for turn in watched.asked[-1][1].turns] == [QUESTION]


async def test_a_reply_to_a_question_of_ones_own_goes_on_from_there(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        await chinese.ask(QUESTION, message_id=700)
        await chinese.ask(PARK)
        own = {"message_id": 700, "chat": {"id": chinese.id, "type": "private"}, "date": 1}
        author = {"id": chinese.id, "is_bot": False, "first_name": "Li"}
        await chinese.ask("硕士呢？", reply_to_message=own | {"from": author, "text": QUESTION})
    assert [turn.question for turn in watched.asked[-1][1].turns] == [QUESTION]


CALLS = ("@hengyang_bot", " @Hengyang_Bot ", "/ask", "/ask@hengyang_bot", "/ask @hengyang_bot")


@pytest.mark.parametrize("call", CALLS)
async def test_who_calls_the_bot_below_a_question_asks_it(
    running: Running, engine: Answering, chinese: Person, call: str
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        sent = await chinese.ask(call, group=True, **to_other(QUESTION))
    assert watched.asked[-1][0] == QUESTION
    assert sent.seen.quotes and sent.chat_id == GROUP


async def test_the_part_that_is_quoted_is_the_question(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched = Watched(engine)
    quote = {"text": QUESTION, "position": 6, "is_manual": True}
    async with running(engine=watched):
        await chinese.ask(
            "@hengyang_bot", group=True, quote=quote, **to_other(f"大家早上好。{QUESTION}谢谢！")
        )
    assert watched.asked[-1][0] == QUESTION


async def test_a_caption_below_which_the_bot_is_called_is_the_question(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        await chinese.ask("@hengyang_bot", group=True, **to_other("", caption=QUESTION, **PHOTO))
    assert watched.asked[-1][0] == QUESTION


async def test_a_question_below_somebodys_message_is_about_it(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        await chinese.ask("@hengyang_bot 那硕士呢？", group=True, **to_other(QUESTION))
    question, conversation, _ = watched.asked[-1]
    assert question == "那硕士呢？"
    assert [turn.question for turn in conversation.turns] == [QUESTION]


async def test_a_call_below_nothing_is_asked_what(running: Running, chinese: Person) -> None:
    async with running():
        for replied in (to_other("", **PHOTO), {}):
            sent = await chinese.ask("@hengyang_bot", group=True, **replied)
            assert sent.seen.text in (ZH.ask_what, EN.ask_what)


async def test_what_is_below_a_picture_in_a_group_is_asked(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched = Watched(engine)
    caption = f"@hengyang_bot {QUESTION}"
    entities = [{"type": "mention", "offset": 0, "length": 13}]
    async with running(engine=watched):
        await chinese.send(group=True, caption=QUESTION, **PHOTO)
        await chinese.send(group=True, caption=caption, caption_entities=entities, **PHOTO)
        await until(lambda: bool(watched.asked))
    assert [one[0] for one in watched.asked] == [QUESTION]


@pytest.mark.parametrize("position", [0, 1, 4, None])
async def test_an_album_gets_one_reply(
    running: Running, server: TelegramServer, chinese: Person, position: int | None
) -> None:
    async with running() as bot:
        for number in range(5):
            caption: dict[str, Any] = {"caption": QUESTION} if number == position else {}
            await chinese.send(media_group_id="777", message_id=700 + number, **PHOTO, **caption)
        await settled(bot, server)
        shown = list(server.shown.values())
        assert len(shown) == len(server.sent) == 1
        if position is None:
            assert shown[0].text == ZH.picture
        else:
            assert "博士来衡阳市工作有补贴10万元" in shown[0].quotes[0]
            edit: dict[str, Any] = {"kind": "edited_message", "message_id": 700 + position}
            await chinese.send(media_group_id="777", caption=PARK, **PHOTO, **edit)
            await settled(bot, server)
            assert "21家企业" in next(iter(server.shown.values())).text
            with bot.database.session() as session:
                assert [one.text for one in session.scalars(select(Question))] == [PARK]
        await chinese.send(media_group_id="778", message_id=800, **PHOTO)
        await settled(bot, server)
    assert [one.seen.text for one in server.sent[1:]] == [ZH.picture]


async def test_each_caption_of_an_album_is_answered(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running() as bot:
        for number, caption in enumerate((QUESTION, PARK, NONSENSE)):
            more: dict[str, Any] = {
                "media_group_id": "777",
                "message_id": 700 + number,
                "caption": caption,
            }
            await chinese.send(**PHOTO, **more)
        await settled(bot, server)
    assert len(server.sent) == len(server.shown) == 3
