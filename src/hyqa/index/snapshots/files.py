"""Writing a file whole or not at all, whatever stops the writer, and opening one that nobody writes."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

TEMPORARY = ".hyqa-"
"""How the names of files begin that are being written; what begins with a dot is no document."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever looks sees the old content or the new one, also after a crash.

    Args:
        path: of the file; its folder is made where there is none.
        data: all of its content.

    Raises:
        OSError: It cannot be written; the old content stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that names in a folder outlast a loss of power."""
    if os.name == "nt":  # folders cannot be opened there, and renames are journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_read_only(file: Path) -> sqlite3.Connection:
    """Open a file of a snapshot, which nobody writes any more; threads may share the connection.

    Raises:
        sqlite3.Error: when it is missing.
    """
    return sqlite3.connect(_address(file), uri=True, check_same_thread=False)


@contextmanager
def side_by_side(old: Path, new: Path) -> Iterator[sqlite3.Connection]:
    """Open a file of two snapshots each in one connection, whose tables are those of ``old`` and ``new``.

    Raises:
        sqlite3.Error: when one is missing.
    """
    with closing(sqlite3.connect(":memory:", uri=True)) as both:
        for name, file in (("old", old), ("new", new)):
            both.execute(f"ATTACH ? AS {name}", (_address(file),))
        yield both


def _address(file: Path) -> str:
    """What SQLite calls a file that nobody writes any more."""
    return f"{file.resolve().as_uri()}?mode=ro&immutable=1"
