"""Real faults for a real process: ``python -m benchmarks.bot_faults``.

The bot's command answers people through the strict stand-in for Telegram of the tests, while its
disk is full (a file system of 6 MB, where the machine allows to mount one, else a limit on the
size of its files), its database locked, Telegram answers 502, its clock is set back by an hour,
or it is killed. After each fault it is counted whose question was left without an outcome, who
heard more than once, and how many typing signs somebody saw. With ``--hold 35`` or more it is
timed as well how soon ``/health`` tells of the fault, and of its end.
"""

import argparse
import asyncio
import random
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "bot"))

from corpus import QUESTION, write_documents  # noqa: E402 - the tests' modules are no package
from faulting import FAULTS, Bot, all_told, ask, small_disk  # noqa: E402
from standin.server import TelegramServer  # noqa: E402

from bot.texts import TEXTS  # noqa: E402
from hyqa import HashEncoder, build_index  # noqa: E402

PEOPLE = 6
"""Who ask in a round: half of them before the fault is felt, half while it lasts."""
PATIENCE = 45.0
"""Seconds after a fault in which all have to hear from the bot."""
LOOK = 0.5
"""Seconds between looks at the health."""
_EXCUSES = {texts.delayed for texts in TEXTS.values()}


@dataclass
class Outcome:
    """What came of the rounds of one fault."""

    asked: int = 0
    lost: int = 0
    doubled: int = 0
    signs: int = 0
    slowest: float = 0.0
    """Seconds from the end of a fault until all had heard from the bot."""
    told_bad: list[float] = field(default_factory=list)
    told_well: list[float] = field(default_factory=list)


async def rounds(bot: Bot, fault: str, count: int, hold: float, first: int) -> Outcome:
    """Let a fault happen so often; gives what came of it."""
    outcome, server, chance = Outcome(), bot.server, random.Random(1)
    for number in range(count):
        if fault == "kill -9":  # in the middle of its work
            hold = chance.uniform(0.0, 0.6)
        people = await ask(server, first + number * PEOPLE, PEOPLE // 2, QUESTION)
        async with FAULTS[fault](bot):
            began = time.monotonic()
            people += await ask(server, people[-1] + 1, PEOPLE - len(people), QUESTION)
            if hold > 30 and fault != "clock back":
                outcome.told_bad.append(await _until(bot, False, began, hold))
            await asyncio.sleep(max(0.0, hold - (time.monotonic() - began)))
        ended = time.monotonic()
        lost = await all_told(server, people, PATIENCE)
        outcome.slowest = max(outcome.slowest, time.monotonic() - ended)
        if hold > 30:
            outcome.told_well.append(await _until(bot, True, ended, 60.0))
        await asyncio.sleep(1.0)  # what comes twice comes now
        outcome.asked += len(people)
        outcome.lost += len(lost)
        _count(server, set(people), outcome)
    return outcome


async def _until(bot: Bot, well: bool, since: float, within: float) -> float:
    """Seconds since a time until the health says so; infinite where it does not."""
    while time.monotonic() - since < within:
        if await bot.health() is well:
            return time.monotonic() - since
        await asyncio.sleep(LOOK)
    return float("inf")


def _count(server: TelegramServer, people: set[int], outcome: Outcome) -> None:
    answers = Counter(sent.chat_id for sent in server.sent if sent.seen.text not in _EXCUSES)
    outcome.doubled += sum(answers[one] > 1 for one in people)
    signs = Counter(int(call.parameters["chat_id"]) for call in server.called("sendChatAction"))
    outcome.signs = max([outcome.signs, *(signs[one] for one in people)])


async def run(folder: Path, faults: list[str], count: int, hold: float) -> dict[str, Outcome]:
    """Start the bot once for each fault."""
    build_index(write_documents(folder / "documents"), folder / "index", HashEncoder())
    (folder / "state").mkdir()
    outcomes = {}
    with small_disk(folder / "state") as mounted:
        print(f"a small file system was mounted: {'yes' if mounted else 'no'}", flush=True)
        for number, fault in enumerate(faults):
            server = TelegramServer()
            await server.start()
            bot = Bot(server, folder / "index", folder / "state", folder, _free_port())
            bot.database.unlink(missing_ok=True)
            await bot.start()
            try:
                outcomes[fault] = await rounds(bot, fault, count, hold, 1000 + 10_000 * number)
            finally:
                await bot.end()
                await server.stop()
            print(f"{fault}: {outcomes[fault]}", flush=True)
    return outcomes


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> int:
    """Run, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hold", type=float, default=6.0, help="seconds that a fault lasts")
    parser.add_argument("--fault", action="append", choices=list(FAULTS))
    options = parser.parse_args()
    faults = options.fault or list(FAULTS)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = asyncio.run(run(Path(folder), faults, options.rounds, options.hold))
    print(
        "| fault | rounds | questions | without an outcome | twice | typing signs, most |", end=""
    )
    print(" slowest | health told of it | and of its end |")
    print("| --- " * 9 + "|")
    for fault, one in outcomes.items():
        bad, well = (
            f"{max(times):.0f} s" if times else "–" for times in (one.told_bad, one.told_well)
        )
        print(
            f"| {fault} | {options.rounds} | {one.asked} | {one.lost} | {one.doubled} |"
            f" {one.signs} | {one.slowest:.1f} s | {bad} | {well} |"
        )
    return 1 if any(one.lost for one in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
