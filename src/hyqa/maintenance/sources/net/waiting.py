"""Moments: the clock, how they are written down, and how long a host wants to be left alone."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 7 * 86_400.0
"""Seconds for which a host's wish to be left alone is kept at most: some ask for centuries."""

Clock = Callable[[], datetime]
"""Tells the time, in UTC."""


def utc_clock() -> datetime:
    """Tell the time."""
    return datetime.fromtimestamp(time.time(), UTC)


def stamp(when: datetime) -> str:
    """Write a moment down: ISO 8601, to the second."""
    return when.isoformat(timespec="seconds")


def seconds_asked(header: str, clock: Clock = utc_clock) -> float | None:
    """Read a ``Retry-After`` header: seconds, or a day and time.

    Returns:
        Seconds from 0 to ``LONGEST_WAIT``; None where the header says nothing that makes sense.
    """
    words = header.strip()
    if words.isascii() and words.isdigit():
        return min(float(words[:12]), LONGEST_WAIT)
    try:
        then = parsedate_to_datetime(words)
        moment = then if then.tzinfo else then.replace(tzinfo=UTC)
        return min(max(0.0, (moment - clock()).total_seconds()), LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
