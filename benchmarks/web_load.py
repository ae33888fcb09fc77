"""Measure the page under people who ask all the time: ``python -m benchmarks.web_load INDEX``.

The page runs in a process of its own. Each person has an address, waits for an answer, and asks the
next question at once; none of them thinks, so it is a harder minute than fifty visitors make. It
prints errors, how long answers took, the engine's own time for the same questions asked one after
the other, and the memory before and after.
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx

from hyqa import Engine

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "golden" / "questions.jsonl"
PAGES_A_SESSION = 15
"""Questions after which a person comes with a new browser: one may ask twenty at once."""
_TOKEN = re.compile(r'name="token" value="(\w+)"')


async def ask_on(url: str, number: int, end: float, seen: list[tuple[float, int]]) -> None:
    """Ask questions until the end; notes how long each took, and its status."""
    chance = random.Random(number)
    asked = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    headers = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
        while time.monotonic() < end:
            client.cookies.clear()
            found = _TOKEN.search((await client.get("/")).text)
            assert found
            for _ in range(PAGES_A_SESSION):
                if time.monotonic() >= end:
                    break
                began = time.monotonic()
                answer = await client.post("/", data={"q": chance.choice(asked), "token": found[1]})
                seen.append((time.monotonic() - began, answer.status_code))


def resident(process: int) -> int:
    """Megabytes of memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


async def press(url: str, process: int, people: int, seconds: float) -> None:
    """Let people ask for some seconds, twice, and print what became of it."""
    for part in ("first", "second"):
        before, seen = resident(process), list[tuple[float, int]]()
        end = time.monotonic() + seconds
        await asyncio.gather(*(ask_on(url, number, end, seen) for number in range(people)))
        times = sorted(took for took, _ in seen)
        print(f"{part} {seconds:.0f} s: {len(seen)} answers, {dict(Counter(s for _, s in seen))}")
        print(f"  median {at(times, 0.5):.2f} s, 95th percentile {at(times, 0.95):.2f} s")
        print(f"  memory {before} MB before, {resident(process)} MB after")


def at(times: Sequence[float], share: float) -> float:
    """The time within which a share of them lies."""
    return times[min(int(len(times) * share), len(times) - 1)]


def alone(index: str) -> None:
    """Print the engine's own time."""
    engine = Engine.open(index)
    asked = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    times = []
    for question in asked:
        began = time.perf_counter()
        engine.ask(question)
        times.append(time.perf_counter() - began)
    print(f"the engine alone: median {at(sorted(times), 0.5) * 1000:.0f} ms a question")


def main() -> None:
    """Run the page and press it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    alone(given.index)
    with tempfile.TemporaryDirectory() as state:
        settings = {
            "HYQA_INDEX": str(Path(given.index).resolve()), "HYQA_STATE": state,
            "HYQA_WEB_LISTEN": "127.0.0.1:0", "HYQA_WEB_PROXIES": "127.0.0.1",
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "web"], cwd=ROOT, env={**os.environ, **settings},
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr
        try:
            told = (re.search(r"http://[\d.:]+", line) for line in process.stderr)
            url = next(found[0] for found in told if found)
            asyncio.run(press(url, process.pid, given.people, given.seconds))
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    main()
