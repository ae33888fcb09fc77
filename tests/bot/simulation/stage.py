"""What all runs share: a small corpus, its engine, and an empty database to copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import FILES

from bot.library import Shelf
from hyqa import Engine, HashEncoder, build_index
from simulation.checking import check
from simulation.remembering import Remembering
from simulation.world import World, simulate
from storage.database import Database

Broken = list[tuple[str, str]]
"""Rules that did not hold, and where."""


class Stage:
    """Runs seeds over the same documents.

    Args:
        shelf: of the bot.
        database: an empty one that is up to date.
    """

    def __init__(self, shelf: Shelf, database: Path) -> None:
        self._shelf = Shelf(Remembering(shelf.engine), shelf.documents)
        self._database = database

    def run(self, seed: int) -> tuple[World, Broken]:
        """One run, and what was wrong after it."""
        found: Broken = []
        world = simulate(seed, self._shelf, self._database, lambda one: found.extend(check(one)))
        return world, found


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage outside of the tests, in a folder of its own."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in FILES.items():
            (root / "documents" / name).parent.mkdir(parents=True, exist_ok=True)
            (root / "documents" / name).write_text(text, encoding="utf-8")
        build_index(root / "documents", root / "index", HashEncoder())
        engine = Engine.open(root / "index", encoder="hash")
        database = Database(f"sqlite:///{root}/bot.sqlite")
        database.migrate()
        database.close()
        yield Stage(Shelf(engine, engine.documents()), root / "bot.sqlite")
