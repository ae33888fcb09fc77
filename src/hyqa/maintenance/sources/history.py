"""What became of each document of a corpus: every file that was replaced or removed is kept.

``.history/DOCUMENT/`` in the corpus's folder holds the files, and ``.history/log.jsonl`` a line for
each change, which is only ever added to. Nothing of it is read into an index.
"""

import hashlib
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec

from hyqa.index.snapshots.files import sync_folder, write_whole

HISTORY = ".history"
_LOG = "log.jsonl"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a document.

    ``time`` is ISO 8601 in UTC. ``kept`` names the file that went, '' where none did; ``sha256``
    is its hash, else that of the file that came. ``fields`` are those of ``sources.toml`` that
    went with it.
    """

    time: str
    action: str
    document: str
    sha256: str
    kept: str = ""
    reason: str = ""
    fields: Mapping[str, object] | None = None


class History:
    """The changes of a corpus's documents."""

    def __init__(self, corpus: Path) -> None:
        """Use a corpus's folder."""
        self.folder = corpus / HISTORY

    def note(self, event: Event) -> None:
        """Write a change down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / _LOG
        # A line that a crash has cut must not take the next one along.
        torn = path.is_file() and path.stat().st_size > 0 and path.read_bytes()[-1:] != b"\n"
        with path.open("ab") as file:
            file.write((b"\n" if torn else b"") + msgspec.json.encode(event) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self.folder)

    def keep(self, document: str, data: bytes, when: datetime) -> str:
        """Keep a file that is about to go; return the name under which it lies."""
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = f"{when:%Y%m%dT%H%M%S%f}Z-{digest}{PurePosixPath(document).suffix}"
        write_whole(self.folder / document / name, data)
        return name

    def kept(self, document: str, name: str) -> bytes:
        """Read a file that was kept.

        Raises:
            OSError: It is gone.
        """
        return (self.folder / document / name).read_bytes()

    def events(self, document: str = "") -> tuple[Event, ...]:
        """All changes of a document, or of all of them, the oldest first."""
        try:
            lines = (self.folder / _LOG).read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        events: list[Event] = []
        for line in lines:
            try:
                event = msgspec.json.decode(line, type=Event)
            except msgspec.MsgspecError:  # cut by a crash
                continue
            if document in ("", event.document):
                events.append(event)
        return tuple(events)
