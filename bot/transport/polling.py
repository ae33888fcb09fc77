"""Asking Telegram for updates, and telling it which are done with only when they are."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.transport.api import Api
from bot.transport.health import Health, Part
from bot.transport.intake import Intake
from bot.transport.reach import Reach

POLL = 10
"""Seconds that Telegram keeps a request open while there is nothing new.

One that is open when something breaks may end well after it: with what stands in health.py, and a
slow way back, that is still known within half a minute.
"""
MARGIN = 5.0
"""Seconds beyond, after which a request is given up: the health is to know of it soon."""
GLANCE = 0.1
"""Seconds between requests while updates are in work: new ones of other chats are to be seen."""
BATCH = 100
"""Updates in work at most: Telegram hands out as many at a time."""
PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds between attempts when Telegram does not answer, or an update fails; then the last one."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Failed:
    """An update that is to be tried again, and when."""

    times: int
    due: float


class Polling:
    """Long polling; never ends by itself.

    A request confirms all updates below its offset, so the offset is the first update that is
    not done with. After a crash Telegram hands out those from there on again. Where nothing is
    left to confirm no offset is named: after a silent week Telegram numbers updates anew, and an
    offset of before would confirm those that nobody has seen.

    Args:
        api: of Telegram.
        intake: takes the updates.
        allowed: kinds of updates that are asked for.
        health: told of each poll.
        reach: told when polls get through again.
        steady: seconds, growing steadily.
    """

    def __init__(
        self,
        api: Api,
        intake: Intake,
        allowed: list[str],
        health: Health,
        reach: Reach,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._intake = intake
        self._allowed = allowed
        self._health = health
        self._reach = reach
        self._steady = steady
        self._open: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()
        self._failed: dict[int, _Failed] = {}

    async def run(self) -> None:
        """Ask for updates until cancelled."""
        failures = 0
        while True:
            busy = bool(self._open or self._failed or failures)
            try:
                updates = await self._ask(limit=BATCH, timeout=0 if busy else POLL)
            except TelegramError as error:
                self._health.bad(Part.POLL, type(error).__name__)
                await asyncio.sleep(_pause(error, failures))
                failures += 1
                continue
            self._health.good(Part.POLL)
            if failures:
                self._reach.succeeded()
            failures = 0
            self._drop_lost(updates)
            for update in updates:
                self._begin(update)
            await self._rest()

    async def finish(self) -> None:
        """Wait for what is in work, and confirm it."""
        while self._open:
            await asyncio.wait(self._open.values())
        if self._offset():
            try:
                await self._ask(limit=1, timeout=0)
            except TelegramError as error:
                kind = type(error).__name__
                _log.warning("The last updates could not be confirmed: %s", kind)

    async def _rest(self) -> None:
        """Give what is in work, or is to be tried again, a moment."""
        if self._open:
            await asyncio.wait(self._open.values(), timeout=GLANCE)
        elif self._failed:
            due = min(one.due for one in self._failed.values())
            await asyncio.sleep(min(max(due - self._steady(), GLANCE), PAUSES[1]))

    async def _ask(self, *, limit: int, timeout: int) -> list[dict[str, Any]]:
        offset = self._offset()
        confirmed = {number for number in self._done if number < offset}
        parameters = {"limit": limit, "timeout": timeout, "allowed_updates": self._allowed}
        answer = await self._api.call(
            "getUpdates",
            parameters | ({"offset": offset} if offset else {}),
            read_timeout=timeout + MARGIN,
        )
        updates = _numbered(answer)
        self._done -= confirmed
        return updates

    def _offset(self) -> int:
        """The first update that is not done with; 0 where nothing is left to confirm."""
        kept = self._open.keys() | self._failed.keys()
        if kept:
            return min(kept)
        return max(self._done) + 1 if self._done else 0

    def _drop_lost(self, updates: list[dict[str, Any]]) -> None:
        """Wait no longer for failed updates that Telegram has no more: another bot took them."""
        seen = {update["update_id"] for update in updates}
        end = max(seen) if len(updates) == BATCH else float("inf")
        for number in [one for one in self._failed if one < end and one not in seen]:
            del self._failed[number]

    def _begin(self, update: dict[str, Any]) -> None:
        number = update["update_id"]
        if number in self._open or number in self._done:
            return
        failed = self._failed.get(number)
        if failed and self._steady() < failed.due:
            return
        task = asyncio.create_task(self._intake.take(update))
        self._open[number] = task
        task.add_done_callback(lambda done: self._end(number, done))

    def _end(self, number: int, task: "asyncio.Task[None]") -> None:
        """Take an update for done with, unless it is to come again."""
        del self._open[number]
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is None:
            self._failed.pop(number, None)
            self._done.add(number)
            return
        times = self._failed[number].times + 1 if number in self._failed else 0
        pause = PAUSES[min(times, len(PAUSES) - 1)]
        self._failed[number] = _Failed(times, self._steady() + pause)
        _log.error("Update %s will be tried again: %s", number, type(error).__name__)


def _numbered(answer: object) -> list[dict[str, Any]]:
    """Updates as they were handed out.

    Raises:
        telegram.error.NetworkError: They are none that Telegram would hand out.
    """
    if isinstance(answer, list) and all(
        isinstance(one, dict) and isinstance(one.get("update_id"), int) for one in answer
    ):
        return answer
    raise NetworkError("The answer holds no updates")


def _pause(error: TelegramError, failures: int) -> float:
    if isinstance(error, Conflict):
        _log.error("Another bot runs with the same token; stop one of them")
    else:
        _log.warning("On polling: %s", type(error).__name__)
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait) if isinstance(wait, int) else wait.total_seconds()
    return PAUSES[min(failures, len(PAUSES) - 1)]
