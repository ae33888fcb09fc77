"""A document that a maintainer offers from elsewhere: looked at first, then taken as it was seen."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from hyqa.config import Settings
from hyqa.index.build import is_stale
from hyqa.index.snapshots import current_snapshot
from hyqa.index.snapshots.manifest import Manifest
from hyqa.index.store import Store
from hyqa.maintenance.sources.bringing import bring
from hyqa.maintenance.sources.examining import Report, examine, sha256_of
from hyqa.maintenance.sources.history import HISTORY
from hyqa.maintenance.sources.library import (
    Change,
    add,
    check_suffix,
    history,
    remove,
    replace,
    restore,
    unlist,
)
from hyqa.maintenance.sources.locking import alone
from hyqa.maintenance.sources.naming import place_of
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.parsing.corpus.sources import read_sources
from hyqa.types import Metadata
from hyqa.types.errors import DocumentError, SnapshotError

Fields = Mapping[str, object]
_OFFERS = ".offers"


@dataclass(frozen=True, slots=True)
class Offer:
    """What was read from an offered file; all of it can be written as JSON.

    ``id`` is the name that it would have at the top of the corpus, ``same_as`` are documents with
    the same words, ``alike`` those whose place it could take: of its name, its title or its 文号.
    ``pages`` is 0 for formats without pages. ``failures`` say why it cannot be read.
    """

    id: str
    sha256: str
    same_as: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    title: str = ""
    publisher: str = ""
    number: str = ""
    issued: str = ""
    effective: str = ""
    expires: str = ""
    form: str = ""
    language: str = ""
    pages: int = 0
    passages: int = 0
    characters: int = 0
    warnings: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


def bring_offer(url: str, folder: Path) -> Path:
    """Download what is offered at an address, into an empty folder; private addresses are none.

    Raises:
        ConfigError: It does not come.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return bring(url, Network(allowed=Settings.from_environment().fetch_allowed), folder)


def look_at_offer(
    path: Path, corpus: Path, index: Path, *, day: date, fields: Fields | None = None
) -> Offer:
    """Read a file as it would be read in a corpus, and change nothing.

    Raises:
        ConfigError: It is of no format that is read, or there is no such corpus.
    """
    report = examine(path, corpus, day=day, fields=fields)
    digest = sha256_of(report.data)
    failures = tuple(one.reason for one in report.failures)
    if not report.seen:
        return Offer(report.id, digest, failures=failures or ("there is no text in it",))
    first = report.seen[0].document
    meta = first.meta
    return Offer(
        report.id, digest, report.same_as, _alike(report, index), meta.title, meta.publisher,
        meta.number, meta.issued, meta.effective, meta.expires, meta.form.value,
        meta.language.value, max((one.page for one in first.page_starts), default=0),
        sum(len(one.chunks) for one in report.seen),
        sum(len(one.document.text) for one in report.seen),
        tuple(warned.sentence for one in report.seen for warned in one.warnings), failures,
    )  # fmt: skip


def take_offer(
    path: Path,
    corpus: Path,
    document_id: str,
    sha256: str,
    fields: Fields | None,
    reason: str,
    *,
    day: date,
) -> Callable[[], object]:
    """Make a file that was looked at a document, in the place of the one that stands there.

    One that stands there already, as an earlier attempt was broken off, is left as it is.

    Args:
        path: the file.
        corpus: the folder of documents.
        document_id: where it is to stand.
        sha256: of the file that was looked at.
        fields: metadata that the file cannot carry; those of the one before where there are none.
        reason: why, for the history.
        day: on which it is judged whether it is in force.

    Returns:
        What takes it back.

    Raises:
        DocumentError: It is another file than was looked at, or it cannot be read.
    """
    report = examine(path, corpus, day=day, document_id=document_id, fields=fields)
    if sha256_of(report.data) != sha256:
        raise DocumentError("It is another file by now than the one that was looked at.")
    change = Change(reason)
    if _stands(report, corpus, fields):
        return lambda: _take_back(corpus, document_id, reason)
    if report.replaces:
        check_suffix(document_id, path)
        event = replace(corpus, report, fields or None, change)
        return lambda: restore(corpus, document_id, event.kept, Change("taken back"))
    add(corpus, report, fields, change)
    return lambda: remove(corpus, document_id, Change("taken back"))


@contextmanager
def offers_held(corpus: Path) -> Iterator[None]:
    """Take one offer at a time: wait for an attempt whose bot is gone, and that goes on all the same.

    Raises:
        ConfigError: Nothing can be written there.
    """
    with alone(corpus / HISTORY / _OFFERS, "publishing", waiting=True):
        yield


def is_in_force(corpus: Path, index: Path, document_id: str, sha256: str) -> bool:
    """Say whether a document that was taken is asked: an index holds it, or all there is.

    Args:
        corpus: the folder of documents.
        index: the folder of the index.
        document_id: where it stands.
        sha256: of its file.
    """
    try:
        with closing(Store(current_snapshot(index))) as store:
            if document_id in store.document_ids():
                return store.document(document_id).sha256 == sha256
        made = Manifest.load(current_snapshot(index)).encoder
    except SnapshotError:
        return False
    # Left out as another's twin, or a file of many documents.
    return not is_stale(corpus, index, made, originals=Settings.from_environment().originals)


def settle_offer(corpus: Path, index: Path, document_id: str, sha256: str, reason: str) -> bool:
    """Find out what came of an offer whose publication broke off; take it back where it is not in force.

    Args:
        corpus: the folder of documents.
        index: the folder of the index.
        document_id: where it was to stand.
        sha256: of its file.
        reason: why it was taken, as the history has it.

    Returns:
        Whether it is in force.
    """
    if is_in_force(corpus, index, document_id, sha256):
        return True
    _take_back(corpus, document_id, reason)
    return False


def _stands(report: Report, corpus: Path, fields: Fields | None) -> bool:
    """Whether a file stands in its place already, with what is known of it."""
    place = place_of(corpus, report.id)
    if not place.is_file() or place.read_bytes() != report.data:
        return False
    return not fields or read_sources(corpus).get(report.id) == fields


def _take_back(corpus: Path, document_id: str, reason: str) -> None:
    """Undo what an earlier attempt did, if it was the last to change the document."""
    last = next(iter(reversed(history(corpus, document_id))), None)
    if last is None or last.reason != reason:
        return
    if last.action == "replace":
        restore(corpus, document_id, last.kept, Change("taken back"))
    elif last.action == "add" and not place_of(corpus, document_id).is_file():
        unlist(corpus, document_id)
    elif last.action == "add":
        remove(corpus, document_id, Change("taken back"))


def _alike(report: Report, index: Path) -> tuple[str, ...]:
    """The documents whose place an offered one could take: of its format, too."""
    meta, suffix = report.seen[0].document.meta, PurePosixPath(report.id).suffix
    try:
        with closing(Store(current_snapshot(index))) as store:
            held = store.metadata_of_all()
    except SnapshotError:
        return ()
    named = [id_ for id_, other in held if _is_named(report.id, meta, id_, other)]
    return tuple(id_ for id_ in named if PurePosixPath(id_).suffix == suffix)


def _is_named(own: str, meta: Metadata, id_: str, other: Metadata) -> bool:
    same_name = PurePosixPath(id_).name == PurePosixPath(own).name
    same_number = bool(meta.number) and meta.number == other.number
    return same_name or same_number or (bool(meta.title) and meta.title == other.title)
