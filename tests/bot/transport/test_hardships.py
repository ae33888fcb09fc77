"""Errors, floods, broken networks and hostile messages."""

import asyncio
import io
import logging
from collections.abc import Iterator

import pytest
from corpus import QUESTION
from engines import Broken
from people import Person
from running import Running
from standin.http import Request
from standin.server import TOKEN, TelegramServer
from telegram.error import InvalidToken, NetworkError

from bot import logs
from bot.application import Application
from bot.languages import Tongue
from bot.library import Answering, Library, Shelf
from bot.settings import Settings
from bot.texts import TEXTS
from hyqa import EncoderError
from storage.database import Database

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the bot logs, down to its details."""
    root, stream = logging.getLogger(), io.StringIO()
    level = root.level
    handler = logs.configure(TOKEN, stream=stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(False)
    assert TOKEN.partition(":")[2] not in stream.getvalue()


@pytest.mark.parametrize("error", [RuntimeError, EncoderError])
async def test_an_error_is_logged_and_told_without_internals(
    running: Running,
    engine: Answering,
    log: io.StringIO,
    chinese: Person,
    english: Person,
    error: type[Exception],
) -> None:
    async with running(engine=Broken(engine, error)):
        assert (await chinese.ask(QUESTION)).seen.text == ZH.failed
        assert (await english.ask("Where?")).seen.text == EN.failed
        assert (await english.ask("/start")).seen.text == EN.start
    assert "ERROR bot.transport.intake: On update 1:\n" in log.getvalue()
    assert error.__name__ in log.getvalue()


async def test_the_question_is_not_logged(
    running: Running, engine: Answering, log: io.StringIO, chinese: Person
) -> None:
    logging.getLogger().setLevel(logging.INFO)
    async with running(engine=Broken(engine, RuntimeError)):
        await chinese.ask(QUESTION)
    assert "engines.py" in log.getvalue()
    assert QUESTION not in log.getvalue()


async def test_flood_control_is_obeyed(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.flood(1)
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert [call.status for call in server.called("sendMessage")] == [429, 200]


async def test_typing_that_fails_keeps_no_answer_back(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.fail(500, "Internal Server Error", method="sendChatAction")
    assert (await chinese.ask(QUESTION)).seen.quotes


async def test_commands_that_cannot_be_set_keep_nobody_from_asking(
    server: TelegramServer, running: Running, log: io.StringIO, chinese: Person
) -> None:
    server.flood(5, method="setMyCommands")
    async with running():
        assert (await chinese.ask(QUESTION)).seen.quotes
    assert "menu of commands" in log.getvalue()


async def test_a_restart_of_the_server_is_survived(
    bot: Application, server: TelegramServer, log: io.StringIO, chinese: Person
) -> None:
    assert (await chinese.ask("/start")).seen.text == ZH.start
    await server.stop()
    await asyncio.sleep(0.1)
    await server.start()
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert "NetworkError" in log.getvalue()


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_what_is_none_of_telegrams_answers_has_failed(
    bot: Application, server: TelegramServer, chinese: Person, method: str
) -> None:
    """As of a proxy in between, which says 200: the stand-in leaves the result out."""
    server.fail(200, "of somebody else", method=method, times=2)
    assert (await chinese.ask(QUESTION)).seen.quotes
    await server.wait_called(method, 3)
    assert bot.health()["ok"]


@pytest.mark.parametrize("status", [400, 403])
async def test_a_page_of_a_proxy_is_no_refusal(
    bot: Application,
    server: TelegramServer,
    chinese: Person,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    """Its page stands for what is none of Telegram's, and for answers that were cut."""
    pages = [b"<html>Blocked</html>", b'{"ok": false, "descr']
    respond = server._http._respond

    async def refuse(request: Request) -> tuple[int, bytes]:
        if request.path.endswith("/sendMessage") and pages:
            return status, pages.pop()
        return await respond(request)

    monkeypatch.setattr(server._http, "_respond", refuse)
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert not pages


@pytest.fixture
def unstarted(server: TelegramServer, shelf: Shelf) -> Application:
    settings = Settings(TOKEN, server.url, database_url="sqlite://")
    return Application(settings, Library(shelf), Database(settings.database_url))


async def test_a_rejected_token_stays_secret(
    server: TelegramServer, unstarted: Application, log: io.StringIO
) -> None:
    server.fail(401, "Unauthorized")
    with pytest.raises(InvalidToken):
        await unstarted.start()
    await unstarted.stop()


async def test_a_refused_connection_keeps_the_token_secret(
    server: TelegramServer, unstarted: Application, log: io.StringIO
) -> None:
    await server.stop()
    with pytest.raises(NetworkError) as caught:
        await unstarted.start()
    await unstarted.stop()
    assert TOKEN not in str(caught.value)


async def test_polling_outlives_a_server_that_does_not_know_the_bot(
    bot: Application, server: TelegramServer, log: io.StringIO, chinese: Person
) -> None:
    server.fail(401, "Unauthorized", method="getUpdates")
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert "On polling: InvalidToken" in log.getvalue()


async def test_a_second_bot_with_the_token_is_reported(
    running: Running, server: TelegramServer, log: io.StringIO
) -> None:
    server.fail(409, "Conflict: terminated by other getUpdates request", method="getUpdates")
    async with running():
        await server.wait_called("getUpdates", 1)
        await asyncio.sleep(0.05)
    assert "Another bot runs with the same token" in log.getvalue()
