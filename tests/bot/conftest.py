"""The stand-in for Telegram, an engine over a small corpus, and the bot between them."""

import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from corpus import write_documents
from databases import MISSING, running_postgresql
from people import Person
from running import Running, run_bot
from standin.server import TelegramServer

from bot.application import Application
from bot.library import Answering, Shelf
from hyqa import Engine, HashEncoder, build_index, load_encoder
from storage.database import Database


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_documents(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="session")
def index(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over the documents by an encoder that does without a model."""
    index = tmp_path_factory.mktemp("index")
    build_index(documents, index, HashEncoder())
    return index


@pytest.fixture(scope="session")
def engine(index: Path) -> Engine:
    """The library's engine over the documents."""
    return Engine.open(index, encoder="hash")


@pytest.fixture(scope="session")
def real_index(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that the bot opens by itself: by the bundled encoder."""
    index = tmp_path_factory.mktemp("real_index")
    build_index(documents, index, load_encoder())
    return index


@pytest.fixture(scope="session")
def shelf(engine: Engine) -> Shelf:
    return Shelf(engine, engine.documents())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL server: the one that is named, else one started for the tests."""
    with running_postgresql() as url:
        if url is None:
            missing = f"{MISSING}: run scripts/postgresql.sh install"
            if os.environ.get("CI"):
                pytest.fail(missing)
            pytest.skip(missing)
        yield url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that is up to date and empty."""
    folder = tmp_path_factory.mktemp("database")
    database = Database(f"sqlite:///{folder}/bot.sqlite")
    database.migrate()
    database.close()
    return folder / "bot.sqlite"


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    """An empty database; tests of state and delivery override it with one of each kind."""
    shutil.copy(migrated, tmp_path)
    return f"sqlite:///{tmp_path}/{migrated.name}"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    server = TelegramServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def running(server: TelegramServer, shelf: Shelf, database_url: str) -> Running:
    """Runs the bot with the real engine, or with one that a test brings."""

    def run(
        engine: Answering | None = None, **options: Any
    ) -> AbstractAsyncContextManager[Application]:
        held = Shelf(engine, shelf.documents) if engine else shelf
        return run_bot(server, **{"shelf": held, "database_url": database_url, **options})

    return run


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[Application]:
    async with running() as application:
        yield application


@pytest.fixture
def chinese(server: TelegramServer) -> Person:
    return Person(server, 11, "zh-hans")


@pytest.fixture
def staff(server: TelegramServer) -> Person:
    return Person(server, 99, "zh-hans")


@pytest.fixture
def english(server: TelegramServer) -> Person:
    return Person(server, 22, "en")
