"""A bot in a process of its own, killed at random moments while people ask."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from people import Person
from telegram_server import TOKEN, TelegramServer

ROOT = Path(__file__).parents[2]
QUESTION = "博士来衡阳市工作有什么补贴？"
BACKLOG = 60
"""Updates that wait at most: a slow machine is to catch up after the last kill."""
FIRST = 1000
"""Number of the first who asks."""
PROGRAM = """
import asyncio, sys
from bot import pace
from bot.__main__ import run
from bot.settings import Settings
index, url, database = sys.argv[2:]
quick = pace.Limits((1000, 0.01), (1000, 0.01), (1000, 0.01))
pace.Pace.__init__.__defaults__ = (quick, pace.Pace.__init__.__defaults__[1])
import bot.application
bot.application.Application.__init__.__kwdefaults__["limits"] = quick
asyncio.run(run(Settings(sys.argv[1], url, index, "hash", database_url=database)))
"""
"""Runs the bot with a quick encoder, and without the pauses that Telegram's limits ask for."""


@dataclass(frozen=True)
class Outcome:
    """What became of the questions."""

    asked: int
    lost: int
    doubled: int
    """Answers that somebody got once more than asked for."""
    kills: int


async def kill_at_random(
    server: TelegramServer, index: Path, database_url: str, *, kills: int, seed: int
) -> Outcome:
    """Ask all the time, kill the bot so often, and count the answers when all is quiet.

    Each question is somebody else's, so that what arrives can be told apart.
    """
    chance = random.Random(seed)
    asked = 0

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
        process = await _start(index, server.url, database_url)
        before = len(server.calls)
        while len(server.calls) < before + 8:  # it is up, and at work
            await asyncio.sleep(0.02)
        await asyncio.sleep(chance.uniform(0, 0.8))
        process.send_signal(signal.SIGKILL)
        await process.wait()
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    process = await _start(index, server.url, database_url)
    await server.wait_taken(within=120)
    await _quiet(server)
    process.send_signal(signal.SIGTERM)
    await process.wait()
    got = Counter(sent.chat_id for sent in server.sent)
    lost = sum(not got[FIRST + number] for number in range(asked))
    return Outcome(asked, lost, sum(count - 1 for count in got.values()), kills)


async def _start(index: Path, url: str, database_url: str) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    command = [sys.executable, "-c", PROGRAM, TOKEN, str(index), url, database_url]
    return await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=kept, stderr=asyncio.subprocess.DEVNULL
    )


async def _quiet(server: TelegramServer) -> None:
    """Wait until nothing more is sent."""
    count = -1
    while count != len(server.sent):
        count = len(server.sent)
        await asyncio.sleep(1.0)
