"""Whether a document is in force on a day: from its dates alone, never guessed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hyqa.text.dates import days_of
from hyqa.types import Metadata

_LONG_AGO = "0001"


class Force(StrEnum):
    """Whether a document binds."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document was worth on a day.

    ``day`` is the date that decides: the first day in force, the last one, or the first one
    without it after a repeal; an empty string where there is none. ``by`` names the document
    that repealed it.
    """

    force: Force
    day: str = ""
    by: str = ""


def status_on(meta: Metadata, day: date) -> Standing:
    """Say whether a document is in force on a day.

    A reduced date means its whole month or year: a document that expires in 2024 is in force
    to the end of it. Where the day lies inside such a date and cannot be told to be before or
    after, and where nothing says since when a document is in force, the answer is unknown. Of
    one without a last day, it is in force until another ends it.

    Args:
        meta: what the document says of itself.
        day: the day asked about.
    """
    first = meta.effective or meta.issued
    start = days_of(first)
    end = days_of(meta.expires)
    if start and day < start[0]:
        return Standing(Force.NOT_YET, first)
    if _is_over(meta, day):
        return _ended(meta, day)
    if end and day > end[1]:
        return Standing(Force.EXPIRED, meta.expires)
    if not start or (day < start[1] and start[0] != start[1]):
        return Standing(Force.UNKNOWN, first)
    if not meta.effective and not end:
        return Standing(Force.UNKNOWN)
    if end and day >= end[0] and start[0] != start[1] and end[0] != end[1]:
        return Standing(Force.UNKNOWN, meta.expires)
    return Standing(Force.IN_FORCE, first)


def has_ended(meta: Metadata, day: date) -> bool:
    """Say whether a document that was in force no longer is on a day, be it that another ended it."""
    return status_on(meta, day).force in (Force.EXPIRED, Force.REPEALED)


def last_day(meta: Metadata) -> str:
    """Return the end of a document's force for ranking: the earlier of expiry and repeal.

    It is an ISO date, maybe reduced, or an empty string where no end is known. A document that
    was replaced nobody knows when counts as ended on the day it was issued.
    """
    ends = [meta.expires] if days_of(meta.expires) else []
    repealed = days_of(meta.repealed)
    if repealed:
        exact = repealed[0] == repealed[1]
        ends.append((repealed[0] - timedelta(1)).isoformat() if exact else meta.repealed)
    elif meta.superseded_by:
        ends.append(meta.issued or _LONG_AGO)
    return min(ends, key=lambda end: _last(end), default="")


def _is_over(meta: Metadata, day: date) -> bool:
    """Whether a repeal may have ended a document by a day."""
    repealed = days_of(meta.repealed)
    return day >= repealed[0] if repealed else bool(meta.superseded_by)


def _ended(meta: Metadata, day: date) -> Standing:
    """How a document stands whose repeal may have taken effect."""
    expires, repealed = days_of(meta.expires), days_of(meta.repealed)
    if expires and day > expires[1] and repealed and expires[1] < repealed[0]:
        return Standing(Force.EXPIRED, meta.expires)
    by = meta.superseded_by or meta.repealed_by
    if repealed and day < repealed[1]:
        return Standing(Force.UNKNOWN, meta.repealed, by)
    return Standing(Force.REPEALED, meta.repealed, by)


def _last(iso: str) -> str:
    days = days_of(iso)
    return days[1].isoformat() if days else iso
