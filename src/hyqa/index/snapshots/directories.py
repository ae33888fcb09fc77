"""The parks and chains of a snapshot: a file each, which is there only where a corpus has some."""

from pathlib import Path

import msgspec

from hyqa.types import Directory
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

PARKS, CHAINS = "parks.json", "chains.json"


def write_directory(folder: Path, name: str, directory: Directory) -> None:
    """Write parks or chains into a snapshot's folder; nothing where there are none."""
    if directory.entries:
        (folder / name).write_bytes(msgspec.json.format(msgspec.json.encode(directory), indent=1))


def read_directory(folder: Path, name: str) -> Directory:
    """Read a snapshot's parks or chains.

    Raises:
        SnapshotError: when the file is there and damaged.
    """
    path = folder / name
    if not path.is_file():
        return Directory()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Directory)
    except (OSError, msgspec.DecodeError) as error:
        raise SnapshotError(DAMAGED_INDEX) from error
