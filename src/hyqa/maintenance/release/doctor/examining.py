"""An examination: which checks are made, and in which order what they find is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hyqa.engine import Engine
from hyqa.index.build import Index, is_stale, open_index
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.doctor.findings import Ailment, Finding, Level, advice, fault
from hyqa.maintenance.release.doctor.folder import folder_findings
from hyqa.maintenance.release.doctor.holdings import SOON, Place, held_findings
from hyqa.maintenance.release.doctor.reach import reach_findings
from hyqa.maintenance.release.doctor.remedies import remedy
from hyqa.maintenance.release.doctor.sources import source_findings, source_states
from hyqa.maintenance.release.integrity import faults_of
from hyqa.maintenance.release.replaying import Report
from hyqa.models import Encoder
from hyqa.types.errors import ConfigError, HyqaError

if TYPE_CHECKING:
    from hyqa.maintenance.sources.net.connecting import Network


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
        originals: folder of the originals that were fetched, which are indexed with them.
        network: how the net is entered to ask the documents' addresses; None where none is.
    """

    root: Path
    corpus: Path
    encoder: Encoder
    day: date
    moment: datetime
    soon: int = SOON
    asked: Sequence[Asked] = ()
    originals: Path | None = None
    network: "Network | None" = None


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
    if what.originals is None:
        return
    try:
        states = source_states(what.corpus, what.originals)
    except ConfigError as error:
        yield fault(Ailment.SOURCE_FAILED, str(what.corpus), str(error))
        return
    yield from source_findings(states, what.moment, what.corpus, what.originals)


def _opened(root: Path) -> Index | None:
    """The snapshot in force; None where it cannot be opened, which is found by then."""
    try:
        return open_index(root)
    except HyqaError:
        return None


def _of_index(index: Index, what: Examination, report: Report | None) -> Iterator[Finding]:
    own = index.manifest.encoder == what.encoder.name
    again = remedy("index", index=what.root, corpus=what.corpus, originals=what.originals)
    stale = list(_stale(what, again)) if own else []
    # The words of parks are those of the corpus only as long as it is the one that was indexed.
    corpus = what.corpus if own and not stale else None
    for sentence in faults_of(index, what.encoder if own else None, corpus):
        yield fault(Ailment.TORN, str(what.root), sentence, again)
    yield from stale
    yield from held_findings(index, Place(what.root, what.corpus), what.day, what.soon)
    engine = Engine(index, what.encoder) if own else None
    yield from reach_findings(index, engine, what.asked, what.day, report)
    if what.network:
        yield from _links(index, what.root, what.network)


def _stale(what: Examination, again: str) -> Iterator[Finding]:
    try:
        stale = what.corpus.exists() and is_stale(
            what.corpus, what.root, what.encoder.name, originals=what.originals
        )
    except ConfigError as error:
        yield fault(Ailment.STALE_INDEX, str(what.corpus), str(error))
        return
    if stale:
        sentence = "its documents have changed since they were indexed"
        yield advice(Ailment.STALE_INDEX, str(what.corpus), sentence, again)


def _links(index: Index, root: Path, network: "Network") -> Iterator[Finding]:
    from hyqa.maintenance.release.doctor.links import (
        broken_links,  # what asks takes its time to load
    )

    held = [(name, meta.url) for name, meta in index.store.metadata_of_all() if meta.url]
    broken = broken_links((url for _, url in held), network)
    for name, url in held:
        if url in broken:
            sentence = f"{url}: {broken[url]}; find its new address"
            yield advice(Ailment.BROKEN_LINK, name, sentence, remedy("show", name, index=root))
