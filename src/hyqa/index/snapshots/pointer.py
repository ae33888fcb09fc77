"""Which snapshot is in force: the file ``CURRENT`` names it.

It is replaced, never written in place, so a crash at any instant leaves the old index in force.
"""

from datetime import UTC, datetime
from pathlib import Path

from hyqa.index.snapshots.files import write_whole
from hyqa.types.errors import SnapshotError

POINTER = "CURRENT"


def current_snapshot(root: Path) -> Path:
    """Find the folder of the snapshot in force.

    Raises:
        SnapshotError: when there is none.
    """
    name = snapshot_name(root)
    folder = root / name
    if not name or not folder.is_dir():
        raise no_index(root)
    return folder


def find_snapshot(root: Path, name: str) -> Path:
    """Find the folder of a snapshot, in force or not.

    Args:
        root: folder of the index.
        name: of the snapshot, or how it begins, as long as no other begins so.

    Raises:
        SnapshotError: when there is none of that name, or there are several.
    """
    found = [folder for folder in snapshot_folders(root) if name and folder.name.startswith(name)]
    if len(found) != 1:
        which = "several snapshots begin so" if found else "there is no such snapshot"
        raise SnapshotError(f"{name!r}: {which} in {root}; `hyqa snapshots` lists them.")
    return found[0]


def snapshot_folders(root: Path) -> list[Path]:
    """List the folders of all snapshots, in force or not, by name."""
    try:
        return sorted(path for path in root.iterdir() if is_name(path.name) and path.is_dir())
    except OSError:
        return []


def snapshot_name(root: Path) -> str:
    """Read the name of the snapshot in force, another one whenever the index has changed.

    It reads one small file, so a program that runs on may look every few seconds.

    Args:
        root: folder of the index.

    Returns:
        Sixteen hexadecimal digits; '' where no snapshot is named.
    """
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if is_name(name) else ""


def snapshot_time(root: Path) -> datetime:
    """Say when the snapshot in force became so, in UTC: when its documents had been read.

    Raises:
        SnapshotError: when there is none.
    """
    try:
        return datetime.fromtimestamp((root / POINTER).stat().st_mtime, UTC)
    except OSError as error:
        raise no_index(root) from error


def point_to(root: Path, name: str) -> None:
    """Make a snapshot the one in force, by one rename.

    Raises:
        OSError: when the pointer cannot be written; the old one stays.
    """
    write_whole(root / POINTER, f"{name}\n".encode())


def is_name(name: str) -> bool:
    """Whether a snapshot may have that name: sixteen hexadecimal digits."""
    return len(name) == 16 and all(character in "0123456789abcdef" for character in name)


def no_index(root: Path) -> SnapshotError:
    """What is told where no snapshot is in force."""
    return SnapshotError(f"There is no index in {root}: run `hyqa index` to build one.")
