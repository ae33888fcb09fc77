"""One run: a bot, its Telegram, its disk and its people, and what went wrong, from one seed."""

import asyncio
import contextlib
import hashlib
import io
import logging
import shutil
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from typing import Any

from running import NOON
from standin.server import TOKEN
from telegram.error import TelegramError

from bot import logs
from bot.application import Application
from bot.library import Library, Shelf
from bot.settings import Settings
from hyqa import ConfigError
from simulation.crowd import MAINTAINER, STAFF, Crowd
from simulation.disk import Disk, left_to_send, waiting
from simulation.faults import HORIZON, LONGEST, OF_DATABASE, Fault, Plan, draw
from simulation.ledger import Ledger
from simulation.loop import PROCESS, Process, SimulatedLoop
from simulation.telegram import Carrier, SimulatedTelegram
from storage.database import Database

SETTLING = 80.0
"""Seconds that all has to come right in, once nothing goes wrong any more."""
WEEK = 8 * 24 * 60 * 60.0
QUIET = 30.0
"""Seconds before a silent week in which nobody acts already, so that the last poll of before it ends."""
SLOW = 0.05
"""Seconds that the threads of a busy machine take to begin, and to be heard of."""
LOOK = 2.0
"""Seconds between looks at the bot's health."""


class World:
    """All that a run consists of, and its story.

    Args:
        seed: of all that happens.
        shelf: of the bot.
        database: of the bot; its file is made anew.
        empty: file of a database that is up to date.
        **changes: to the plan that is drawn.
    """

    def __init__(
        self, seed: int, shelf: Shelf, database: Database, empty: Path, **changes: Any
    ) -> None:
        lot = draw(seed)
        self.loop = SimulatedLoop(lot.loop)
        self.plan: Plan = replace(lot.plan, **changes)
        self.story: list[str] = []
        self.ledger = Ledger()
        self.telegram = SimulatedTelegram(self.loop)
        self.path = Path(database.engine.url.database or "")
        self.log = io.StringIO()
        self.health: list[tuple[float, bool, dict[str, object]]] = []
        """When the bot was asked how it is, how it said it was, and since when it ran."""
        self.faulty: list[str] = []
        """What ended by an error that nobody caught."""
        self.unconfirmed = 0
        """Updates that the bot has not confirmed when all has settled."""
        self._silence = asyncio.Lock()  # held by whoever acts, and while nobody does
        self._acting, self._network = lot.acting, lot.network
        self._shelf = shelf
        self.lives = 0
        """Processes that came to work."""
        self._started = self.loop.now
        self._slept = 0.0
        self.woke = float("-inf")
        """When a silent week was over, which the bot slept through."""
        self._skew = 0.0
        self._application: Application | None = None
        self._up_since = float("inf")
        self._over = False
        self._database = database
        self._disk = Disk(
            self.loop, lot.disk, self._fault_of_disk, self.ledger.commit,
            mishaps=self.plan.mishap > 0,
        )  # fmt: skip
        if lot.is_busy:
            self.loop.moment = SLOW
        self._lay_out(empty)
        asyncio.set_event_loop(self.loop)

    def _lay_out(self, empty: Path) -> None:
        """Make the file of the database anew; a connection to the last one would write into it."""
        self._database.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copy(empty, self.path)

    def at(self) -> float:
        """Seconds since the start, without the silent week."""
        return self.loop.now - self._started - self._slept

    def since_start(self, moment: float) -> float:
        """Seconds from the start to a moment of the loop; the silent week does not count."""
        awake = moment - self._started
        return awake if awake <= self.woke or not self._slept else awake - self._slept

    def tell(self, line: str) -> None:
        """Add a line to the story."""
        self.story.append(f"{self.at():8.3f} {line}")

    def clock(self) -> float:
        """What the bot's clock on the wall shows."""
        return NOON + self.loop.now - self._started + self._skew

    def run(self) -> None:
        """Let it all happen."""
        with _logging(self.log), self.ledger.watching(), self._disk.under(self._database):
            try:
                self.loop.run_until_complete(self._run())
            finally:
                asyncio.set_event_loop(None)
                self.loop.close()
        self.faulty += self.loop.errors

    def digest(self) -> str:
        """What tells this run from any other: all that happened, was logged and was said of it."""
        logged = [line.split(" ", 2)[-1] for line in self.log.getvalue().splitlines()]
        happened = (
            self.story, logged, self.telegram.arrived, self.health, self.ledger.handled, self.faulty,
        )  # fmt: skip
        return hashlib.sha256(repr(happened).encode()).hexdigest()

    async def _run(self) -> None:
        for one in sorted(self.plan.stretches, key=lambda one: one.start):
            self.tell(f"planned: from {one.start:.1f} to {one.end:.1f} {one.fault.value}")
        self.crowd = Crowd(self.telegram, self._acting, self.tell)
        living = asyncio.create_task(self._live())
        asides = [
            asyncio.create_task(work)
            for work in (self._set_clock(), self._look(), self._sleep_a_week())
        ]
        await self._act()
        ends = [HORIZON, self.at(), *(one.end for one in self.plan.stretches)]
        # With mishaps, what waits for a chat may wait for three answers that never come.
        await self._until(max(ends) + SETTLING * (2 if self.plan.mishap else 1))
        await self._drain()
        self.unconfirmed = self.telegram.unconfirmed
        self._over = True
        for task in asides:
            task.cancel()
        await living

    async def _drain(self) -> None:
        """Wait for what Telegram's limits hold back still, as long as it becomes less."""
        left, before = left_to_send(self.path), float("inf")
        while 0 < left.total() < before:
            before = left.total()
            await asyncio.sleep(max(self.telegram.seconds_for(*one) for one in left.items()))
            left = left_to_send(self.path)

    async def _until(self, at: float) -> None:
        while (left := at - self.at()) > 0:
            await asyncio.sleep(left)

    async def _act(self) -> None:
        count = self._acting.randint(4, 24)
        for at in sorted(self._acting.uniform(2, HORIZON) for _ in range(count)):
            await self._until(at)
            async with self._silence:
                await self.crowd.act()

    async def _live(self) -> None:
        """Run processes one after another, as a supervisor does."""
        ends = sorted(
            [(at, True) for at in self.plan.kills] + [(at, False) for at in self.plan.stops]
        )
        number = 0
        while not self._over:
            number += 1
            at, killed = ends.pop(0) if ends else (float("inf"), False)
            if await self._process(number, at, killed=killed):
                self.telegram.unsure += waiting(self.path)  # it may have had no time to mark them
            else:
                ends = [(at, killed), *ends] if at < float("inf") else ends
            await asyncio.sleep(self._acting.uniform(0.5, 4))

    async def _process(self, number: int, until: float, *, killed: bool) -> bool:
        """Run one process to its end; says whether it lived until then."""
        process, stop = Process(number), asyncio.Event()
        context = copy_context()
        context.run(PROCESS.set, process)
        self.tell(f"process {number} starts")
        body = self._body(stop)
        task: asyncio.Task[bool] = context.run(self.loop.create_task, body)
        while not task.done() and self.at() < until and not self._over:
            await asyncio.wait([task], timeout=min(1.0, max(until - self.at(), 0.001)))
        lived = not task.done()
        if lived and killed and not self._over:
            self.tell(f"process {number} is killed")
            process.die()
        else:
            stop.set()
        await asyncio.wait([task])
        await asyncio.gather(*process.tasks, return_exceptions=True)
        self._application, self._up_since = None, float("inf")
        self._database.close()
        if not task.cancelled() and (error := task.exception()):
            self.faulty.append(f"process {number} ended by {error!r}")
        return lived

    async def _body(self, stop: asyncio.Event) -> bool:
        """Do what the command does; says whether the start went well."""
        carriers = [
            Carrier(self.telegram, self.loop, self._network, self.plan, self.at) for _ in range(2)
        ]
        desk = self.crowd.desk
        application = Application(
            Settings(
                TOKEN, database_url="sqlite://", desk_chat=desk, staff=frozenset({STAFF}),
                maintainers=frozenset({MAINTAINER}),
            ),
            Library(self._shelf), self._database, clock=self.clock, steady=self.loop.time,
            requests=(carriers[0], carriers[1]),
        )  # fmt: skip
        try:
            await application.start()
        except (TelegramError, ConfigError) as error:
            self.tell(f"the start fails: {type(error).__name__}")
            await application.stop()
            return False
        self._application, self._up_since = application, self.at()
        self.lives += 1
        await stop.wait()
        self.tell("the process is told to stop")
        self._application = None
        await application.stop()
        return True

    def _fault_of_disk(self) -> Fault | None:
        self.ledger.now = self.loop.now
        return next((one for one in OF_DATABASE if self.plan.has(one, self.at())), None)

    async def _set_clock(self) -> None:
        for at, seconds in self.plan.jumps:
            await self._until(at)
            self._skew += seconds
            self.tell(f"the clock is set by {seconds:+.0f} s")

    async def _sleep_a_week(self) -> None:
        if self.plan.anew is None:
            return
        await self._until(self.plan.anew)
        async with self._silence:
            calm = 0.0
            while calm < QUIET:
                await asyncio.sleep(LOOK)
                quiet = self.plan.quiet(self.at() - LONGEST / 3, self.at())
                well = quiet and self._application and not self.telegram.unconfirmed
                calm = calm + LOOK if well else 0.0
            self._wake_after_a_week()

    def _wake_after_a_week(self) -> None:
        """Go on a week later; a clock that was ahead may be set right in it."""
        self.loop.now += WEEK
        self._slept += WEEK
        self.woke = self.at()
        last = self.telegram.last_update
        number, skew = self._acting.choice(
            [(number, skew) for number in (0, last - 5, last + 1_000_000) for skew in (0.0, -WEEK)]
        )
        self._skew += skew
        self.telegram.number_anew(max(0, number))
        self.tell(f"a silent week; updates are numbered anew from {max(0, number) + 1}")

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if self._application:
                state = self._application.health()
                self.health.append(
                    (self.at(), bool(state["ok"]), state | {"since": self._up_since})
                )


@contextlib.contextmanager
def _logging(stream: io.StringIO) -> Iterator[None]:
    """Log as the bot's command does, into a stream."""
    root = logging.getLogger()
    level = root.level
    handler = logs.configure(TOKEN, stream=stream)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.captureWarnings(False)
