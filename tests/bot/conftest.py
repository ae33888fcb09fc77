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
from hyqa import Engine, HashEncoder, build_index, load_encoder


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def engine(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Answering:
    """The library's engine over the documents; only its encoder does without a model."""
    index = tmp_path_factory.mktemp("index")
    build_index(documents, index, HashEncoder())
    return Engine.open(index, encoder="hash")


@pytest.fixture(scope="session")
def real_index(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that the bot opens by itself: by the bundled encoder."""
    index = tmp_path_factory.mktemp("real_index")
    build_index(documents, index, load_encoder())
    return index


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
