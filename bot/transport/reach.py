"""Whether Telegram can be reached: during an outage one call tries, the others wait for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

DOWN = 3
"""Failures in a row that make an outage: fewer are mishaps of single calls."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds between the tries of an outage, doubled each time: what waits goes out that soon after."""


def doubled(first: float, times: int) -> float:
    """Return the seconds after so many tries: ``first``, doubled each time, at most ``LONGEST_PAUSE``."""
    return float(min(first * 2.0 ** min(times, 10), LONGEST_PAUSE))


class Reach:
    """Lets calls through while Telegram answers, and one at a time while it does not.

    What waits goes on at once when any call has got through, or a poll again: no chat is held
    by pauses of its own that an outage has made long.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._trying = False
        self._back = asyncio.Event()

    @property
    def is_down(self) -> bool:
        """Whether there is an outage."""
        return self._failures >= DOWN

    def failed(self) -> None:
        """Note that a call did not get through."""
        self._failures += 1

    def succeeded(self) -> None:
        """Note that Telegram answered; after an outage, those that wait go on."""
        if self.is_down:
            self._back.set()
        self._failures = 0

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until an outage is over."""
        self._back.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._back.wait(), seconds)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a call may be tried; it is made inside of the block."""
        while self.is_down:
            await self.pause(self._between())
            if self.is_down and not self._trying:
                break
        else:
            yield
            return
        self._trying = True
        try:
            yield
        finally:
            self._trying = False

    def _between(self) -> float:
        return doubled(FIRST_PAUSE, self._failures - DOWN)
