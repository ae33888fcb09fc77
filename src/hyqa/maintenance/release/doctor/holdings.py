"""What is wrong with the documents that an index holds: ended, about to end, there twice, kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from hyqa.index.build import Index
from hyqa.index.duplicates import STANDS_FOR
from hyqa.index.snapshots.manifest import Kept
from hyqa.index.validity import Force, last_day, status_on
from hyqa.maintenance.release.doctor.findings import Ailment, Finding, advice, fault
from hyqa.maintenance.release.doctor.remedies import FILE, remedy
from hyqa.maintenance.sources.history import History
from hyqa.maintenance.sources.naming import place_of
from hyqa.parsing.corpus.originals import PREFIX
from hyqa.text.dates import days_of
from hyqa.types import Metadata
from hyqa.types.errors import ConfigError

SOON = 60
"""Days before a document's end from which it is told: time to find what follows it."""
_COPY = re.compile(r"(?P<name>\S.*?)(?: \(\S+\))?(?:, |, which is left out$)")
"""A document that another one stands for, in what a remark says of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index and its documents are: ``root`` and ``corpus`` are their folders."""

    root: Path
    corpus: Path

    def holds(self, name: str) -> bool:
        """Say whether a document is a file that the commands for documents may change."""
        try:
            return place_of(self.corpus, name).is_file()
        except ConfigError:
            return False

    def change(self, name: str, *words: str) -> str:
        """Write a command that changes a document; one that shows it where none can."""
        if not self.holds(name):
            return remedy("show", name, index=self.root)
        return remedy(*words, corpus=self.corpus)


def held_findings(index: Index, place: Place, day: date, soon: int = SOON) -> Iterator[Finding]:
    """Find documents that have ended, will end soon, came twice, or stand in their last version.

    Args:
        index: what holds them.
        place: where it and the documents are.
        day: today.
        soon: days before its end from which a document is told.
    """
    for kept in index.manifest.kept:
        yield _kept(index, kept, place)
    for name, meta in index.store.metadata_of_all():
        yield from _ending(name, meta, place, day, soon)
    yield from _twice(index, place)


def _kept(index: Index, kept: Kept, place: Place) -> Finding:
    sentence = f"{kept.reason}; since {kept.since}, its last good version stands in for it"
    name, good = kept.document, index.store.document(kept.document).sha256
    return fault(Ailment.KEPT, name, sentence, _mending(name, good, place))


def _mending(name: str, good: str, place: Place) -> str:
    """The command that brings the file back whose hash is ``good``, or has another one put there."""
    if name.startswith(f"{PREFIX}/"):
        source = PurePosixPath(name).relative_to(PREFIX).with_suffix("").as_posix()
        return remedy("fetch", source, corpus=place.corpus)
    if not place.holds(name):
        return remedy("check", str(place.corpus / name))
    if any(event.kept and event.sha256 == good for event in History(place.corpus).events(name)):
        return remedy("restore", name, "--version", good[:12], corpus=place.corpus)
    return remedy("replace", name, FILE, corpus=place.corpus)


def _ending(name: str, meta: Metadata, place: Place, day: date, soon: int) -> Iterator[Finding]:
    standing = status_on(meta, day)
    follow = place.change(name, "replace", name, FILE)
    if standing.force in (Force.EXPIRED, Force.REPEALED):
        since = f", {standing.day}" if standing.day else ""
        if standing.by:
            sentence = (
                f"it is {standing.force} by {standing.by}{since}: does anybody need it still?"
            )
            yield advice(Ailment.EXPIRED, name, sentence, place.change(name, "remove", name))
            return
        sentence = f"it is {standing.force}{since}: is there one that follows it?"
        yield advice(Ailment.EXPIRED, name, sentence, follow)
        return
    end = days_of(last_day(meta))
    if end and 0 <= (end[1] - day).days <= soon:
        left = (end[1] - day).days
        sentence = f"it ends on {end[1]}, in {left} days: look for what follows it"
        yield advice(Ailment.EXPIRES_SOON, name, sentence, follow)


def _twice(index: Index, place: Place) -> Iterator[Finding]:
    """Documents of which copies were left out, and records whose text stands there twice."""
    first: dict[str, str] = {}
    for name in index.store.document_ids():
        document = index.store.document(name)
        for remark in document.remarks:
            if remark.startswith(STANDS_FOR):
                sentence = f"{remark}: one of them is enough"
                yield advice(Ailment.DUPLICATE, name, sentence, _without(remark, name, place))
        if (other := first.setdefault(document.text, name)) != name:
            sentence = f"its text is that of {other}: one of them is enough"
            command = place.change(name, "remove", name)
            yield advice(Ailment.DUPLICATE, name, sentence, command)


def _without(remark: str, name: str, place: Place) -> str:
    """The command that takes out the copies that a remark names."""
    named = [one["name"] for one in _COPY.finditer(remark.removeprefix(STANDS_FOR))]
    copies = [one for one in named if place.holds(one)]
    if not copies:
        return remedy("show", name, index=place.root)
    return remedy("remove", *copies, corpus=place.corpus)
