"""How much of the bot one person may take up."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

QUESTIONS = 15
"""Questions that one person may ask in a minute; who reads the answers asks far fewer."""
SECONDS = 60.0
_REMEMBERED = 10_000


class Allowance:
    """Counts questions by person, in memory; safe to share between threads.

    An update that has to be handled again, because the database failed, counts once, and from then.

    Args:
        questions: that a person may ask in a minute.
        steady: seconds, growing steadily: who sets the clock of the machine locks nobody out.
    """

    def __init__(
        self, questions: int = QUESTIONS, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._questions = questions
        self._steady = steady
        self._askers: dict[int, deque[tuple[float, int]]] = {}
        self._lock = Lock()

    def permits(self, person_id: int, update_id: int) -> bool:
        """Whether what somebody asks by an update is to be looked up."""
        now = self._steady()
        with self._lock:
            asked = self._askers.setdefault(person_id, deque())
            while asked and asked[0][0] <= now - SECONDS:
                asked.popleft()
            if any(update_id == number for _, number in asked):
                return True
            if len(asked) >= self._questions:
                return False
            asked.append((now, update_id))
            self._make_room(now)
            return True

    def give_back(self, person_id: int, update_id: int) -> None:
        """Forget what somebody asked by an update that could not be handled."""
        with self._lock:
            asked = self._askers.get(person_id, deque())
            for one in [one for one in asked if one[1] == update_id]:
                asked.remove(one)
            if not asked:
                self._askers.pop(person_id, None)

    def _make_room(self, now: float) -> None:
        if len(self._askers) > _REMEMBERED:
            old = [id_ for id_, one in self._askers.items() if one[-1][0] <= now - SECONDS]
            for id_ in old:
                del self._askers[id_]
