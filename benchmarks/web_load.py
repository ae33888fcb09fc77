"""Measure the page under people who ask all the time: ``python -m benchmarks.web_load INDEX``.

The page runs in a process of its own. Each person has an address, waits for an answer, and asks the
next question at once; none of them thinks, so it is a harder minute than fifty visitors make. Every
question is worded as none before it, so that no answer is a kept one. How long they wait is compared
with how long as many people wait for the engine alone, in one process, by as many threads as the page
has, with questions worded in the same way: its own bound, since who comes waits for those who came
before, and their questions take more and less. Both are measured in one run, half of the engine before
the page and half after it, as other work on the machine comes and goes.

Then many people scan one campaign's code at once, and ask one of its few questions: nearly all get
a kept answer. Whose visit was not counted is told.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from sqlalchemy import func, select

from hyqa import Engine
from storage.database import Database
from storage.schema import Campaign, CampaignVisit, Question
from web.turns import AT_ONCE

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
WAYS = ("", "请问", "你好，", "麻烦问一下，", "想了解：", "Hi, ", "咨询一下：", "再问：")
ENDS = ("", "谢谢", "！", "多谢了", " thanks", "急", "～", "吗")
PAGES_A_SESSION = 15
"""Questions after which a person comes with a new browser: one may ask twenty at once."""
ALONE = 600
"""Questions that are asked of the engine alone, in each half."""
ALLOWED = 0.1
"""Seconds that the page may take beyond the engine's own time."""
SCANNED = (
    "外资到资奖励多少？",
    "衡阳有哪些园区？",
    "博士有哪些补贴？",
    "松木经开区的主导产业是什么？",
)
CODE = "summit"
"""The campaign that people come by."""
PATIENCE = 60
"""Seconds that a person waits for an answer."""
_TOKEN = re.compile(r'name="token" value="(\w+)"')
_COOKIE = re.compile(r"set-cookie: (\w+=\w+)", re.IGNORECASE)
_LENGTH = re.compile(r"content-length: (\d+)", re.IGNORECASE)

Seen = list[tuple[float, int]]
"""How long each answer took, in seconds, and its status."""


def questions(chance: random.Random) -> Iterator[str]:
    """Questions of the golden sets, no two alike, in any order."""
    asked = {
        json.loads(line)["question"]
        for file in GOLDEN.glob("*.jsonl")
        for line in file.read_text("utf-8").splitlines()
    }
    for way, end in itertools.product(WAYS, ENDS):
        once = sorted(asked)
        chance.shuffle(once)
        yield from (f"{way}{one}{end}" for one in once)


async def alone(engine: Engine, people: int, asked: Iterator[str]) -> list[float]:
    """Let people ask the engine itself, each the next question at once; seconds that each waited.

    As many threads answer as the page has.
    """
    waited: list[float] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:

        async def ask() -> None:
            for question in asked:
                began = time.monotonic()
                await asyncio.get_running_loop().run_in_executor(pool, engine.ask, question)
                waited.append(time.monotonic() - began)

        await asyncio.gather(*(ask() for _ in range(people)))
    return waited


def measured_alone(engine: Engine, people: int, asked: Iterator[str]) -> tuple[list[float], float]:
    """How long people wait for the engine alone, ascending, and the time of processors of a question."""
    began = time.process_time()
    waited = sorted(asyncio.run(alone(engine, people, itertools.islice(asked, ALONE))))
    return waited, (time.process_time() - began) / ALONE


class Browser:
    """One connection that is kept, and a cookie: an HTTP client would take a tenth of the cores.

    Args:
        url: of the page.
        address: from which the person seems to come.
    """

    def __init__(self, url: str, address: str) -> None:
        self._host, self._address = urlsplit(url).netloc, address
        self._cookie = ""

    async def __aenter__(self) -> "Browser":
        host, _, port = self._host.partition(":")
        self._reader, self._writer = await asyncio.open_connection(host, int(port))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def get(self, path: str) -> str:
        """The text of a page."""
        return (await self._sent(f"GET {path}", ""))[1]

    async def post(self, **fields: str) -> int:
        """Send the form of the first page; returns the status of what comes back."""
        return (await self._sent("POST /", urlencode(fields)))[0]

    async def _sent(self, request: str, body: str) -> tuple[int, str]:
        lines = (
            f"{request} HTTP/1.1", f"Host: {self._host}", f"X-Forwarded-For: {self._address}",
            f"Cookie: {self._cookie}", "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}", "", body,
        )  # fmt: skip
        self._writer.write("\r\n".join(lines).encode("ascii"))
        async with asyncio.timeout(PATIENCE):
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = _LENGTH.search(head)
            assert length, head
            text = (await self._reader.readexactly(int(length[1]))).decode("utf-8")
        if cookie := _COOKIE.search(head):
            self._cookie = cookie[1]
        return int(head.split(" ", 2)[1]), text


async def visit(url: str, number: int, asked: Iterator[str], seen: Seen, path: str = "/") -> bool:
    """Open a page and ask a session's questions; says whether any was left to be asked."""
    async with Browser(url, f"10.0.{number // 250}.{number % 250 + 1}") as browser:
        found = _TOKEN.search(await browser.get(path))
        assert found
        before = len(seen)
        for question in itertools.islice(asked, PAGES_A_SESSION):
            began = time.monotonic()
            status = await browser.post(q=question, token=found[1])
            seen.append((time.monotonic() - began, status))
    return len(seen) > before


