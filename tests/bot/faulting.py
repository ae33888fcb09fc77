"""A bot in a process of its own, and real faults: a full disk, a lock, a clock that is set back."""

import asyncio
import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
from people import Person
from standin.calls import Failure
from standin.server import TOKEN, TelegramServer

ROOT = Path(__file__).parents[2]
SMALL = "6m"
"""Size of the file system that fills: the database, and its journal of 4 MB at most."""
CLOCK = """
import time
from pathlib import Path
_true, _ahead = time.time, Path({path!r})
time.time = lambda: _true() + float(_ahead.read_text() or 0)
"""
"""Python runs this first: the clock of the process is then ahead by what a file says."""


class Bot:
    """The bot's command over an index, and what a fault needs to know of it.

    Args:
        server: the stand-in for Telegram.
        index: of the documents.
        folder: of the state; it may be on a file system of its own.
        aside: folder for all else.
        port: of the health.
    """

    def __init__(
        self, server: TelegramServer, index: Path, folder: Path, aside: Path, port: int
    ) -> None:
        self.server = server
        self.database = folder / "bot.sqlite"
        self.ahead = aside / "ahead"
        self.process: asyncio.subprocess.Process | None = None
        self.port = port
        self._aside = aside
        self._settings = {
            "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url,
            "HYQA_DATABASE_URL": f"sqlite:///{self.database}", "HYQA_INDEX": str(index),
            "HYQA_ENCODER": "hash", "HYQA_HTTP_PORT": str(port),
        }  # fmt: skip
        self.ahead.write_text("0")
        (aside / "sitecustomize.py").write_text(CLOCK.format(path=str(self.ahead)))

    async def start(self) -> None:
        """Start, and wait until it asks for updates."""
        polls = len(self.server.called("getUpdates"))
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        path = os.pathsep.join([str(self._aside), os.environ.get("PYTHONPATH", ""), str(ROOT)])
        log = (self._aside / "bot.log").open("ab")
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, stderr=log,
            env=kept | self._settings | {"PYTHONPATH": path},
        )  # fmt: skip
        log.close()
        await self.server.wait_called("getUpdates", polls + 1, within=120)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait until it has."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(how)
            await self.process.wait()

    async def health(self) -> bool:
        """What it says of itself; no answer is none that is well."""
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                found = await client.get(f"http://127.0.0.1:{self.port}/health")
        except httpx.HTTPError:
            return False
        return found.status_code == 200


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Put a small file system at a folder, if the machine allows it; says whether."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@asynccontextmanager
async def full(bot: Bot) -> AsyncIterator[None]:
    """Fill the disk of the state; where it has none of its own, forbid its files to grow."""
    if os.path.ismount(bot.database.parent):
        filler = bot.database.with_name("filler")
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(4096)):
                pass
        yield
        filler.unlink()
        return
    assert bot.process
    before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    yield
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)


@asynccontextmanager
async def locked(bot: Bot) -> AsyncIterator[None]:
    """Lock the database for writing, as another process may."""
    connection = sqlite3.connect(bot.database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@asynccontextmanager
async def bad_gateway(bot: Bot) -> AsyncIterator[None]:
    """Answer 502 to all calls."""
    bot.server.before = lambda method, given: Failure(502, "Bad Gateway")
    yield
    bot.server.before = lambda method, given: None


@asynccontextmanager
async def clock_back(bot: Bot) -> AsyncIterator[None]:
    """Set the clock of the process back by an hour; it stays so."""
    bot.ahead.write_text(str(float(bot.ahead.read_text()) - 3600))
    yield


@asynccontextmanager
async def killed(bot: Bot) -> AsyncIterator[None]:
    """Kill the process in the middle of its work, and start it again at the end."""
    yield
    await bot.end(signal.SIGKILL)
    await bot.start()


FAULTS = {
    "full disk": full, "locked database": locked, "502 storm": bad_gateway,
    "clock back": clock_back, "kill -9": killed,
}  # fmt: skip


async def ask(server: TelegramServer, first: int, count: int, question: str) -> list[int]:
    """Let so many people ask at short intervals; gives their numbers."""
    people = list(range(first, first + count))
    for number in people:
        await Person(server, number, "zh").say(question)
        await asyncio.sleep(0.1)
    return people


async def all_told(server: TelegramServer, people: list[int], within: float) -> list[int]:
    """Wait until all of them have heard from the bot; gives those that have not."""
    try:
        async with asyncio.timeout(within):
            while left := set(people) - {sent.chat_id for sent in server.sent}:
                await asyncio.sleep(0.1)
    except TimeoutError:
        return sorted(left)
    return []
