"""A document that a maintainer offers from elsewhere: looked at first, then taken as it was seen."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from hyqa.config import Settings
from hyqa.errors import DocumentError, SnapshotError
from hyqa.index.snapshots import current_snapshot
from hyqa.index.store import Store
from hyqa.sources.bringing import bring
from hyqa.sources.examining import Report, examine, sha256_of
from hyqa.sources.library import Change, add, check_suffix, remove, replace, restore
from hyqa.sources.net.connecting import Network
from hyqa.types import Metadata

Fields = Mapping[str, object]


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
        DocumentError: It is another file than was looked at, it cannot be read, or nothing changes.
    """
    report = examine(path, corpus, day=day, document_id=document_id, fields=fields)
    if sha256_of(report.data) != sha256:
        raise DocumentError("It is another file by now than the one that was looked at.")
    change = Change(reason)
    if report.replaces:
        check_suffix(document_id, path)
        event = replace(corpus, report, fields or None, change)
        return lambda: restore(corpus, document_id, event.kept, Change("taken back"))
    add(corpus, report, fields, change)
    return lambda: remove(corpus, document_id, Change("taken back"))


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
