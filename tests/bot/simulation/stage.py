"""What all runs share: a small corpus, its engine, and an empty database to copy."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus import write_documents

from bot.library import Shelf
from hyqa import Engine, HashEncoder, build_index
from simulation.checking import check
from simulation.disk import KeptDatabase
from simulation.remembering import Drawn, Remembering
from simulation.world import World
from storage.database import Database

Broken = list[tuple[str, str]]
"""Rules that did not hold, and where."""


class Stage:
    """Runs seeds over the same documents.

    Args:
        shelf: of the bot.
        empty: file of a database that is up to date.
        folder: for the database of the runs; in memory, where there is such a place.
    """

    def __init__(self, shelf: Shelf, empty: Path, folder: Path) -> None:
        self._shelf = Shelf(Remembering(shelf.engine), shelf.documents)
        self._drawn = Drawn()
        self._empty = empty
        self._database = KeptDatabase(f"sqlite:///{folder}/run.sqlite")

    def run(self, seed: int, refused: float = 0.0, **changes: Any) -> tuple[World, Broken]:
        """One run, and what was wrong after it.

        Args:
            seed: of all that happens.
            refused: share of formatted messages that Telegram refuses for good.
            **changes: other changes to the plan that is drawn.
        """
        world = World(seed, self._shelf, self._database, self._empty, refused=refused, **changes)
        with self._drawn.instead(), loggers_as_they_are():
            world.run()
        return world, check(world)

    def close(self) -> None:
        """Let go of the database: a process that is forked from this one opens its own."""
        self._database.close()


@contextmanager
def loggers_as_they_are() -> Iterator[None]:
    """Give all loggers the levels of before again: what one run sets shows nothing of the next."""
    levels = {logger: logger.level for logger in _loggers()}
    yield
    for logger in _loggers():
        logger.setLevel(levels.get(logger, logging.NOTSET))


def _loggers() -> list[logging.Logger]:
    """All loggers that there are; a place for one that nobody asked for is none."""
    named = logging.Logger.manager.loggerDict.values()
    return [one for one in named if isinstance(one, logging.Logger)]


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder whose files need no disk, if the machine has such a place."""
    home = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with TemporaryDirectory(dir=home) as folder:
        yield Path(folder)


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage outside of the tests, in a folder of its own."""
    with folder_in_memory() as root:
        build_index(write_documents(root / "documents"), root / "index", HashEncoder())
        engine = Engine.open(root / "index", encoder="hash")
        database = Database(f"sqlite:///{root}/bot.sqlite")
        database.migrate()
        database.close()
        yield Stage(Shelf(engine, engine.documents()), root / "bot.sqlite", root)
