"""Turns: what the engine does for those who ask, first come, first served."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")
AT_ONCE = min(os.cpu_count() or 1, 4)
"""Questions that are looked up at once: one a core. With more, each waits for the interpreter's one
lock: on two idle cores, two threads answered 107 a second, three 81, four 64, before pairs of question
and passage were read, which takes no lock."""


class Turns:
    """Threads that take the next question themselves as soon as they have answered one.

    Were it the event loop that hands them out, a thread would wait for it between two questions, and
    it for the interpreter's lock, which the others hold.

    Args:
        at_once: how many threads.
        name: of the threads.
    """

    def __init__(self, at_once: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(at_once, name)

    async def take(self, work: Callable[[], Result]) -> Result:
        """Do something after all that came before; who leaves before his turn, gives it up."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def end(self) -> None:
        """Take no more; what waits is dropped, what is being done goes on to its end."""
        self._threads.shutdown(wait=False, cancel_futures=True)
