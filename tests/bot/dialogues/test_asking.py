"""What a person sees who talks to the bot, over HTTP and by polling."""

import json
from typing import Any

import pytest
from corpus import ENGLISH_QUESTION, FOLLOW_UP, QUESTION
from engines import Fixed, Held, Watched
from people import Person
from running import TODAY, Clock, Running
from standin.calls import Sent
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.library import Answering
from bot.rendering.answers import render
from bot.texts import TEXTS, Texts
from dialogues.desk.talking import until
from hyqa import Answer, Citation, Conversation, Language, Metadata, Quote, Status

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


@pytest.mark.usefixtures("bot")
class TestOnePerson:
    async def test_a_question_is_answered_by_a_quote_and_its_source(self, chinese: Person) -> None:
        sent = await chinese.ask(QUESTION)
        [first, *_] = sent.seen.quotes
        assert "博士来衡阳市工作有补贴10万元 & 免租<三年>。" in first
        source = "[1] 《博士来衡阳市工作的补贴》（衡政发〔2025〕8号），衡阳市人民政府，2025年3月1日"
        assert source in sent.seen.text
        assert sent.seen.links[0] == "https://example.org/talent?id=8&page=1"
        assert sent.parameters["link_preview_options"] == {"is_disabled": True}

    async def test_an_english_question_is_answered_in_english(self, english: Person) -> None:
        sent = await english.ask(ENGLISH_QUESTION)
        assert "Foxconn is still in Hengyang." in sent.seen.quotes[0]
        assert "“Foxconn in Hengyang”" in sent.seen.text

    async def test_the_question_sets_the_language_not_the_client(self, english: Person) -> None:
        assert "2025年3月1日" in (await english.ask(QUESTION)).seen.text

    async def test_a_digest_and_an_expired_document_are_said_to_be_that(
        self, chinese: Person
    ) -> None:
        digest = await chinese.ask("船山时间谷有多少家企业？")
        assert digest.seen.text.startswith(ZH.digest)
        assert "[1] 整理自 衡阳日报《船山时间谷建设情况》，2025年10月" in digest.seen.text
        expired = await chinese.ask("白沙工业园标准厂房租金多少？")
        assert "已于2024年12月31日到期" in expired.seen.text

    async def test_typing_is_shown_before_the_answer(
        self, chinese: Person, server: TelegramServer
    ) -> None:
        await chinese.ask(QUESTION)
        methods = [call.method for call in server.calls]
        assert methods.index("sendChatAction") < methods.index("sendMessage")

    @pytest.mark.parametrize(
        ("question", "texts"),
        [("月球上有没有火锅店排队取号？", ZH), ("Which volcano erupts on Jupiter tonight?", EN)],
    )
    async def test_nothing_found_is_said_openly(
        self, chinese: Person, question: str, texts: Texts
    ) -> None:
        sent = await chinese.ask(question)
        assert sent.seen.text.startswith((texts.not_found, texts.out_of_scope))
        assert sent.seen.quotes == []

    @pytest.mark.parametrize("command", ["start", "help"])
    async def test_greeting_and_help_are_in_the_language_of_the_client(
        self, chinese: Person, english: Person, server: TelegramServer, command: str
    ) -> None:
        silent = Person(server, 33)
        for person, texts in ((chinese, ZH), (english, EN), (silent, EN)):
            sent = await person.ask(f"/{command}")
            expected = getattr(texts, command)
            assert sent.seen.text == expected.format(limit=500, username="hengyang_bot")

    async def test_a_deep_link_starts_as_well(self, english: Person) -> None:
        assert (await english.ask("/start summit-2025")).seen.text == EN.start

    async def test_unknown_commands_are_explained(self, chinese: Person, english: Person) -> None:
        assert (await chinese.ask("/admin")).seen.text == ZH.unknown_command
        assert (await english.ask("/admin now")).seen.text == EN.unknown_command

    async def test_other_messages_get_a_friendly_line(
        self, chinese: Person, server: TelegramServer
    ) -> None:
        for kind, content in CONTENTS.items():
            await chinese.send(**{kind: content})
        sent = await server.wait_sent(len(CONTENTS))
        expected = [ZH.picture, ZH.sticker, ZH.sticker, ZH.voice]
        assert [message.seen.text for message in sent] == expected
        assert all("b:parks" in message.buttons.values() for message in sent)

    async def test_a_question_below_a_picture_is_answered(
        self, chinese: Person, server: TelegramServer
    ) -> None:
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        await chinese.send(photo=photo, caption=QUESTION)
        [answer] = await server.wait_sent(1)
        assert "补贴10万元" in answer.seen.quotes[0]

    async def test_a_long_question_is_declined(self, chinese: Person, english: Person) -> None:
        assert (await chinese.ask("补" * 501)).seen.text == ZH.too_long.format(
            length=501, limit=500
        )
        assert (await english.ask("x" * 501)).seen.text == EN.too_long.format(length=501, limit=500)
        assert (await chinese.ask("补贴" * 250)).seen.text != ZH.too_long

    async def test_ask_takes_its_question_along(self, chinese: Person) -> None:
        assert (await chinese.ask(f"/ask {QUESTION}")).seen.quotes
        assert (await chinese.ask("/ask")).seen.text == ZH.ask_what

    async def test_menus_and_profile_are_set_in_both_languages(
        self, server: TelegramServer
    ) -> None:
        menus = await server.wait_called("setMyCommands", 4)
        assert [call.status for call in menus] == [200] * 4
        assert [call.parameters.get("language_code") for call in menus] == [None, None, "zh", "zh"]
        chinese = json.loads(menus[2].parameters["commands"])
        assert ZH.about_help in [one["description"] for one in chinese]
        for method in ("setMyDescription", "setMyShortDescription"):
            assert [call.status for call in await server.wait_called(method, 2)] == [200, 200]
        assert server.called("setChatMenuButton")


