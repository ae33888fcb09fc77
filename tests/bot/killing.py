"""A bot in a process of its own, killed at random moments while people ask."""

import asyncio
import contextlib
import os
import random
import signal
import time
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from forking import Forked, run
from people import Person
from sqlalchemy import Connection, create_engine, func, select, text
from standin.calls import Sent
from standin.server import TOKEN, TelegramServer

from storage.outbox import SENT
from storage.schema import Base, Dialogue, HandledUpdate, Outgoing, Question
from storage.schema import Person as Known

MAIN = "import sys; from bot.__main__ import main; sys.exit(main())"
QUESTION = "博士来衡阳市工作有什么补贴？"
BACKLOG = 60
"""Updates that wait at most: a slow machine is to catch up after the last kill."""
FIRST = 1000
"""Number of the first who asks."""


@dataclass(frozen=True)
class Outcome:
    """What became of the questions."""

    asked: int
    lost: int
    doubled: tuple[int, ...]
    """Of each kill, the answers that came once more because of it."""
    contradictions: tuple[str, ...]
    """What does not fit together in the database."""


async def kill_at_random(
    server: TelegramServer, index: Path, database_url: str, *, kills: int, seed: int
) -> Outcome:
    """Ask all the time, kill the bot so often, and count the answers when all is quiet.

    Each question is somebody else's, so that what arrives can be told apart.
    """
    chance = random.Random(seed)
    asked, killed = 0, list[float]()

    async def ask() -> None:
        nonlocal asked
        while True:
            while server.unconfirmed > BACKLOG:
                await asyncio.sleep(0.05)
            await Person(server, FIRST + asked, "zh").say(QUESTION)
            asked += 1
            await asyncio.sleep(0.03)

    asking = asyncio.create_task(ask())
    for _ in range(kills):
        process = _start(index, server.url, database_url)
        before = len(server.calls)
        while len(server.calls) < before + 8:  # it is up, and at work
            await asyncio.sleep(0.02)
        await asyncio.sleep(chance.uniform(0, 0.8))
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)
        killed.append(time.monotonic())
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    process = _start(index, server.url, database_url)
    await server.wait_taken(within=120)
    await _quiet(server)
    process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(process.wait)
    got = {sent.chat_id for sent in server.sent}
    lost = sum(FIRST + number not in got for number in range(asked))
    return Outcome(asked, lost, _doubled(server.sent, killed), _contradictions(database_url, asked))


def _start(index: Path, url: str, database_url: str) -> Forked:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    settings = {
        "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "HYQA_DATABASE_URL": database_url,
        "HYQA_INDEX": str(index), "HYQA_ENCODER": "hash",
    }  # fmt: skip
    with Path(os.devnull).open("wb") as nowhere:
        environment = kept | settings
        return run("bot.__main__", MAIN, environment=environment, stderr=nowhere.fileno())


async def _quiet(server: TelegramServer) -> None:
    """Wait until nothing more is sent."""
    count = -1
    while count != len(server.sent):
        count = len(server.sent)
        await asyncio.sleep(1.0)


def _doubled(sent: list[Sent], killed: list[float]) -> tuple[int, ...]:
    """Of each kill, and of the time after the last, how many answers came again after it."""
    counted, last = Counter[int](), dict[int, int]()
    for one in sent:
        if one.chat_id in last:
            counted[last[one.chat_id]] += 1
        last[one.chat_id] = bisect(killed, one.at)
    return tuple(counted[number] for number in range(len(killed) + 1))


def _contradictions(database_url: str, asked: int) -> tuple[str, ...]:
    """Compare the tables with what was asked, and have SQLite check its file."""
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = list(_of_tables(connection, asked))
        if engine.dialect.name == "sqlite":
            for check in ("integrity_check", "foreign_key_check"):
                rows = connection.execute(text(f"PRAGMA {check}")).all()
                found += [f"{check}: {row}" for row in rows if row != ("ok",)]
    engine.dispose()
    return tuple(found)


def _of_tables(connection: Connection, asked: int) -> list[str]:
    def count(table: type[Base]) -> int:
        return connection.scalar(select(func.count()).select_from(table)) or 0

    tables = (HandledUpdate, Question, Outgoing, Dialogue, Known)
    found = [
        f"{count(table)} rows in {table.__tablename__} for {asked} questions"
        for table in tables
        if count(table) != asked
    ]
    unsent = select(func.count()).where(Outgoing.state != SENT)
    left = connection.scalar(unsent) or 0
    return found + ([f"{left} calls are not marked as sent"] if left else [])
