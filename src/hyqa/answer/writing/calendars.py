"""The days that a document states of itself, as a calendar file: RFC 5545, and nothing guessed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hyqa.types import Document

_STATED = ("effective", "expires")
"""Fields of the metadata that are days to come: the first and the last one in force."""


class StatedDay(NamedTuple):
    """A whole day that a document states: of which field, and the words that say so, if known."""

    field: str
    day: date
    words: str


def days_to_come(held: Document, since: date) -> list[StatedDay]:
    """The whole days from a day on that a document states.

    A month or a year alone is no day, and nothing is made of it.
    """
    words = {one.field: held.text[one.start : one.end] for one in held.evidence}
    found = []
    for name in _STATED:
        try:
            day = date.fromisoformat(getattr(held.meta, name))
        except ValueError:
            continue
        if day >= since:
            found.append(StatedDay(name, day, words.get(name, "")))
    return found


def write_calendar(
    held: Document, days: Sequence[StatedDay], labels: Mapping[str, str], at: float, url: str = ""
) -> bytes:
    """Write days as events that take the whole day.

    Args:
        held: the document that states them.
        days: of it.
        labels: what each field is called.
        at: when it is written, in seconds since 1970.
        url: where the document is shown, '' where it is not.
    """
    from icalendar import Calendar, Event  # 10 MB, and few take days away

    made = Calendar()
    made.add("prodid", "-//hyqa//documents//EN")
    made.add("version", "2.0")
    for one in days:
        event = Event()
        event.add("uid", f"{held.sha256[:16]}-{one.field}@hyqa")
        event.add("dtstamp", datetime.fromtimestamp(at, UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(1))
        event.add("summary", f"{labels[one.field]}: {held.meta.title}")
        if url:
            event.add("url", url)
        if one.words:
            event.add("description", one.words)
        made.add_component(event)
    return bytes(made.to_ical())
