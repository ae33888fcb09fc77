"""A real PostgreSQL for the tests, and empty databases in it."""

import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

SCRIPT = Path(__file__).parents[2] / "scripts" / "postgresql.sh"


MISSING = "PostgreSQL is not installed"


@pytest.fixture(params=["sqlite", "postgresql"], name="database_url")
def each_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind, for the tests of state and delivery that import this.

    It doubles them; all others have SQLite alone.
    """
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/state/bot.sqlite"
        return
    with new_database(request.getfixturevalue("postgresql")) as url:
        yield url


@contextmanager
def running_postgresql() -> Iterator[str | None]:
    """Address of a server: of HYQA_TEST_POSTGRESQL, else of one started here.

    None where it is not installed.
    """
    named = os.environ.get("HYQA_TEST_POSTGRESQL")
    if named:
        yield named
        return
    started = subprocess.run(["bash", SCRIPT, "start"], capture_output=True, text=True, check=False)
    if MISSING in started.stderr:
        yield None
        return
    assert started.returncode == 0, started.stderr
    url, folder = started.stdout.split()
    try:
        yield url
    finally:
        subprocess.run(["bash", SCRIPT, "stop", folder], capture_output=True, check=True)


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """An empty database, dropped at the end."""
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
