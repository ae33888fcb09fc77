"""An index that is published anew while the bot runs, and a clock that is set ahead."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from corpus import FILES
from running import Clock

from bot import application
from bot.application import Application
from bot.dialogues.telling import SETTLE
from bot.library import Library
from hyqa import HashEncoder, build_index, snapshot_name
from storage import changes

LOOK = 0.05


@dataclass
class Publisher:
    """A corpus that changes; people are told as soon as a snapshot has stood long enough."""

    folder: Path
    built: Path
    """An index of the documents as they are at first."""
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))
    clock: Clock = field(default_factory=Clock)

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def build(self) -> Library:
        """The first index, opened as the bot opens one."""
        if self.files == FILES and not self.index.exists():
            self._write()
            shutil.copytree(self.built, self.index)
        else:
            self._index()
        return Library.open(str(self.index), "hash")

    async def publish(self, bot: Application, *, settled: bool = True, **files: str) -> None:
        """Change documents (``talent__doctors`` is talent/doctors.md; "" removes one), and index."""
        self.files |= {f"{name.replace('__', '/')}.md": text for name, text in files.items()}
        self._index()
        await self.recorded(bot)
        if settled:
            self.clock.ahead += SETTLE

    async def recorded(self, bot: Application) -> None:
        """Wait until the bot uses the index, and has recorded what changed."""
        async with asyncio.timeout(20):
            while not self._is_recorded(bot):
                await asyncio.sleep(LOOK)

    async def rest(self, bot: Application, seconds: float) -> None:
        """Let time pass beyond midnight: what is recorded of the new day settles as an index does."""
        before = self._day(bot)
        self.clock.ahead += seconds
        async with asyncio.timeout(20):
            while self._day(bot) == before:
                await asyncio.sleep(LOOK)
        self.clock.ahead += SETTLE

    def _day(self, bot: Application) -> str:
        with bot.database.session() as session:
            held = changes.state(session)
            return held.day if held else ""

    async def told(self) -> None:
        """Wait until the bot has looked for people to be told, so that nothing more will come."""
        await asyncio.sleep(10 * LOOK)

    def go_to(self, moment: datetime) -> None:
        """Set the clock."""
        self.clock.ahead += moment.timestamp() - self.clock()

    def _is_recorded(self, bot: Application) -> bool:
        with bot.database.session() as session:
            held = changes.state(session)
            name = snapshot_name(self.index)
            return held is not None and held.snapshot == name == bot.library.name

    def _index(self) -> None:
        build_index(self._write(), self.index, HashEncoder())

    def _write(self) -> Path:
        corpus = self.folder / "corpus"
        for name, text in self.files.items():
            path = corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text:
                path.write_text(text, encoding="utf-8")
            else:
                path.unlink(missing_ok=True)
        return corpus


Publishing = Callable[[], Publisher]


@pytest.fixture
def publisher(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    """Publishes for a bot that looks around all the time."""
    monkeypatch.setattr(application, "INDEX_LOOK", LOOK)
    monkeypatch.setattr(application, "NEWS_LOOK", LOOK)
    return Publisher(tmp_path, index)
