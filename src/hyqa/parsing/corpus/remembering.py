"""Records that can be made again, kept on disk so that what has not changed costs a hash.

A file of SQLite holds them by kind and key. One that cannot be read or written costs time, never
the result; what nobody asked for in a while goes.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from hyqa.parsing.corpus.reading import Job, read_bytes
from hyqa.parsing.corpus.wire import WireError, pack_job
from hyqa.parsing.formats import parser_versions
from hyqa.types import Document
from hyqa.types.errors import ParseError

FILE = "documents.sqlite"
"""In the cache folder."""
DAYS = 30
"""Days after which a record that nobody asked for goes: a branch may be looked at again so late."""
_DAY = 86_400
"""Seconds."""
_PART = 500
"""Keys that are asked for at a time: SQLite takes some thousands."""
_WRITTEN = 50
"""Records that are written at a time: what a stop may lose."""
_WAIT = 30.0
"""Seconds to wait for another process that writes."""
_READ = "read"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL, key BLOB NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
_MAKERS = ("parsing", "text", "types", "index")
"""Folders of this library whose code makes the records."""
_LIBRARIES = ("rjieba", "opencc", "PyStemmer")
"""Distributions that make them, too, beside those of the parsers."""
_PACKAGE = Path(__file__).parents[2]
_T = TypeVar("_T")


class Memory:
    """Records by kind and key, for one build; close it after use.

    Args:
        folder: the cache folder; without one, nothing is remembered.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / FILE if folder else None
        self._today = int(time.time() // _DAY)
        self._new: list[tuple[str, bytes, int, bytes]] = []
        self._used: list[tuple[int, str, bytes]] = []
        self._connection = self._opened()

    def fetch(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Look records up; those that are not there are left out."""
        found: dict[bytes, bytes] = {}
        wanted = list(dict.fromkeys(keys))
        for first in range(0, len(wanted), _PART):
            part = wanted[first : first + _PART]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, value, used FROM records WHERE kind = ? AND key IN ({marks})"
            for key, value, used in self._rows(query, (kind, *part)):
                found[key] = value
                self._used += [(self._today, kind, key)] if used != self._today else []
        return found

    def keep(self, kind: str, key: bytes, value: bytes) -> None:
        """Remember a record; a few are written at a time, so that a stop loses no more."""
        self._new.append((kind, key, self._today, value))
        if len(self._new) >= _WRITTEN:
            self._write()

    def close(self) -> None:
        """Write what is left, once a day remove what nobody asked for in a while."""
        self._write()
        self._change("UPDATE records SET used = ? WHERE kind = ? AND key = ?", self._used)
        self._used = []
        for (pruned,) in self._rows("PRAGMA user_version"):
            if pruned != self._today:
                self._change("DELETE FROM records WHERE used < ?", [(self._today - DAYS,)])
                self._change(f"PRAGMA user_version = {self._today}", [()])
        if self._connection:
            self._connection.close()
            self._connection = None

    def _write(self) -> None:
        rows, self._new = self._new, []
        self._change("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", rows)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._connection.execute(query, values).fetchall() if self._connection else []
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _change(self, query: str, rows: Sequence[Sequence[object]]) -> None:
        try:
            if self._connection and rows:
                with self._connection:
                    self._connection.executemany(query, rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file; one that is no database any more is begun anew next time."""
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        if self._path and not isinstance(error, sqlite3.OperationalError):
            self._path.unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=_WAIT)
            self._connection.execute("PRAGMA synchronous = OFF")  # lost, it is made again
            self._connection.executescript(_SCHEMA)
        except OSError:
            return None
        except sqlite3.Error as error:
            self._give_up(error)
        return self._connection


class FileKey(NamedTuple):
    """What a file's document is found by, and the hash of the content; both b'' and '' for none."""

    key: bytes = b""
    sha256: str = ""


class KnownFile(NamedTuple):
    """What is known of a file before it is read: its key, and the document where it was read before."""

    key: FileKey = FileKey()
    document: Document | None = None


class ReadBefore:
    """Documents that were read before, by all that they were read from.

    Args:
        memory: holds them.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def key(self, job: Job) -> FileKey:
        """The key of a file's document; none where the file cannot be read, or is too large."""
        try:
            content = hashlib.sha256(read_bytes(Path(os.fsdecode(job.path))))
            key = key_of(pack_job(replace(job, path=b"")), content.digest())
            return FileKey(key, content.hexdigest())
        except (OSError, ParseError, WireError):
            return FileKey()

    def known(self, jobs: Iterable[Job]) -> dict[str, KnownFile]:
        """The keys of files, and the documents of those that were read before, by their names."""
        keys = {job.name: self.key(job) for job in jobs}
        found = self._memory.fetch(_READ, [one.key for one in keys.values() if one.key])
        documents = msgspec.msgpack.Decoder(Document)
        return {
            name: KnownFile(key, decoded(documents, found.get(key.key)))
            for name, key in keys.items()
        }

    def keep(self, key: FileKey, document: Document) -> None:
        """Remember what was read, unless the file has changed since its key was made."""
        if key.key and key.sha256 == document.sha256:
            self._memory.keep(_READ, key.key, msgspec.msgpack.encode(document))


def decoded(decoder: "msgspec.msgpack.Decoder[_T]", record: bytes | None) -> _T | None:
    """Read what a record holds; None of one that is not there, or cannot be read."""
    try:
        return decoder.decode(record) if record is not None else None
    except (msgspec.MsgspecError, ValueError):
        return None


def key_of(*parts: bytes) -> bytes:
    """Make the key of a record from all that it depends on, this library's code included."""
    digest = hashlib.blake2b(_made_by(), digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


@cache
def _made_by() -> bytes:
    """A checksum of what makes records: libraries, and the code itself, which is changed at times."""
    versions = [*parser_versions().items(), *map(version, _LIBRARIES)]
    return hashlib.blake2b(repr(versions).encode() + checksum_of_code(*_MAKERS)).digest()


def checksum_of_code(*parts: str) -> bytes:
    """A checksum of parts of this library, code and data: of a folder, or of a module at its top."""
    digest = hashlib.blake2b()
    for part in parts:
        place = _PACKAGE / part
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.suffix in (".py", ".toml", ".txt", ".json"):
                digest.update(path.read_bytes())
    return digest.digest()
