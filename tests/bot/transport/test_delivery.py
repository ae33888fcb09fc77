"""Messages arrive once and in order."""

import asyncio

import pytest
from corpus import QUESTION
from databases import each_database_url  # noqa: F401 - doubles the tests of this file
from people import GROUP, Person
from running import Running
from standin.calls import Failure
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS
from bot.transport import delivery
from storage.database import Database
from storage.schema import Outgoing
from storage.schema import Person as PersonRow

ZH = TEXTS[Tongue.SIMPLIFIED]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.02)


async def test_what_was_not_sent_before_a_stop_is_sent_after_a_start(
    running: Running, server: TelegramServer, chinese: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.application.PATIENCE", 0.2)
    server.before = lambda method, given: (
        Failure(502, "Bad Gateway") if method == "sendMessage" else None
    )
    async with running():
        await chinese.say(QUESTION)
        await server.wait_called("sendMessage")
        await server.wait_taken()
    assert server.sent == []
    server.before = lambda method, given: None
    async with running():
        [sent] = await server.wait_sent(1)
    assert sent.seen.quotes


async def test_a_dropped_connection_is_tried_again(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.drop("sendMessage", times=3)
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert len(server.sent) == 1


async def test_messages_of_a_chat_stay_in_order_over_failures(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.fail(500, "Internal Server Error", method="sendMessage", times=2)
    for text in ("/start", "/help", "/privacy"):
        await chinese.say(text)
    sent = await server.wait_sent(3)
    assert [one.seen.text.split("\n")[0] for one in sent] == [
        ZH.start.split("\n")[0],
        ZH.help.split("\n")[0],
        ZH.privacy.split("\n")[0],
    ]


async def test_who_blocked_the_bot_is_noted_until_he_writes_again(
    running: Running, server: TelegramServer, chinese: Person, database_url: str
) -> None:
    def blocked() -> bool:
        database = Database(database_url)
        with database.session() as session:
            found = session.get_one(PersonRow, chinese.id).blocked
        database.close()
        return found

    server.blocked.add(chinese.id)
    async with running():
        await chinese.say(QUESTION)
        await server.wait_called("sendMessage")
        await server.wait_taken()
        await asyncio.sleep(0.1)
    assert blocked()
    server.blocked.clear()
    async with running():
        await chinese.ask("/help")
    assert not blocked()


async def test_a_group_that_becomes_a_supergroup_is_followed(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    moved = Failure(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009})
    server.before = lambda method, given: (
        moved if method == "sendMessage" and int(given["chat_id"]) == GROUP else None
    )
    sent = await chinese.ask(f"/ask {QUESTION}", group=True)
    assert sent.chat_id == -1009


async def test_answers_are_kept_no_longer_than_they_wait(
    running: Running, server: TelegramServer, chinese: Person, database_url: str
) -> None:
    async with running():
        await chinese.ask(QUESTION)
    database = Database(database_url)
    with database.session() as session:
        states = {row.state for row in session.query(Outgoing)}
    database.close()
    assert states == {"sent"}


async def test_a_failing_network_is_tried_again(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.fail(502, "Bad Gateway", method="sendMessage", times=5)
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert len(server.sent) == 1


async def test_a_message_that_telegram_refuses_is_apologised_for(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.fail(400, "Bad Request: can't parse entities", method="sendMessage")
    assert (await chinese.ask(QUESTION)).seen.text == ZH.failed


async def test_a_user_who_blocked_the_bot_is_left_alone(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.blocked.add(chinese.id)
    await chinese.say(QUESTION)
    await server.wait_called("sendMessage")
    await server.wait_taken()
    server.blocked.clear()
    assert (await chinese.ask("/start")).seen.text == ZH.start
    assert len(server.called("sendMessage")) == 2
