"""Answers of one index that are kept for a while: a hall that scans one code asks one question."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

from hyqa import Answer

MOST_ANSWERS = 256
"""Answers that are kept, the latest asked for; each holds some 10 kB."""


class Answers:
    """Makes each answer once, and gives it to all who ask the same while it is kept.

    It belongs to one index, so that an answer never outlives the documents it quotes; the key
    holds all else that an answer depends on. Used from the thread of one event loop.
    """

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, asyncio.Future[Answer]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of a key, made now where there is none.

        Who asks while it is being made waits for it. That its first asker leaves keeps it from
        nobody, and what failed is made anew for the next.
        """
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = asyncio.ensure_future(make())
            held.add_done_callback(lambda done: self._drop_failed(key, done))
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return await asyncio.shield(held)

    def _drop_failed(self, key: Hashable, done: "asyncio.Future[Answer]") -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and self._held.get(key) is done:
            del self._held[key]
