"""Changing a corpus: adding, replacing, removing and bringing back, so that nothing is lost.

Each change is checked first, keeps what it takes away in the history, and writes files whole or
not at all. Metadata that a file cannot carry go into ``sources.toml``, before the file: one without
them would pass for an official text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hyqa.index.snapshots.files import sync_folder, write_whole
from hyqa.maintenance.sources.examining import Report, sha256_of
from hyqa.maintenance.sources.history import HISTORY, Event, History
from hyqa.maintenance.sources.locking import alone
from hyqa.maintenance.sources.naming import place_of
from hyqa.maintenance.sources.net.waiting import Clock, stamp, utc_clock
from hyqa.maintenance.sources.tables import with_table
from hyqa.parsing.corpus.sources import SOURCES, read_sources
from hyqa.types.errors import ConfigError, DocumentError

_DOING = "changing documents"


@dataclass(frozen=True, slots=True)
class Change:
    """How a change is to be written down: why, and by which clock."""

    reason: str = ""
    clock: Clock = utc_clock


def add(
    corpus: Path,
    report: Report,
    fields: Mapping[str, object] | None = None,
    change: Change = Change(),
) -> Event:
    """Make a file that was examined a document of a corpus.

    Args:
        corpus: the folder of documents.
        report: what :func:`hyqa.maintenance.sources.examining.examine` saw.
        fields: metadata, as they were given when it was examined.
        change: how it is written down.

    Raises:
        DocumentError: It cannot be read, or a document stands there.
    """
    _check_usable(report)
    with alone(corpus / HISTORY, _DOING):
        check_free(corpus, report.id)
        # Written down first: whoever breaks off in between leaves nothing that nobody knows of.
        event = _note(corpus, "add", report.id, report.data, change)
        _put(corpus, report.id, report.data, fields or None)
        return event


def replace(
    corpus: Path,
    report: Report,
    fields: Mapping[str, object] | None = None,
    change: Change = Change(),
) -> Event:
    """Put a file that was examined in the place of a document; the old one is kept.

    ``fields`` are all that ``sources.toml`` shall say of it; None leaves what it says.

    Raises:
        DocumentError: It cannot be read, is the same, or no document stands there.
    """
    _check_usable(report)
    with alone(corpus / HISTORY, _DOING):
        old, listed = _held(corpus, report.id)
        if old == report.data and fields in (None, listed):
            raise DocumentError(f"{report.id} is this very file already: nothing was changed.")
        event = _keep(corpus, "replace", report.id, old, listed, change)
        _put(corpus, report.id, report.data, listed if fields is None else fields)
        return event


def remove(corpus: Path, document_id: str, change: Change = Change()) -> Event:
    """Take a document out of a corpus; its file is kept.

    Raises:
        DocumentError: No document stands there.
    """
    with alone(corpus / HISTORY, _DOING):
        old, listed = _held(corpus, document_id)
        event = _keep(corpus, "remove", document_id, old, listed, change)
        place = place_of(corpus, document_id)
        place.unlink()
        sync_folder(place.parent)
        if listed is not None:
            _list(corpus, document_id, None)
        return event


def restore(
    corpus: Path,
    document_id: str,
    version: str = "",
    change: Change = Change(),
) -> Event:
    """Bring back a file that was replaced or removed; one that stands there now is kept.

    Args:
        corpus: the folder of documents.
        document_id: whose file.
        version: which one: how its name in the history or its hash begins; the last one that was
            kept where nothing is given.
        change: how it is written down.

    Raises:
        DocumentError: No such file was kept.
    """
    with alone(corpus / HISTORY, _DOING):
        place = place_of(corpus, document_id)
        kept = _kept(corpus, document_id, version)
        try:
            data = History(corpus).kept(document_id, kept.kept)
        except OSError as error:
            raise DocumentError(f"The kept file of {document_id} is gone: {kept.kept}.") from error
        if sha256_of(data) != kept.sha256:
            raise DocumentError(f"The kept file of {document_id} was changed: {kept.kept}.")
        if place.is_file():
            old, listed = _held(corpus, document_id)
            event = _keep(corpus, "restore", document_id, old, listed, change)
            _put(corpus, document_id, data, kept.fields)
            return event
        _put(corpus, document_id, data, kept.fields)
        return _note(corpus, "restore", document_id, data, change)


def unlist(corpus: Path, document_id: str) -> None:
    """Have ``sources.toml`` say nothing of a document whose file never came."""
    with alone(corpus / HISTORY, _DOING):
        if document_id in read_sources(corpus):
            _list(corpus, document_id, None)


def history(corpus: Path, document_id: str = "") -> tuple[Event, ...]:
    """Tell what became of a document, or of all, the oldest change first."""
    return History(corpus).events(document_id)


def check_free(corpus: Path, document_id: str) -> None:
    """Make sure that no document stands where one is to be added.

    Raises:
        DocumentError: One does.
    """
    if place_of(corpus, document_id).exists():
        raise DocumentError(
            f"{document_id} is there already: `hyqa replace {document_id} FILE` replaces it,"
            " or give another name with --name."
        )


def _check_usable(report: Report) -> None:
    if not report.is_usable:
        reason = report.failures[0].reason if report.failures else "there is nothing in it"
        raise DocumentError(f"{report.id} cannot be used: {reason}.")


def _held(corpus: Path, document_id: str) -> tuple[bytes, Mapping[str, object] | None]:
    """A document's file and its table."""
    place = place_of(corpus, document_id)
    if not place.is_file():
        raise DocumentError(
            f"There is no document {document_id} in {corpus}: `hyqa check` lists what there is,"
            f" `hyqa history {document_id}` what was."
        )
    return place.read_bytes(), read_sources(corpus).get(document_id)