async def stay(url: str, number: int, asked: Iterator[str], seen: Seen) -> None:
    """Come again and again, each time with a new browser."""
    while await visit(url, number, asked, seen):
        pass


async def press(url: str, people: int, seconds: float, asked: Iterator[str]) -> Seen:
    """Let people ask for some seconds."""
    seen: Seen = []
    end = time.monotonic() + seconds
    timely = itertools.takewhile(lambda _: time.monotonic() < end, asked)
    await asyncio.gather(*(stay(url, number, timely, seen) for number in range(people)))
    return seen


async def scan(url: str, people: int) -> Seen:
    """Let people open the campaign's page at once and ask one question of a few."""
    seen: Seen = []
    words = (iter([SCANNED[number % len(SCANNED)]]) for number in range(people))
    await asyncio.gather(
        *(visit(url, 250 + at, one, seen, f"/c/{CODE}") for at, one in enumerate(words))
    )
    return seen


def burst(url: str, state: str, people: int) -> None:
    """Have many people come by a campaign's code at once, and tell whose visit was counted."""
    database = Database(f"sqlite:///{state}/bot.sqlite")
    with database.session() as session:
        session.add(Campaign(id=CODE, name=CODE, topic="", owner_id=1, created_at=0.0))
    told(f"{people} people scan one code", asyncio.run(scan(url, people)))
    with database.session() as session:
        visits = session.scalar(select(func.count()).select_from(CampaignVisit))
        asked = session.scalar(select(func.count()).where(Question.campaign_id == CODE))
    database.close()
    print(f"  {visits} visits and {asked} questions are counted for the campaign")


def resident(process: int) -> int:
    """Megabytes of memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


def worked(process: int) -> float:
    """Seconds of processors that a process has taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(name: str, seen: Seen) -> float:
    """Print how long answers took; returns the 95th percentile, in seconds."""
    times = sorted(took for took, _ in seen)
    print(f"{name}: {len(seen)} answers, {dict(Counter(status for _, status in seen))}")
    print(f"  median {at(times, 0.5):.2f} s, 95th percentile {at(times, 0.95):.2f} s")
    return at(times, 0.95)


def at(times: Sequence[float], share: float) -> float:
    """The time within which a share of them lies."""
    return times[min(int(len(times) * share), len(times) - 1)]


@contextmanager
def running(index: str) -> Iterator[tuple[str, int, str]]:
    """The page in a process of its own: its address, the process's number, and its state."""
    with tempfile.TemporaryDirectory() as state:
        inherited = {name: value for name, value in os.environ.items() if name != "HYQA_THREADS"}
        settings = {
            "HYQA_INDEX": str(Path(index).resolve()), "HYQA_STATE": state,
            "HYQA_WEB_LISTEN": "127.0.0.1:0", "HYQA_WEB_PROXIES": "127.0.0.1",
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "web"], cwd=ROOT, env={**inherited, **settings},
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr
        try:
            lines = (re.search(r"http://[\d.:]+", line) for line in process.stderr)
            yield next(found[0] for found in lines if found), process.pid, state
        finally:
            process.terminate()
            process.wait(60)


def main() -> None:
    """Measure the engine, the page, and the engine again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--scanning", type=int, default=300)
    given = parser.parse_args()
    os.environ.setdefault("HYQA_THREADS", "1")  # as the page has it
    engine, asked = Engine.open(given.index), questions(random.Random(0))
    before = measured_alone(engine, given.people, asked)
    with running(given.index) as (url, process, state):
        answered, slow, taken, others = 0, list[float](), worked(process), time.process_time()
        for part in ("first half", "second half"):
            held = resident(process)
            seen = asyncio.run(press(url, given.people, given.seconds, asked))
            slow.append(told(part, seen))
            print(f"  memory {held} MB before, {resident(process)} MB after")
            answered += len(seen)
        taken = (worked(process) - taken) / answered
        others = (time.process_time() - others) / answered
        burst(url, state, given.scanning)
    after = measured_alone(engine, given.people, asked)
    own, spent = (before[0], after[0]), (before[1] + after[1]) / 2
    print(
        f"time of processors for a question: the engine {spent * 1000:.0f} ms, the page"
        f" {taken * 1000:.0f} ms, those who ask {others * 1000:.1f} ms"
    )
    for share, name in ((0.5, "median"), (0.95, "95th percentile")):
        waits = ", ".join(f"{at(waited, share):.2f}" for waited in own)
        print(f"{given.people} who wait for the engine alone, {name}: {waits} s")
    bound = sum(at(waited, 0.95) for waited in own) / len(own)
    print(
        f"the page's 95th percentiles: {', '.join(f'{one / bound:.2f}' for one in slow)} of the engine's"
        f" own; beyond it {', '.join(f'{one - bound:.2f}' for one in slow)} s ({ALLOWED} asked)"
    )


if __name__ == "__main__":
    main()
