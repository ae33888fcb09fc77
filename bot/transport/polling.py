"""Asking Telegram for updates, and telling it which are done with only when they are."""

import asyncio
import logging
from typing import Any

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.transport.api import TIMEOUT, Api
from bot.transport.intake import Intake

POLL = 30
"""Seconds that Telegram keeps a request open while there is nothing new."""
GLANCE = 0.1
"""Seconds between requests while updates are in work: new ones of other chats are to be seen."""
BATCH = 100
"""Updates in work at most: Telegram hands out as many at a time."""
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between attempts when Telegram does not answer; the last one for ever."""

_log = logging.getLogger(__name__)


class Polling:
    """Long polling; never ends by itself.

    A request confirms all updates below its offset, so the offset is the first update that is
    not done with. After a crash Telegram hands out those from there on again.
    """

    def __init__(self, api: Api, intake: Intake, allowed: list[str]) -> None:
        self._api = api
        self._intake = intake
        self._allowed = allowed
        self._open: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()
        self._failed: set[int] = set()
        self._offset = 0

    async def run(self) -> None:
        """Ask for updates until cancelled."""
        failures = 0
        while True:
            try:
                for update in await self._next():
                    self._begin(update)
                failures = 0
            except TelegramError as error:
                await asyncio.sleep(_pause(error, failures))
                failures += 1
                continue
            if self._open:
                await asyncio.wait(self._open.values(), timeout=GLANCE)
            elif self._failed:
                await asyncio.sleep(PAUSES[1])

    async def finish(self) -> None:
        """Wait for what is in work, and confirm it."""
        while self._open:
            await asyncio.wait(self._open.values())
        self._advance()
        if self._offset:
            try:
                await self._ask(limit=1, timeout=0)
            except TelegramError as error:
                _log.warning("The last updates could not be confirmed: %s", error)

    async def _next(self) -> list[dict[str, Any]]:
        self._advance()
        return await self._ask(limit=BATCH, timeout=0 if self._open else POLL)

    async def _ask(self, *, limit: int, timeout: int) -> list[dict[str, Any]]:
        parameters = {
            "offset": self._offset,
            "limit": limit,
            "timeout": timeout,
            "allowed_updates": self._allowed,
        }
        updates: list[dict[str, Any]] = await self._api.call(
            "getUpdates", parameters, read_timeout=timeout + TIMEOUT
        )
        return updates

    def _begin(self, update: dict[str, Any]) -> None:
        number = update["update_id"]
        if number in self._open or number in self._done:
            return
        self._failed.discard(number)
        task = asyncio.create_task(self._intake.take(update))
        self._open[number] = task
        task.add_done_callback(lambda done: self._end(number, done))

    def _end(self, number: int, task: "asyncio.Task[None]") -> None:
        """Take an update for done with, unless it is to come again."""
        del self._open[number]
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is None:
            self._done.add(number)
        else:
            self._failed.add(number)
            _log.error("Update %s will be tried again: %s", number, type(error).__name__)

    def _advance(self) -> None:
        """Move the offset behind the updates that are done with."""
        kept = self._open.keys() | self._failed
        if kept:
            self._offset = min(kept)
        elif self._done:
            self._offset = max(self._done) + 1
        self._done = {number for number in self._done if number >= self._offset}


def _pause(error: TelegramError, failures: int) -> float:
    if isinstance(error, Conflict):
        _log.error("Another bot runs with the same token; stop one of them: %s", error)
    else:
        _log.warning("On polling: %s: %s", type(error).__name__, error)
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait) if isinstance(wait, int) else wait.total_seconds()
    return PAUSES[min(failures, len(PAUSES) - 1)]
