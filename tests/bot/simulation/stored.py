"""What has to hold in the bot's own database after each run."""

import sqlite3
from collections.abc import Iterator

from simulation.world import World


def nothing_waits_for_ever(world: World) -> Iterator[str]:
    """Nothing is left to be sent at the end."""
    for chat, method, attempts in rows(
        world, "select chat_id, method, attempts from outgoing where state = 'waiting'"
    ):
        yield f"{method} to {chat} after {attempts} attempts"


def the_database_is_consistent(world: World) -> Iterator[str]:
    """SQLite finds its pages and references whole."""
    for check_ in ("integrity_check", "foreign_key_check"):
        for row in rows(world, f"PRAGMA {check_}"):
            if row != ("ok",):
                yield f"{check_}: {row}"


def rows(world: World, query: str) -> list[tuple[object, ...]]:
    """What a query finds in the database that a run left behind."""
    connection = sqlite3.connect(world.path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
