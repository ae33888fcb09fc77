"""Updates are answered once, whatever comes."""

from typing import Any

from corpus import ENGLISH_QUESTION, QUESTION
from databases import each_database_url  # noqa: F401 - doubles the tests of this file
from people import Person
from running import Running
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_an_update_that_comes_again_is_answered_once(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running():
        message = chinese.message(text=QUESTION)
        await server.push("message", message)
        await server.wait_sent(1)
        again = {"update_id": server.last_update, "message": message}
    async with running():
        await server.push_raw(again)
        await server.wait_taken()
        await chinese.ask("/help")
    assert len(server.sent) == 2


async def test_old_and_out_of_order_updates_are_harmless(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    for number in (500, 499, 500, 7):
        await server.push_raw({"update_id": number, "message": chinese.message(text="/help")})
    await server.wait_sent(3)
    await server.push_raw({"update_id": 501, "message": chinese.message(text="/start")})
    await server.wait_sent(4)
    assert [sent.seen.text == ZH.start for sent in server.sent] == [False, False, False, True]


MALFORMED: list[dict[str, Any]] = [
    {"update_id": 900},
    {"update_id": 901, "message": {}},
    {"update_id": 902, "message": "text"},
    {"update_id": 903, "callback_query": {"id": "1"}},
    {
        "update_id": 904,
        "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}},
    },
    {"update_id": 905, "unheard_of": {"id": 1}},
]


async def test_malformed_updates_are_passed_over(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    for update in MALFORMED:
        await server.push_raw(update)
    assert (await chinese.ask("/help", update_id=906)).seen.text.startswith("怎样提问")


async def test_a_stop_finishes_what_is_asked(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    async with running():
        await chinese.say(QUESTION)
        await english.say(ENGLISH_QUESTION)
        await server.wait_called("sendChatAction", 2)
    assert len(server.sent) == 2
    assert server.unconfirmed == 0
