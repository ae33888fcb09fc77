"""The page, killed at random moments while readers put questions to the desk."""

import asyncio
import os
import random
import re
import signal
import sqlite3
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from forking import Forked, run
from lxml import html
from people import DESK
from running import run_bot
from standin.server import TelegramServer

from bot.application import Application
from bot.library import Shelf
from dialogues.desk.talking import said_to
from hyqa import Engine
from storage import mailbox

MAIN = "import sys; from web.__main__ import main; sys.exit(main())"
READERS = 8
"""Half of them send a form again whose answer never came, as a browser offers; the others give up."""
FIRST_LETTERS = 4
"""Letters that a page takes before it may be killed."""
LONGEST = 0.8
"""Seconds after those at the latest."""
PATIENCE = 120
"""Seconds for a page to take its first letters, on a slow machine."""
_LISTENS = re.compile(r"Answering on (http://[0-9.:]+)")


@dataclass
class Letter:
    """A question to the desk; ``address`` is where it led, '' where no page said that it was taken."""

    text: str
    client: httpx.AsyncClient
    address: str = ""
    times: int = 0
    """How often its form was sent."""


@dataclass
class Door:
    """The page as its readers find it: an address while it runs."""

    letters: list[Letter] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    url: str = ""
    is_open: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def taken(self) -> list[Letter]:
        return [one for one in self.letters if one.address]


@dataclass(frozen=True)
class Outcome:
    """What became of the questions."""

    asked: int
    taken: int
    again: int
    """Sent a second time, after a kill."""
    unpromised: int
    """At the desk though a kill kept the page from saying so."""
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    unopened: tuple[str, ...]
    """Taken ones whose private page does not show them."""
    statuses: dict[int, int]
    """Other answers than that a letter was taken, by status."""
    damage: tuple[str, ...]
    """What SQLite says of its file."""


async def kill_page_at_random(
    server: TelegramServer, index: Path, state: Path, *, kills: int, seed: int
) -> Outcome:
    """Write to the desk all the time, kill the page so often, and count what reached the desk.

    The bot runs all the while over the same database, and brings letters to the desk.
    """
    chance, door = random.Random(seed), Door()
    engine = Engine.open(index, encoder="hash")
    shelf, database_url = Shelf(engine, engine.documents()), f"sqlite:///{state}/bot.sqlite"
    async with run_bot(server, shelf=shelf, database_url=database_url, desk_chat=DESK) as bot:
        async with _readers(door):
            for _ in range(kills):
                await _open_and_kill(door, index, state, chance)
        process = await _start(door, index, state)
        unopened = [one.text for one in door.taken if not await _is_shown(door, one)]
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait)
        await _quiet(bot, server)
    for client in {one.client for one in door.letters}:
        await client.aclose()
    return _outcome(door, Counter(said_to(server, DESK)), unopened, state)


def _outcome(door: Door, said: Counter[str], unopened: list[str], state: Path) -> Outcome:
    with sqlite3.connect(state / "bot.sqlite") as connection:
        damage = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    connection.close()
    return Outcome(
        asked=len(door.letters),
        taken=len(door.taken),
        again=sum(one.times > 1 for one in door.letters),
        unpromised=sum(said[one.text] > 0 for one in door.letters if not one.address),
        lost=tuple(one.text for one in door.taken if not said[one.text]),
        doubled=tuple(one.text for one in door.letters if said[one.text] > 1),
        unopened=tuple(unopened),
        statuses=dict(door.statuses),
        damage=tuple(line for line in damage if line != "ok"),
    )


async def _open_and_kill(door: Door, index: Path, state: Path, chance: random.Random) -> None:
    process = await _start(door, index, state)
    before = len(door.taken)
    await _until(lambda: len(door.taken) >= before + FIRST_LETTERS)
    await asyncio.sleep(chance.uniform(0, LONGEST))
    process.send_signal(signal.SIGKILL)
    door.is_open.clear()
    await asyncio.to_thread(process.wait)


async def _start(door: Door, index: Path, state: Path) -> Forked:
    """Run the page, and tell readers where."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    settings = {
        "HYQA_INDEX": str(index), "HYQA_ENCODER": "hash", "HYQA_STATE": str(state),
        "HYQA_WEB_LISTEN": "127.0.0.1:0", "HYQA_WEB_PROXIES": "127.0.0.1",
        "HYQA_DESK_CHAT": str(DESK),
    }  # fmt: skip
    with tempfile.TemporaryFile() as log:
        process = run("web.__main__", MAIN, environment=kept | settings, stderr=log.fileno())

        def listens() -> bool:
            # pread: the place in the file is that of the page, which writes there.
            found = _LISTENS.search(os.pread(log.fileno(), 1 << 16, 0).decode())
            door.url = found[1] if found else door.url
            return bool(found)

        await _until(lambda: listens() or process.poll() is not None)
        assert process.poll() is None, "the page did not start"
    door.is_open.set()
    return process


async def _quiet(bot: Application, server: TelegramServer) -> None:
    """Wait until no letter waits for the bot, and nothing more is sent."""
    count = -1
    while count != len(server.sent) or _untaken(bot):
        count = len(server.sent)
        await asyncio.sleep(3.0)


def _untaken(bot: Application) -> bool:
    with bot.database.session() as session:
        return bool(mailbox.untaken(session))


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def _readers(door: Door) -> AsyncIterator[None]:
    writing = [asyncio.create_task(_write(door, number)) for number in range(READERS)]
    try:
        yield
    finally:
        for one in writing:
            one.cancel()
        for ended in await asyncio.gather(*writing, return_exceptions=True):
            if not isinstance(ended, asyncio.CancelledError):
                raise AssertionError("a reader stopped") from ended


async def _write(door: Door, number: int) -> None:
    """Write one letter after another, each from an address of its own, as letters are rationed."""
    client = httpx.AsyncClient(timeout=60, verify=False)
    for place in range(10_000):
        await door.is_open.wait()
        client.headers["X-Forwarded-For"] = f"10.{number}.{place // 250}.{place % 250 + 1}"
        try:
            page = html.fromstring((await client.get(f"{door.url}/person")).text)
        except httpx.TransportError:
            await _closed(door)
            continue
        fields = {
            one.get("name"): one.get("value", "")
            for one in page.xpath("//form[@class='ask']//input")
        }
        letter = Letter(f"读者{number}的第{place}个问题？", client)
        door.letters.append(letter)
        await _send(door, letter, fields | {"text": letter.text}, 2 if number % 2 else 1)


async def _send(door: Door, letter: Letter, form: dict[str, str], attempts: int) -> None:
    """Send a form, and once more where the page was gone before it had answered."""
    for _ in range(attempts):
        await door.is_open.wait()
        letter.times += 1
        try:
            answer = await letter.client.post(f"{door.url}/person", data=form)
        except httpx.TransportError:
            await _closed(door)
            continue
        if answer.status_code == 303:
            letter.address = answer.headers["location"]
        else:
            door.statuses[answer.status_code] += 1
        return


async def _closed(door: Door) -> None:
    """Wait a little: the page is gone, or about to be."""
    await asyncio.sleep(0.05)


async def _is_shown(door: Door, letter: Letter) -> bool:
    page = await letter.client.get(f"{door.url}{letter.address}")
    return page.status_code == 200 and letter.text in page.text
