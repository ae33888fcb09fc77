"""An event loop whose time is made up: nothing waits, and one seed gives one order of events."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any

TICK = 1e-6
"""Seconds that each round of the loop takes: who looks at the clock again and again gets on."""
THREADS = 8
"""Of an executor that does not say how many it has."""
MOMENT = 0.004
"""Seconds that a thread takes to begin, and to be heard of, on a machine with nothing else to do."""


class Process:
    """A process that can die: from then on nothing that it began reaches the world."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.dead = False
        self.tasks: list[asyncio.Task[Any]] = []

    def die(self) -> None:
        """End at once, without a last word."""
        self.dead = True
        for task in self.tasks:
            task.cancel()


PROCESS: ContextVar[Process | None] = ContextVar("process", default=None)
"""The process that the running code belongs to; None for the world around it."""


class _Selector:
    """Instead of waiting for sockets, moves the time on."""

    def __init__(self, loop: "SimulatedLoop") -> None:
        self._loop = loop

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("nothing will ever happen any more")
        self._loop.now += max(timeout, TICK)
        return []


class _Pool:
    """The threads of an executor: so many functions at a time, the rest in a queue."""

    def __init__(self, size: int) -> None:
        self.free = size
        self.waiting: deque[Callable[[], None]] = deque()


class SimulatedLoop(asyncio.BaseEventLoop):
    """Runs tasks in a time of its own; functions of executors run in it, one at a time.

    Args:
        chance: decides how long each function takes.
    """

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.now = 1_000_000.0
        self.hold = 0.0
        """Seconds that the function that runs just now takes beyond its work: it waits for a lock."""
        self.moment = MOMENT
        """Seconds that a thread takes to begin, and to be heard of, on average."""
        self.errors: list[str] = []
        self._chance = chance
        self._selector = _Selector(self)
        self._clock_resolution = 1e-9
        self._pools: dict[tuple[Process | None, Executor | None], _Pool] = {}
        self.set_task_factory(_task)
        self.set_exception_handler(self._note)

    def time(self) -> float:
        """Seconds, growing steadily."""
        return self.now

    def _process_events(self, events: list[Any]) -> None:
        """There are none: no sockets are open."""

    def _write_to_self(self) -> None:
        """Nobody waits that would have to be woken."""

    def _note(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.errors.append(f"{context['message']}: {error!r}")

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        """Run a function some milliseconds later; who asked hears of it some more later."""
        future = self.create_future()
        process = PROCESS.get()
        work = partial(copy_context().run, func, *args)
        pool = self._pool(process, executor)

        def begin() -> None:
            if process and process.dead:
                return
            self.hold = 0.0
            outcome = _outcome(work)
            self.call_later(self.hold + self._moment(), end, *outcome)

        def end(result: Any, error: BaseException | None) -> None:
            pool.free += 1
            if pool.waiting:
                pool.free -= 1
                self.call_later(self._moment(), pool.waiting.popleft())
            if not future.done():
                _settle(future, result, error)

        if pool.free:
            pool.free -= 1
            self.call_later(self._moment(), begin)
        else:
            pool.waiting.append(begin)
        return future

    def _pool(self, process: Process | None, executor: Executor | None) -> _Pool:
        """The threads of a process's executor: what a dead one held is no loss to the next."""
        size = executor._max_workers if isinstance(executor, ThreadPoolExecutor) else THREADS
        return self._pools.setdefault((process, executor), _Pool(size))

    def _moment(self) -> float:
        return self._chance.expovariate(1 / self.moment)


def _outcome(work: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return work(), None
    except BaseException as raised:  # as a thread does: whoever waits is to have it
        return None, raised


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if error:
        future.set_exception(error)
    else:
        future.set_result(result)


def _task(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> "asyncio.Task[Any]":
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **more)
    process = PROCESS.get()
    if process:
        process.tasks.append(task)
        if process.dead:
            task.cancel()
    return task
