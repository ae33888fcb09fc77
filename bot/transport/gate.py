"""One call at a time, as far as that keeps up with what is to be sent."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

PATIENCE = 0.8
"""Seconds that a call waits for those before it to end: most of the second an answer may take."""
SPACING = 1 / 30
"""Seconds between the starts of calls that overtake: Telegram takes 30 messages a second."""


class Gate:
    """Lets one call through at a time; the next one early where it has waited too long.

    What a process had under way when it was killed is sent again, so as little as possible is to
    be under way. Where Telegram answers slowly or much is to be sent, one at a time would not keep
    up: then as many are under way as Telegram's own limit asks for, and no more.

    Args:
        clock: seconds, growing steadily.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open = 0
        self._started = float("-inf")
        self._turn = asyncio.Lock()
        self._ended = asyncio.Event()

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Wait until a call may begin; it is made inside of the block."""
        entered = self._clock()
        async with self._turn:  # in the order they came
            while (wait := self._wait(entered)) > 0:
                self._ended.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ended.wait(), wait)
            self._open += 1
            self._started = self._clock()
        try:
            yield
        finally:
            self._open -= 1
            self._ended.set()

    def _wait(self, entered: float) -> float:
        """Seconds until a call that came at a time may overtake; 0 where none is under way."""
        if not self._open:
            return 0.0
        return max(entered + PATIENCE, self._started + SPACING) - self._clock()
