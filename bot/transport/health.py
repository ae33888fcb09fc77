"""How the bot is: of each part when it last worked, and since when it does not."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

from bot.metrics import Metrics

GRACE = 6.0
"""Seconds of failures that are no trouble yet: most mishaps are over by then. With 8, what broke while a
poll was open over a slow way, and was answered over a slow way, was known a second late."""


class Part(Enum):
    """What the bot needs to answer, and the seconds of silence after which it is taken for broken.

    Each is tried every few seconds, polls last up to 10: with these, what is said of a part is
    true 30 seconds after it has changed.
    """

    _value_: str
    POLL = ("poll", 27.0)
    SEND = ("send", float("inf"))
    """Nothing is sent where nobody asks: silence says nothing of it."""
    DATABASE = ("database", 20.0)
    INDEX = ("index", 25.0)

    def __init__(self, label: str, silence: float) -> None:
        self._value_ = label
        self.silence = silence


@dataclass(slots=True)
class _State:
    good_at: float
    failing: dict[int, float] = field(default_factory=dict)
    """Since when something fails, by what it is: the chat of what is sent, else 0. A success shows
    that the part works, so failures of before tell nothing any more: what has failed may wait to
    be tried, as long as its chat's limits hold it back.
    """
    kind: str = ""


class Health:
    """Told of each success and failure; tells how each part is.

    Args:
        metrics: told as well.
        parts: that this bot has.
        steady: seconds, growing steadily.
    """

    def __init__(
        self,
        metrics: Metrics,
        parts: tuple[Part, ...] = tuple(Part),
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._metrics = metrics
        self._steady = steady
        self._states = {part: _State(steady()) for part in parts}
        for part in parts:
            metrics.well.labels(part.value).set_function(partial(self.is_well, part))

    def good(self, part: Part) -> None:
        """Note that a part has just worked."""
        if state := self._states.get(part):
            state.good_at = self._steady()
            state.failing.clear()

    def bad(self, part: Part, kind: str, what: int = 0, *, begun: float | None = None) -> None:
        """Note that a part has failed.

        Args:
            part: of the bot.
            kind: of the error, safe to show.
            what: the chat, for what is sent.
            begun: when what failed was begun; now by default.
        """
        self._metrics.failures.labels(part.value, kind).inc()
        if state := self._states.get(part):
            state.kind = kind
            state.failing.setdefault(what, self._steady() if begun is None else begun)

    def drop(self, part: Part, what: int) -> None:
        """Note that something that failed is not tried any more."""
        if state := self._states.get(part):
            state.failing.pop(what, None)

    def is_well(self, part: Part) -> bool:
        """Whether a part works, as far as can be known."""
        state, now = self._states[part], self._steady()
        if now - state.good_at > part.silence:
            return False
        since = min(state.failing.values(), default=now)
        return now - max(since, state.good_at) < GRACE or not state.failing

    def troubles(self) -> dict[Part, str]:
        """The parts that do not work, and the kind of error that each had last."""
        return {
            part: state.kind if state.failing else "silence"
            for part, state in self._states.items()
            if not self.is_well(part)
        }

    def report(self) -> Mapping[str, object]:
        """Of each part whether it is well, the seconds since it worked, and its last error."""
        now, told = self._steady(), dict[str, object]()
        for part, state in self._states.items():
            told[part.value] = {
                "ok": self.is_well(part),
                "seconds_since_success": round(now - state.good_at, 1),
                "failing": state.kind if state.failing else "",
            }
        return told