FILE = {"file_id": "a", "file_unique_id": "b"}
CONTENTS: dict[str, Any] = {
    "photo": [FILE | {"width": 1, "height": 1}],
    "sticker": FILE
    | {"width": 1, "height": 1, "type": "regular", "is_animated": False, "is_video": False},
    "location": {"longitude": 112.6, "latitude": 26.9},
    "voice": FILE | {"duration": 1},
}


async def test_a_long_quote_comes_in_several_messages(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person
) -> None:
    text = "".join(f"第{number}条，企业可以享受补贴 & 奖励。😀\n" for number in range(500))
    quote = Quote(text, Citation("law", Metadata("条例")), 0, len(text))
    answer = Answer("?", "?", Status.ANSWERED, Language.CHINESE, 0.9, (quote,))
    async with running(engine=Fixed(engine, answer)):
        await chinese.say("条例？")
        await server.wait_sent(len(render(answer, Tongue.SIMPLIFIED)))
    assert len(server.sent) > 2
    assert "".join(stretch for sent in server.sent for stretch in sent.seen.quotes) == text
    assert server.sent[-1].seen.text.endswith("[1] 《条例》")


async def test_service_messages_are_ignored(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    await chinese.send(message_auto_delete_timer_changed={"message_auto_delete_time": 9})
    assert (await chinese.ask("/start")).seen.text == ZH.start
    assert len(server.sent) == 1


async def test_a_follow_up_brings_the_conversation(
    running: Running, engine: Answering, chinese: Person, english: Person
) -> None:
    watched = Watched(engine)
    async with running(engine=watched):
        await english.ask(ENGLISH_QUESTION)
        [quote, *_] = (await english.ask(FOLLOW_UP)).seen.quotes
        await chinese.ask(FOLLOW_UP)
    lengths = [len(conversation.turns) for _, conversation, _ in watched.asked]
    assert lengths == [0, 1, 0]
    assert {day for _, _, day in watched.asked} == {TODAY}
    assert "10,000 workers" in quote


async def test_a_silent_chat_is_forgotten(
    running: Running, engine: Answering, chinese: Person
) -> None:
    watched, clock = Watched(engine), Clock()
    async with running(engine=watched, clock=clock):
        await chinese.ask(QUESTION)
        clock.ahead += 31 * 60
        await chinese.ask("那呢？")
    assert watched.asked[-1][1] == Conversation()


async def test_one_chat_does_not_wait_for_another(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person, english: Person
) -> None:
    held = Held(engine, "博士")
    async with running(engine=held):
        await chinese.say(QUESTION)
        await server.wait_called("sendChatAction")
        assert (await english.ask(ENGLISH_QUESTION)).chat_id == english.id
        held.release.set()
        assert (await server.wait_sent(2))[1].chat_id == chinese.id


async def test_one_chat_is_answered_in_order(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person
) -> None:
    held = Held(engine, "博士")
    asked = [QUESTION, "硕士？", "本科？", "大专？"]
    async with running(engine=held):
        for question in asked:
            await chinese.say(question)
        await server.wait_called("sendChatAction", 4)
        held.release.set()
        await server.wait_sent(4)
    assert [question for question, *_ in held.asked] == asked


def _sent_to(server: TelegramServer, person: Person) -> list[Sent]:
    return [sent for sent in server.sent if sent.chat_id == person.id]


async def test_who_asks_too_fast_is_told_politely(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person, english: Person
) -> None:
    watched, clock = Watched(engine), Clock()
    async with running(engine=watched, clock=clock, questions=2):
        for _ in range(5):
            await chinese.say(QUESTION)
        await english.ask(ENGLISH_QUESTION)
        await server.wait_sent(4)
        await server.wait_taken()
        mine = [sent.seen.text for sent in _sent_to(server, chinese)]
        assert set(mine[2:]) == {ZH.busy}
        clock.ahead += 61
        told = len(mine)
        await chinese.say(QUESTION)
        # On a slow machine a refusal may come late.
        await until(lambda: any(one.seen.quotes for one in _sent_to(server, chinese)[told:]))
    assert len(watched.asked) == 4
