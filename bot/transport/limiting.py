"""How much of the bot one person may take up."""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock

QUESTIONS = 15
"""Questions that one person may ask in a minute; who reads the answers asks far fewer."""
SECONDS = 60.0
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Asker:
    times: deque[float] = field(default_factory=deque)
    told: bool = False


class Allowance:
    """Counts questions by person, in memory; safe to share between threads."""

    def __init__(self, questions: int = QUESTIONS) -> None:
        self._questions = questions
        self._askers: dict[int, _Asker] = {}
        self._lock = Lock()

    def verdict(self, person_id: int, now: float) -> str:
        """``yes``; ``tell`` for the first question too many, and ``no`` for those after it.

        Who floods the bot is not to be flooded in turn.
        """
        with self._lock:
            asker = self._askers.setdefault(person_id, _Asker())
            while asker.times and asker.times[0] <= now - SECONDS:
                asker.times.popleft()
            if len(asker.times) < self._questions:
                asker.times.append(now)
                asker.told = False
                self._make_room(now)
                return "yes"
            told, asker.told = asker.told, True
            return "no" if told else "tell"

    def _make_room(self, now: float) -> None:
        if len(self._askers) > _REMEMBERED:
            old = [id_ for id_, one in self._askers.items() if one.times[-1] <= now - SECONDS]
            for id_ in old:
                del self._askers[id_]
