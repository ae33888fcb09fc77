"""The database is brought up to date with all it holds."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from forking import run
from running import NOON, run_bot
from sqlalchemy import select, text
from standin.server import TelegramServer

from bot.library import Shelf
from hyqa import ConfigError
from persistence.rows import ask, count, fill
from storage import retention
from storage.database import Database
from storage.schema import Base, Question

ADDED = 12
"""Tables that later versions have and the first had not."""


def test_migrations_make_the_tables_that_the_code_reads(database: Database) -> None:
    with database.session() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_migrating_again_changes_nothing(database: Database) -> None:
    ask(database, 1, NOON)
    database.migrate()
    assert count(database, Question) == 1
    database.close()


def test_processes_that_start_at_once_migrate_once(database_url: str, tmp_path: Path) -> None:
    # That a database is up to date is waited for by the others, whichever comes first.
    code = "import sys; from storage.database import Database; Database(sys.argv[1]).migrate()"
    with (tmp_path / "told").open("w+") as told:
        started = [
            run("storage.database", code, database_url, stderr=told.fileno()) for _ in range(4)
        ]
        assert [process.wait(120) for process in started] == [0] * 4, told.seek(0) or told.read()


async def test_a_database_of_the_first_version_is_brought_up_to_date_with_all_it_holds(
    database_url: str, server: TelegramServer, shelf: Shelf
) -> None:
    database = Database(database_url)
    database.migrate("0001")
    before = fill(database)
    assert len(before) == len(Base.metadata.tables) - ADDED
    database.migrate()
    with database.session() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []
        for name, row in before.items():
            [kept] = session.execute(select(Base.metadata.tables[name])).mappings()
            assert {column: kept[column] for column in row} == row, name
    database.close()
    async with run_bot(server, shelf=shelf, database_url=database_url):
        [sent] = await server.wait_sent(1)
    assert sent.seen.text == "waits since before"


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://host/name", "sqlite:////proc/none/bot.sqlite"]
)
def test_a_database_that_cannot_be_opened_is_said_to_be(url: str) -> None:
    with pytest.raises(ConfigError, match=r"HYQA_(DATABASE_URL|STATE)"):
        Database(url).migrate()


def test_migrations_are_packaged() -> None:
    folder = Path(retention.__file__).parent / "migrations"
    assert (folder / "env.py").is_file()
    assert list((folder / "versions").glob("0001_*.py"))


def test_a_connection_that_is_in_use_at_the_end_is_let_go_when_it_is_returned(
    database_url: str,
) -> None:
    database = Database(database_url)
    with database.session() as session:
        connection = session.connection().connection.dbapi_connection
        database.close()
        assert session.scalar(text("SELECT 1")) == 1
    assert connection is not None
    with pytest.raises((psycopg.OperationalError, sqlite3.ProgrammingError)):
        connection.cursor()
