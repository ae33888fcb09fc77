"""A summit's burst: ``python -m benchmarks.bot_load``.

300 people ask 1,500 questions within five minutes, at random moments, of ``python -m bot`` over
the shipped corpus, through the strict stand-in for Telegram that the tests use: its limits on
sending hold, and one call in a hundred fails. It is counted what was lost and what came twice;
and timed how long each answer took, from the update until the last message of its answer, beyond
what the limits alone would have imposed on the same messages.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import defaultdict, deque
from pathlib import Path
from typing import Any

from benchmarks.memory import memory_of

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "bot"))

from people import Person  # noqa: E402 - the tests' modules are no package
from standin.calls import Failure, Sent  # noqa: E402
from standin.server import TOKEN, TelegramServer  # noqa: E402

FAILING = 0.01
"""Share of calls that fail: half are refused with status 502, half lose their connection."""
PATIENCE = 120.0
"""Seconds that are waited for answers after the last question."""


async def run(options: argparse.Namespace, index: Path, state: Path) -> None:
    """Ask, wait, and print what came of it."""
    server = TelegramServer()
    await server.start()
    server.paced = True
    chance = random.Random(options.seed)
    server.before = lambda method, given: _failure(method, chance)
    environment = dict(os.environ) | {
        "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url,
        "HYQA_INDEX": str(index), "HYQA_STATE": str(state),
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=ROOT, env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await server.wait_called("getUpdates", within=120)
        asked = await _ask(server, options, chance)
        await _settle(server, sum(map(len, asked.values())))
        memory = memory_of(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
        await server.stop()
    _report(server, asked)
    print("| memory in the end, its peak | ≤ 400 MB | {:.0f} MB, {:.0f} MB |".format(*memory))


async def _ask(
    server: TelegramServer, options: argparse.Namespace, chance: random.Random
) -> dict[int, list[float]]:
    """Push the questions at random moments; gives the moments by chat."""
    lines = (ROOT / "tests/golden/questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    moments = sorted(chance.uniform(0, options.seconds) for _ in range(options.questions))
    order = [1000 + number % options.people for number in range(options.questions)]
    chance.shuffle(order)
    asked: dict[int, list[float]] = defaultdict(list)
    started = time.monotonic()
    for moment, person in zip(moments, order, strict=True):
        await asyncio.sleep(max(0.0, started + moment - time.monotonic()))
        asked[person].append(time.monotonic())
        await Person(server, person, "zh").say(chance.choice(questions))
    return asked


async def _settle(server: TelegramServer, expected: int) -> None:
    """Wait until all is answered, or nothing more comes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and sum(map(_ends, server.sent)) < expected:
        await asyncio.sleep(0.5)
    await asyncio.sleep(3.0)  # what comes twice comes now


def _failure(method: str, chance: random.Random) -> Failure | None:
    if method == "getMe" or chance.random() >= FAILING:
        return None
    return Failure(502, "Bad Gateway") if chance.random() < 0.5 else Failure(0, "")


def _ends(sent: Sent) -> bool:
    """Whether a message is the last of an answer: that one has the buttons."""
    return "reply_markup" in sent.parameters


def _report(server: TelegramServer, asked: dict[int, list[float]]) -> None:
    answered: dict[int, list[float]] = defaultdict(list)
    for sent in server.sent:
        if _ends(sent):
            answered[sent.chat_id].append(sent.at)
    total = sum(map(len, asked.values()))
    lost = sum(max(0, len(asked[chat]) - len(answered[chat])) for chat in asked)
    doubled = sum(max(0, len(answered[chat]) - len(asked[chat])) for chat in answered)
    excess = sorted(_excess(server.sent, asked))
    whole = sorted(
        at - moment
        for chat, moments in asked.items()
        for moment, at in zip(moments, answered[chat], strict=False)
    )
    refused = sum(call.status == 429 for call in server.calls)
    failed = sum(call.status >= 500 for call in server.calls)
    print("| figure | asked for | reached |\n| --- | --- | --- |")
    print(f"| questions asked | | {total} by {len(asked)} people |")
    print(f"| lost | 0 | {lost} |")
    print(f"| answered twice | 0 | {doubled} |")
    print(f"| p95 beyond the limits | ≤ 1 s | {_percentile(excess, 0.95):.2f} s |")
    print(
        f"| median, p95 in all | | {statistics.median(whole):.2f} s, {_percentile(whole, 0.95):.2f} s |"
    )
    print(f"| refused for coming too fast | 0 | {refused} |")
    print(f"| failed calls that were answered with 502 | | {failed} |")


def _excess(sent: list[Sent], asked: dict[int, list[float]]) -> list[float]:
    """Of each answer, how much later it ended than the limits alone would have let it end."""
    overall: deque[float] = deque(maxlen=30)
    last: dict[int, float] = {}
    position: dict[int, int] = defaultdict(int)
    beyond = []
    for one in sent:
        moments = asked.get(one.chat_id, [])
        if position[one.chat_id] >= len(moments):
            continue
        earliest = max(moments[position[one.chat_id]], last.get(one.chat_id, -1.0) + 1.0)
        if len(overall) == overall.maxlen:
            earliest = max(earliest, overall[0] + 1.0)
        overall.append(earliest)
        last[one.chat_id] = earliest
        if _ends(one):
            position[one.chat_id] += 1
            beyond.append(one.at - earliest)
    return beyond


def _percentile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def main() -> None:
    """Build an index, run, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--questions", type=int, default=1500)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=Path, default=Path("index"))
    options: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        asyncio.run(run(options, options.index.resolve(), Path(state)))


if __name__ == "__main__":
    main()
