"""What became of an index's snapshots, in the order in which it happened: ``history.jsonl``.

A snapshot is named by its content and cannot say when it was built or put in force. The history
does, a line of JSON for each event. Lines are only added; one that a crash tore is skipped. The
order of the lines counts, not their times: a clock may jump. Without the file, an index works as
well, and its snapshots are as old as their folders.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

FILE = "history.jsonl"
_MAX_BYTES = 4_000_000
"""What is read of the file, from its end: some 30,000 events."""


class Kind(StrEnum):
    """What happened to a snapshot."""

    BUILT = "built"
    PUBLISHED = "published"
    """Put in force as the newest."""
    ROLLED_BACK = "rolled back"
    """Put in force again, in the place of a newer one."""


class Event(msgspec.Struct, frozen=True):
    """What happened to a snapshot, and when; ``origin`` tells what did it, such as a command."""

    time: datetime
    kind: Kind
    snapshot: str
    origin: str = ""


def record(
    root: Path, kind: Kind, snapshot: str, origin: str = "", when: datetime | None = None
) -> None:
    """Add an event to the history of an index.

    Args:
        root: folder of the index.
        kind: what happened.
        snapshot: name of the snapshot.
        origin: what did it.
        when: in UTC; now where it is not given.

    Raises:
        OSError: when it cannot be written.
    """
    line = msgspec.json.encode(
        Event(when or datetime.fromtimestamp(time.time(), UTC), kind, snapshot, origin)
    )
    descriptor = os.open(root / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            line = line if file.read(1) == b"\n" else b"\n" + line  # after a torn line
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())


def events(root: Path) -> list[Event]:
    """Read the history of an index, the oldest event first; [] where there is none."""
    try:
        with (root / FILE).open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - _MAX_BYTES, 0))
            return list(_readable(file.read()))
    except OSError:
        return []


def line_in(history: list[Event]) -> list[str]:
    """Follow what was put in force.

    Going back to a snapshot drops those that came after it, as if they had never been in force:
    the one before it is the one that it replaced.

    Returns:
        Names of snapshots, each before the one that replaced it; the last one is in force.
    """
    line: list[str] = []
    for event in history:
        if event.kind is Kind.BUILT:
            continue
        if event.kind is Kind.ROLLED_BACK and event.snapshot in line:
            line = line[: line.index(event.snapshot) + 1]
        else:
            line = [*(name for name in line if name != event.snapshot), event.snapshot]
    return line


def _readable(data: bytes) -> Iterator[Event]:
    decoder = msgspec.json.Decoder(Event)
    for line in data.splitlines():
        try:
            event = decoder.decode(line)
        except (msgspec.MsgspecError, ValueError):
            continue
        if event.time.tzinfo is not None:
            yield event
