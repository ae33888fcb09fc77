"""The database: SQLite in a file, or PostgreSQL; brought up to date when it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from hyqa import ConfigError

MIGRATIONS = Path(__file__).parent / "migrations"
PASSING = (OperationalError, InterfaceError, PoolTimeoutError)
"""Failures of the database that pass: full, locked, away. All others would fail again."""
BUSY_SECONDS = 5
"""How long one writer of SQLite waits for another; a transaction here takes milliseconds.

Whoever waits longer is told, and tries again: a thread that waits can do nothing else.
"""
REACH_SECONDS = 10
"""How long PostgreSQL may take to accept a connection, or to give a lock."""
POOL = 20
"""Connections to PostgreSQL: the threads that handle updates, and those that send."""

_ALONE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(4897)"}
"""What a transaction begins with that no other of its kind is to run beside."""


class Database:
    """Hands out sessions; safe to share between threads.

    Args:
        url: of SQLAlchemy, such as ``sqlite:///state/bot.sqlite`` or ``postgresql://…``.

    Raises:
        ConfigError: when it cannot be opened.
    """

    def __init__(self, url: str) -> None:
        self.engine = _open(url)
        self._is_closed = False
        event.listen(self.engine, "checkin", self._returned)
        # SQLite lets one transaction write at a time, from its first write on: nothing is
        # written while a question is looked up, but all of it at the end.
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when the block ends well, else rolled back."""
        with self._sessions.begin() as session:
            yield session

    def migrate(self, to: str = "head") -> None:
        """Bring the tables up to what this version needs.

        Of processes that start at once, one does, and the others wait for it. Nobody waits, nor
        needs to write, where nothing is to be done: a bot starts while its disk is full.

        Args:
            to: revision to stop at.

        Raises:
            ConfigError: when the database cannot be reached or written.
        """
        try:
            with self.engine.connect() as connection:
                if _is_at(connection, to):
                    return
            config = _config()
            with self.engine.begin() as connection:
                connection.exec_driver_sql(_ALONE[self.engine.dialect.name])
                config.attributes["connection"] = connection
                command.upgrade(config, to)
        except SQLAlchemyError as error:
            raise ConfigError(
                "The bot's database cannot be opened: check HYQA_DATABASE_URL, and that the"
                " folder HYQA_STATE can be written."
            ) from error

    def close(self) -> None:
        """Let go of all connections; one that a thread still uses, when it returns it."""
        self._is_closed = True
        self.engine.dispose()

    def _returned(self, connection: object, record: ConnectionPoolEntry) -> None:
        # An engine that is disposed of would keep it open until it is collected.
        if self._is_closed:
            record.invalidate()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache
def _scripts() -> ScriptDirectory:
    """The migrations, which do not change while a process runs."""
    return ScriptDirectory.from_config(_config())


def _is_at(connection: Connection, revision: str) -> bool:
    """Whether the tables are those of a revision."""
    wanted = _scripts().get_revision(revision)
    return MigrationContext.configure(connection).get_current_revision() == wanted.revision


def _open(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError(
            "HYQA_DATABASE_URL is no address of a database:"
            " one reads like postgresql://user:password@host/name."
        ) from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        limits = {
            "connect_timeout": REACH_SECONDS,
            "options": f"-c lock_timeout={REACH_SECONDS}s",
        }
        return create_engine(
            parsed, connect_args=limits, pool_size=POOL, max_overflow=POOL, pool_pre_ping=True
        )
    raise ConfigError("HYQA_DATABASE_URL names a database that is neither SQLite nor PostgreSQL.")


def _sqlite(url: str, path: str | None) -> Engine:
    if path:
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(
                f"The folder of {path} cannot be made: name one that can, in HYQA_STATE."
            ) from error
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401 - sqlite3's, untyped here
    """Let readers and a writer go on side by side, and make a commit outlive a power cut."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
