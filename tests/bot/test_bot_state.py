"""The database: migrations, masking, retention and forgetting."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from running import NOON, run_bot
from sqlalchemy import Column, MetaData, func, select, text
from telegram_server import TelegramServer

from bot.library import Shelf
from bot.masking import MASK, masked
from bot.state import retention
from bot.state.database import Database
from bot.state.schema import Base, Dialogue, Gap, Outgoing, Person, Question
from hyqa import ConfigError

DAY = retention.DAY
ADDED = 0
"""Tables that later versions have and the first had not."""


@pytest.fixture
def database(database_url: str) -> Database:
    database = Database(database_url)
    database.migrate()
    return database


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


def test_what_is_old_is_purged_and_what_waits_is_kept(database: Database) -> None:
    ask(database, 1, NOON - 91 * DAY)
    ask(database, 2, NOON - 89 * DAY)
    with database.session() as session:
        retention.purge(session, NOON, 90)
    assert count(database, Question) == count(database, Gap) == count(database, Person) == 1
    assert count(database, Outgoing) == 3  # what waits of the first, and both of the second
    database.close()


def test_forgetting_leaves_nothing_of_one_and_all_of_another(database: Database) -> None:
    ask(database, 1, NOON)
    ask(database, 2, NOON)
    with database.session() as session:
        retention.forget(session, 1)
    with database.session() as session:
        for column in (Person.id, Question.person_id, Dialogue.chat_id):
            assert list(session.scalars(select(column))) == [2]
    database.close()


PERSONAL = (
    "13812345678", "138 1234 5678", "138-1234-5678", "+86 138 1234 5678", "0734-8866123",
    "430402199001011234", "43040219900101123X", "１３８１２３４５６７８",
)  # fmt: skip
IMPERSONAL = (
    "2025年", "1000000元", "衡政发〔2025〕8号", "投资 1,234,567,890 元", "3.14159265358979",
    "20210312", "10,000 workers",
)  # fmt: skip


@pytest.mark.parametrize("number", PERSONAL)
def test_numbers_of_people_are_masked(number: str) -> None:
    assert masked(f"我的号码是{number}，谢谢") == f"我的号码是{MASK}，谢谢"


@pytest.mark.parametrize("text", IMPERSONAL)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(st.characters() | st.sampled_from("0123456789+- \x00\ud800")))
def test_any_text_becomes_storable(text: str) -> None:
    stored = masked(text)
    assert "\x00" not in stored
    assert stored.encode().decode() == stored
    assert masked(stored) == stored


def test_migrations_are_packaged() -> None:
    folder = Path(retention.__file__).parent / "migrations"
    assert (folder / "env.py").is_file()
    assert list((folder / "versions").glob("0001_*.py"))


def fill(database: Database) -> dict[str, dict[str, Any]]:
    """Put a row into each table, as they are by now; gives the rows."""
    tables = MetaData()
    with database.session() as session:
        tables.reflect(session.connection())
        rows = {}
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                rows[table.name] = {column.name: _value(column) for column in table.columns}
                session.execute(table.insert().values(rows[table.name]))
    return rows


def _value(column: Column[Any]) -> object:
    """A value that fits a column, the same in each table: they refer to each other."""
    known: dict[str, object] = {
        "payload": {"chat_id": 1, "text": "waits since before"}, "method": "sendMessage",
        "state": "waiting", "desk_id": None, "turns": [["问?", "问?"]], "passages": [["d", 0, 1]],
        "nearest": [], "file": None, "file_name": "", "apology": "", "language": "zh",
    }  # fmt: skip
    if column.name in known:
        return known[column.name]
    kind = column.type.python_type
    if kind is float:
        return NOON
    return True if kind is bool else kind(1)


def ask(database: Database, person: int, at: float) -> None:
    """Somebody who asked something that was not answered."""
    with database.session() as session:
        session.add(Person(id=person, first_seen=at, last_seen=at))
        session.add(Dialogue(chat_id=person, turns=[["?", "?"]], updated_at=at))
        question = Question(
            chat_id=person, person_id=person, message_id=1, asked_at=at, text="?", query="?",
            language="zh", status="not_found", passages=[], nearest=[],
        )  # fmt: skip
        session.add(question)
        session.flush()
        session.add(Gap(question_id=question.id))
        for state in ("waiting", "sent"):
            session.add(
                Outgoing(
                    chat_id=person, method="sendMessage", payload={}, state=state, created_at=at
                )
            )


def count(database: Database, table: type[Base]) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


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
