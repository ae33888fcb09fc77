"""What snapshots an index has."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hyqa.index.snapshots.history import Event, Kind, events, line_in
from hyqa.index.snapshots.pointer import snapshot_folders, snapshot_name
from hyqa.index.snapshots.writing import is_whole


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A snapshot of an index, whether it is in force or not. Times are in UTC."""

    name: str
    built: datetime
    """When it was built last."""
    published: datetime | None
    """When it came into force last; None where it never was."""
    documents: int
    """0 where its manifest cannot be read."""
    passages: int
    in_force: bool
    before: bool
    """Whether it is the one that `hyqa rollback` goes back to."""
    whole: bool
    """Whether its files are what was written."""
    origin: str
    """What built it or put it in force last, such as a command; '' where nobody told."""


def list_snapshots(root: Path, *, checked: bool = True) -> tuple[SnapshotInfo, ...]:
    """List the snapshots of an index, the one that was built last first.

    Args:
        root: folder of the index.
        checked: whether all their files are read to see that they are whole; otherwise all count
            as whole.
    """
    history = events(root)
    order = {event.snapshot: place for place, event in enumerate(history)}
    current = snapshot_name(root)
    before = name_before(root)
    infos = [
        _info(folder, history, current, before, checked=checked)
        for folder in snapshot_folders(root)
    ]
    built = {e.snapshot: place for place, e in enumerate(history) if e.kind is Kind.BUILT}
    return tuple(
        sorted(
            infos,
            key=lambda one: (built.get(one.name, order.get(one.name, -1)), one.built, one.name),
            reverse=True,
        )
    )


def line_of(root: Path) -> list[str]:
    """Names of the snapshots that were in force, in order; the last one is so now.

    A crash may have come between the switch and its line in the history: the pointer is right.
    """
    line, current = line_in(events(root)), snapshot_name(root)
    if not current:
        return line
    if current in line:
        return line[: line.index(current) + 1]
    return [*line, current]


def name_before(root: Path) -> str:
    """Name of the snapshot that the one in force replaced, as long as it is there; else ''."""
    there = {folder.name for folder in snapshot_folders(root)}
    return next((name for name in reversed(line_of(root)[:-1]) if name in there), "")


def _info(
    folder: Path, history: list[Event], current: str, before: str, *, checked: bool
) -> SnapshotInfo:
    own = [event for event in history if event.snapshot == folder.name]
    built = [event.time for event in own if event.kind is Kind.BUILT]
    published = [event.time for event in own if event.kind is not Kind.BUILT]
    documents, passages = _counts(folder)
    return SnapshotInfo(
        name=folder.name,
        built=built[-1] if built else _time_of(folder),
        published=published[-1] if published else None,
        documents=documents,
        passages=passages,
        in_force=folder.name == current,
        before=folder.name == before,
        whole=not checked or is_whole(folder),
        origin=own[-1].origin if own else "",
    )


def _time_of(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _counts(folder: Path) -> tuple[int, int]:
    """Documents and passages of a snapshot of any format, as its manifest tells."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return int(manifest["documents"]), int(manifest["chunks"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0, 0
