"""An examination: which checks are made, and in which order what they find is told."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hyqa.engine import Engine
from hyqa.errors import ConfigError, HyqaError
from hyqa.index.build import Index, is_stale, open_index
from hyqa.models import Encoder
from hyqa.reading import reader_of
from hyqa.release.asking import Asked
from hyqa.release.doctor.findings import Ailment, Finding, Level, advice, fault
from hyqa.release.doctor.folder import folder_findings
from hyqa.release.doctor.holdings import SOON, held_findings
from hyqa.release.doctor.links import Allowed, broken_links, is_public
from hyqa.release.doctor.reach import reach_findings
from hyqa.release.doctor.sources import SourceState, source_findings
from hyqa.release.integrity import faults_of
from hyqa.release.replaying import Report


@dataclass(frozen=True, slots=True)
class Examination:
    """What is examined, and how.

    Attributes:
        root: folder of the index.
        corpus: folder of its documents; the index is compared with them where it is there.
        encoder: the one that would be used.
        day: today.
        moment: the present, in UTC.
        soon: days before its end from which a document is told.
        asked: questions that people asked, to see which documents they reach.
        sources: what became of the sources that documents are fetched from.
        online: whether the documents' addresses are asked.
        allowed: which addresses of the net may be connected to.
    """

    root: Path
    corpus: Path
    encoder: Encoder
    day: date
    moment: datetime
    soon: int = SOON
    asked: Sequence[Asked] = ()
    sources: Sequence[SourceState] = ()
    online: bool = False
    allowed: Allowed = is_public


def examine(what: Examination, report: Report | None = None) -> list[Finding]:
    """Examine an index; returns what was found, faults first.

    Args:
        what: is examined.
        report: told of the questions done.
    """
    found = [*folder_findings(what.root, what.encoder.name, what.moment), *_sources(what)]
    if index := _opened(what.root):
        found += _of_index(index, what, report)
    return sorted(found, key=lambda one: one.level is not Level.FAULT)


def _sources(what: Examination) -> Iterator[Finding]:
    yield from source_findings(what.sources, what.moment)


def _opened(root: Path) -> Index | None:
    """The snapshot in force; None where it cannot be opened, which is found by then."""
    try:
        return open_index(root)
    except HyqaError:
        return None


def _of_index(index: Index, what: Examination, report: Report | None) -> Iterator[Finding]:
    own = index.manifest.encoder == what.encoder.name
    again = f"hyqa index --index {shlex.quote(str(what.root))}"
    for sentence in faults_of(index, what.encoder if own else None):
        yield fault(Ailment.TORN, str(what.root), sentence, again)
    if own:
        yield from _stale(what, again)
    for one in index.manifest.kept:
        sentence = f"{one.reason}; since {one.since}, its last good version stands in for it"
        yield fault(Ailment.KEPT, one.document, sentence, _check(what.corpus / one.document))
    yield from held_findings(index, what.day, what.soon)
    engine = Engine(index, what.encoder, reader_of(index)) if own else None
    yield from reach_findings(index, engine, what.asked, what.day, report)
    if what.online:
        yield from _links(index, what.allowed)


def _check(file: Path) -> str:
    return f"hyqa check {shlex.quote(str(file))}"


def _stale(what: Examination, again: str) -> Iterator[Finding]:
    try:
        stale = what.corpus.exists() and is_stale(what.corpus, what.root, what.encoder.name)
    except ConfigError as error:
        yield fault(Ailment.STALE_INDEX, str(what.corpus), str(error))
        return
    if stale:
        sentence = "its documents have changed since they were indexed"
        yield advice(Ailment.STALE_INDEX, str(what.corpus), sentence, again)


def _links(index: Index, allowed: Allowed) -> Iterator[Finding]:
    held = [(name, meta.url) for name, meta in index.store.metadata_of_all() if meta.url]
    broken = broken_links(_urls(held), allowed)
    for name, url in held:
        if url in broken:
            sentence = f"{url}: {broken[url]}; find its new address"
            yield advice(Ailment.BROKEN_LINK, name, sentence, f"hyqa show {shlex.quote(name)}")


def _urls(held: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (url for _, url in held)