def _kept(corpus: Path, document_id: str, version: str) -> Event:
    kept = [event for event in history(corpus, document_id) if event.kept]
    fits = [one for one in kept if one.kept.startswith(version) or one.sha256.startswith(version)]
    if not kept:
        raise DocumentError(f"No file of {document_id} was ever replaced or removed.")
    if not fits:
        raise DocumentError(
            f"No kept file of {document_id} is called {version}: `hyqa history {document_id}`"
            " lists them."
        )
    return fits[-1]


def _keep(
    corpus: Path,
    action: str,
    document_id: str,
    old: bytes,
    listed: Mapping[str, object] | None,
    change: Change,
) -> Event:
    """Keep a file that is about to go, and write it down."""
    when = change.clock()
    event = Event(
        time=stamp(when),
        action=action,
        document=document_id,
        sha256=sha256_of(old),
        kept=History(corpus).keep(document_id, old, when),
        reason=change.reason,
        fields=_plain(listed),
    )
    History(corpus).note(event)
    return event


def _note(corpus: Path, action: str, document_id: str, data: bytes, change: Change) -> Event:
    event = Event(
        time=stamp(change.clock()),
        action=action,
        document=document_id,
        sha256=sha256_of(data),
        reason=change.reason,
    )
    History(corpus).note(event)
    return event


def _put(corpus: Path, document_id: str, data: bytes, fields: Mapping[str, object] | None) -> None:
    if fields != read_sources(corpus).get(document_id):
        _list(corpus, document_id, fields)
    write_whole(place_of(corpus, document_id), data)


def _list(corpus: Path, document_id: str, fields: Mapping[str, object] | None) -> None:
    """Make sources.toml say something of a document, or nothing any more."""
    path = corpus / SOURCES
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    write_whole(path, with_table(text, document_id, fields).encode())


def _plain(listed: Mapping[str, object] | None) -> Mapping[str, object] | None:
    """Fields as JSON has them: TOML's days become their names."""
    if listed is None:
        return None
    return {name: _named(value) for name, value in listed.items()}


def _named(value: object) -> object:
    return value if isinstance(value, (str, bool, int, float, list)) else str(value)


def check_suffix(document_id: str, path: Path) -> None:
    """Make sure that a file may take a document's place under its name.

    Raises:
        ConfigError: Its format is another one than the name says.
    """
    own, new = PurePosixPath(document_id).suffix.lower(), path.suffix.lower()
    if own != new:
        raise ConfigError(
            f"{document_id} is a {own} and {path.name} a {new or 'file without a suffix'}:"
            f" `hyqa remove {document_id}`, then `hyqa add` the new one."
        )
