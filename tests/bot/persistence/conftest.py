"""An empty database of each kind, brought up to date."""

import pytest
from databases import each_database_url  # noqa: F401 - doubles the tests of this folder

from storage.database import Database


@pytest.fixture
def database(database_url: str) -> Database:
    database = Database(database_url)
    database.migrate()
    return database
