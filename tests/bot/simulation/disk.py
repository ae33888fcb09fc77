"""The database of a run: a real file of SQLite that fills, locks and goes away on demand."""

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from simulation.faults import Fault
from simulation.ledger import following
from simulation.loop import SimulatedLoop
from storage.database import BUSY_SECONDS, Database
from storage.outbox import WAITING

_WORDS = {
    Fault.FULL: "database or disk is full",
    Fault.LOCKED: "database is locked",
    Fault.DROPPED: "server closed the connection unexpectedly",
}
_WRITES = ("INSERT", "UPDATE", "DELETE")
TORN = 0.02
"""Share of commits that are done although they are said to have failed."""


class KeptDatabase(Database):
    """One for all processes of all runs: what it has learnt of statements is worth keeping."""

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


class Disk:
    """Lets the statements of a database fail.

    Args:
        now_fault: tells the fault of the moment, if any.
        torn: called when a commit was done although it is said to have failed.
    """

    def __init__(
        self,
        loop: SimulatedLoop,
        chance: random.Random,
        now_fault: Callable[[], Fault | None],
        torn: Callable[[], None],
        *,
        mishaps: bool,
    ) -> None:
        self._loop = loop
        self._chance = chance
        self._now_fault = now_fault
        self._torn = torn
        self._mishaps = mishaps

    @contextmanager
    def under(self, database: Database) -> Iterator[None]:
        """Stand between a database and its file."""
        event.listen(database.engine, "do_execute", self._execute)
        event.listen(database.engine, "commit", self._commit)
        yield
        event.remove(database.engine, "do_execute", self._execute)
        event.remove(database.engine, "commit", self._commit)

    def _execute(self, cursor: Any, statement: str, parameters: Any, context: Any) -> None:
        fault = self._now_fault()
        writes = statement.lstrip()[:6].upper() in _WRITES
        if fault is Fault.DROPPED or (fault is Fault.LOCKED and writes):
            self._fail(fault)
        if fault is Fault.FULL and writes and self._chance.random() < 0.5:
            self._fail(fault)  # or else the commit will find it out

    def _commit(self, connection: Connection) -> None:
        held: Any = connection.connection.dbapi_connection
        if not held.in_transaction:
            return
        fault = self._now_fault()
        if fault:
            raise OperationalError("COMMIT", None, sqlite3.OperationalError(_WORDS[fault]))
        if self._mishaps and self._chance.random() < TORN:
            held.commit()
            self._torn()
            words = sqlite3.OperationalError(_WORDS[Fault.DROPPED])
            raise OperationalError("COMMIT", None, words)

    def _fail(self, fault: Fault) -> None:
        if fault is Fault.LOCKED:
            self._loop.hold += BUSY_SECONDS
        raise sqlite3.OperationalError(_WORDS[fault])


def waiting(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Methods and parameters of the calls that wait in a database's file."""
    query = f"select method, payload from outgoing where state = '{WAITING}'"
    with closing(sqlite3.connect(path)) as connection:
        return [(method, json.loads(payload)) for method, payload in connection.execute(query)]


def left_to_send(path: Path) -> Counter[int]:
    """How many calls are to be made in each chat, with those that are put once others are made."""
    query = f"select chat_id, on_sent from outgoing where state = '{WAITING}'"
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(query).fetchall()
    left = Counter(chat for chat, _ in rows)
    left.update(one["chat_id"] for _, then in rows for one in following(json.loads(then or "[]")))
    return left
