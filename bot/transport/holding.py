"""Updates that wait for the database, and chats that are owed a word about it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

EXCUSED = 15.0
"""Seconds that an answer may be held up by the database without a word of excuse."""
HOPELESS = 8
"""Failures of one update, while the database is well, after which it is not tried any more."""
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Held:
    since: float
    times: int = 0


class Holding:
    """Remembers which updates failed; in memory, as the database is what failed.

    Args:
        steady: seconds, growing steadily.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._held: dict[int, _Held] = {}
        self._excused: set[int] = set()

    def includes(self, update_id: int) -> bool:
        """Whether an update has failed before."""
        return update_id in self._held

    def hold(self, update_id: int, *, is_well: bool) -> None:
        """Note that an update failed, and whether the database was well apart from that."""
        if len(self._held) >= _REMEMBERED:  # others took them: they never came again
            self._held.clear()
        held = self._held.setdefault(update_id, _Held(self._steady()))
        held.times += is_well

    def release(self, update_id: int) -> None:
        """Note that an update was handled; the last one ends the outage."""
        self._held.pop(update_id, None)
        if not self._held:
            self._excused.clear()

    def is_hopeless(self, update_id: int) -> bool:
        """Whether an update has failed too often for the database alone to be the cause."""
        held = self._held.get(update_id)
        return held is not None and held.times >= HOPELESS

    def owes_excuse(self, update_id: int, chat_id: int) -> bool:
        """Whether a chat has waited long, and was not told of this outage."""
        held = self._held.get(update_id)
        if held is None or chat_id in self._excused:
            return False
        return self._steady() - held.since >= EXCUSED

    def excused(self, chat_id: int) -> None:
        """Note that a chat was told."""
        self._excused.add(chat_id)
