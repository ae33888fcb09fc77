"""What is wrong with the documents that an index holds: ended, about to end, there twice."""

import shlex
from collections.abc import Iterator
from datetime import date

from hyqa.index.build import Index
from hyqa.index.duplicates import STANDS_FOR
from hyqa.index.validity import Force, last_day, status_on
from hyqa.release.doctor.findings import Ailment, Finding, advice
from hyqa.text.dates import days_of
from hyqa.types import Metadata

SOON = 60
"""Days before a document's end from which it is told: time to find what follows it."""


def held_findings(index: Index, day: date, soon: int = SOON) -> Iterator[Finding]:
    """Find documents that have ended, will end soon, or came twice.

    Args:
        index: what holds them.
        day: today.
        soon: days before its end from which a document is told.
    """
    for name, meta in index.store.metadata_of_all():
        yield from _ending(name, meta, day, soon)
    yield from _twice(index)


def _ending(name: str, meta: Metadata, day: date, soon: int) -> Iterator[Finding]:
    standing = status_on(meta, day)
    if standing.force in (Force.EXPIRED, Force.REPEALED):
        by = f" by {standing.by}" if standing.by else ""
        since = f", {standing.day}" if standing.day else ""
        sentence = f"it is {standing.force}{by}{since}: is there one that follows it?"
        yield advice(Ailment.EXPIRED, name, sentence, _show(name))
        return
    end = days_of(last_day(meta))
    if end and 0 <= (end[1] - day).days <= soon:
        left = (end[1] - day).days
        sentence = f"it ends on {end[1]}, in {left} days: look for what follows it"
        yield advice(Ailment.EXPIRES_SOON, name, sentence, _show(name))


def _twice(index: Index) -> Iterator[Finding]:
    """Documents of which copies were left out, and records whose text stands there twice."""
    first: dict[str, str] = {}
    for name in index.store.document_ids():
        document = index.store.document(name)
        for remark in document.remarks:
            if remark.startswith(STANDS_FOR):
                sentence = f"{remark}: delete the copy"
                yield advice(Ailment.DUPLICATE, name, sentence, _show(name))
        if (other := first.setdefault(document.text, name)) != name:
            sentence = f"its text is that of {other}: delete one of them"
            yield advice(Ailment.DUPLICATE, name, sentence, _show(name))


def _show(name: str) -> str:
    return f"hyqa show {shlex.quote(name)}"
