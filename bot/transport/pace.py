"""Telegram's limits on sending, kept before Telegram has to remind of them.

Telegram documents: one message a second in a chat, 30 a second over all, 20 a minute in a
group. Its servers look back over such a stretch of time; so does this. (A leaky bucket, which
rate limiters of libraries use, lets through twice the limit within a stretch.) Telegram counts
when a call arrives, which is somewhere between its start and its end: a call counts from its
start on, until the stretch has passed since its end.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_REMEMBERED = 1000
"""Chats whose times are kept; above it, those that no longer count are dropped."""


@dataclass(slots=True)
class Window:
    """At most ``most`` calls within ``seconds``."""

    most: int
    seconds: float
    _open: int = 0
    _ended: deque[float] = field(default_factory=deque)

    def is_empty(self, now: float) -> bool:
        """Whether no call counts any more."""
        while self._ended and self._ended[0] <= now - self.seconds:
            self._ended.popleft()
        return not self._ended and not self._open

    def wait(self, now: float) -> float:
        """Seconds until one more call may start; infinite until one of those under way ends."""
        if self.is_empty(now) or self._open + len(self._ended) < self.most:
            return 0.0
        needed = self._open + len(self._ended) - self.most
        return (
            self._ended[needed] + self.seconds - now if needed < len(self._ended) else float("inf")
        )

    def start(self) -> None:
        """Note that a call starts."""
        self._open += 1

    def end(self, now: float) -> None:
        """Note that it has ended."""
        self._open -= 1
        self._ended.append(now)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages may be sent, and within how many seconds."""

    overall: tuple[int, float] = (30, 1.0)
    chat: tuple[int, float] = (1, 1.0)
    group: tuple[int, float] = (20, 60.0)


TELEGRAMS = Limits()


class Pace:
    """Lets calls through as fast as all limits together allow.

    Args:
        limits: to keep.
        clock: seconds, growing steadily.
    """

    def __init__(
        self, limits: Limits = TELEGRAMS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._all = Window(*limits.overall)
        self._chats: dict[int, list[Window]] = {}
        self._gate = asyncio.Lock()
        self._ended = asyncio.Event()

    async def ready(self, chat_id: int) -> None:
        """Wait until a chat's own limits would let a message through; none is begun."""
        await self._wait_for(self._of(chat_id))

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncIterator[None]:
        """Wait until a message may be sent to a chat; it is sent inside of the block."""
        windows = (self._all, *self._of(chat_id))
        while not await self._started(windows):
            pass  # another has just begun in the same chat
        try:
            yield
        finally:
            for window in windows:
                window.end(self._clock())
            self._ended.set()

    async def _started(self, windows: tuple[Window, ...]) -> bool:
        """Wait for all windows, and begin if they are open still; says whether."""
        overall, *own = windows
        await self._wait_for(own)
        async with self._gate:  # one waits at a time, in the order they came
            await self._wait_for([overall])
            if any(window.wait(self._clock()) > 0 for window in own):
                return False
            for window in windows:
                window.start()
        return True

    async def _wait_for(self, windows: list[Window]) -> None:
        while (wait := max(window.wait(self._clock()) for window in windows)) > 0:
            self._ended.clear()
            if wait < float("inf"):
                await asyncio.sleep(wait)
            else:
                await self._ended.wait()

    def _of(self, chat_id: int) -> list[Window]:
        if chat_id not in self._chats:
            self._drop_idle()
            windows = [Window(*self._limits.chat)]
            if chat_id < 0:  # groups and channels have negative ids
                windows.append(Window(*self._limits.group))
            self._chats[chat_id] = windows
        return self._chats[chat_id]

    def _drop_idle(self) -> None:
        if len(self._chats) < _REMEMBERED:
            return
        now = self._clock()
        for chat_id, windows in list(self._chats.items()):
            if all(window.is_empty(now) for window in windows):
                del self._chats[chat_id]
