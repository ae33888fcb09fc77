"""An empty database, brought up to date."""

import pytest

from bot.state.database import Database


@pytest.fixture
def database(database_url: str) -> Database:
    database = Database(database_url)
    database.migrate()
    return database
