"""A router, and a database for the tests that need no whole bot."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library import Shelf
from bot.routing.router import Router
from dialogues.pressing import router_over
from storage.database import Database


@pytest.fixture(scope="package")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Shared by tests that roll back what they write."""
    folder: Path = tmp_path_factory.mktemp("keyboards")
    database = Database(f"sqlite:///{folder}/bot.sqlite")
    database.migrate()
    yield database
    database.close()


@pytest.fixture(scope="package")
def router(shelf: Shelf) -> Router:
    return router_over(shelf)
