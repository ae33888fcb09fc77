"""Rows to fill tables with, and how many there are."""

from typing import Any

from running import NOON
from sqlalchemy import Column, MetaData, func, select

from storage.database import Database
from storage.schema import Base, Dialogue, Gap, Outgoing, Person, Question


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
