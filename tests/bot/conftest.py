"""The stand-in for Telegram, an engine over a small corpus, and the bot between them."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from corpus import FILES
from people import Person
from running import Running, run_bot
from telegram_server import TelegramServer

from bot.chats import BotApplication
from bot.handlers import Answering
from hyqa import Engine, HashEncoder, build_index


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real index over a few documents; only the encoder does without a model."""
    documents, root = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (documents / name).write_text(text, encoding="utf-8")
    build_index(documents, root, HashEncoder())
    return root


@pytest.fixture(scope="session")
def engine(index: Path) -> Answering:
    return Engine.open(index, encoder="hash")


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    server = TelegramServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def running(server: TelegramServer, engine: Answering) -> Running:
    """Runs the bot with the real engine, or with one that a test brings."""

    def run(**options: Any) -> AbstractAsyncContextManager[BotApplication]:
        return run_bot(server, **{"engine": engine, **options})

    return run


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[BotApplication]:
    async with running() as application:
        yield application


@pytest.fixture
def chinese(server: TelegramServer) -> Person:
    return Person(server, 11, "zh-hans")


@pytest.fixture
def english(server: TelegramServer) -> Person:
    return Person(server, 22, "en")
