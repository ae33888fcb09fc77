"""Snapshots: an index is written beside the one in force, then made current by one rename.

A snapshot is a folder named by its content. The file ``CURRENT`` names the one in force; it is
replaced, never written in place, so a crash at any instant leaves the old index in force.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hyqa.errors import DAMAGED_INDEX, ConfigError, SnapshotError

_POINTER = "CURRENT"
_STAGE = "stage-"
_KEPT = 2
"""Snapshots that stay on disk: the one in force and the one before it."""
_ABANDONED = 3600
"""Seconds after which an untouched stage is what a crash left; another build writes more often."""


def current_snapshot(root: Path) -> Path:
    """Find the folder of the snapshot in force.

    Raises:
        SnapshotError: when there is none.
    """
    name = snapshot_name(root)
    folder = root / name
    if not name or not folder.is_dir():
        raise SnapshotError(f"There is no index in {root}: run `hyqa index` to build one.")
    return folder


def snapshot_name(root: Path) -> str:
    """Read the name of the snapshot in force, another one whenever the index has changed.

    It reads one small file, so a program that runs on may look every few seconds.

    Args:
        root: folder of the index.

    Returns:
        Sixteen hexadecimal digits; '' where no snapshot is named.
    """
    try:
        name = (root / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _is_snapshot(name) else ""


def snapshot_time(root: Path) -> datetime:
    """Say when the snapshot in force became so, in UTC: when its documents had been read.

    Raises:
        SnapshotError: when there is none.
    """
    try:
        return datetime.fromtimestamp((root / _POINTER).stat().st_mtime, UTC)
    except OSError as error:
        raise SnapshotError(
            f"There is no index in {root}: run `hyqa index` to build one."
        ) from error


def check_whole(snapshot: Path) -> None:
    """Make sure that a snapshot is what was written: its name is the hash of its content.

    Raises:
        SnapshotError: when it is not.
    """
    if _content_name(snapshot) != snapshot.name:
        raise SnapshotError(DAMAGED_INDEX)


@contextmanager
def new_snapshot(root: Path) -> Iterator[Path]:
    """Give a folder to write a snapshot into; when the block ends well, make it current.

    Raises:
        ConfigError: when nothing can be written there.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=root))
    except OSError as error:
        raise ConfigError(
            f"The index cannot be written to {root}: name a folder that can be, with --index."
        ) from error
    try:
        yield stage
        _make_current(root, _settle(root, stage))
    except OSError as error:
        raise ConfigError(
            f"The index could not be written to {root}, and the old one stays in force:"
            " free some room on that disk, or name another folder with --index."
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _remove_old(root)


def _settle(root: Path, stage: Path) -> Path:
    """Sync a finished stage to disk and give it the name of its content."""
    _sync_files(stage)
    target = root / _content_name(stage)
    if target.exists() and _content_name(target) != target.name:  # damaged since it was written
        damaged = stage.with_name(f"{stage.name}-damaged")
        target.rename(damaged)
        shutil.rmtree(damaged, ignore_errors=True)
    if not target.exists():
        stage.chmod(0o755)
        stage.rename(target)
    _sync_folder(root)
    return target


def _content_name(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _sync_files(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            _sync_folder(path)
        else:
            with path.open("r+b") as file:  # Windows syncs only what may be written
                os.fsync(file.fileno())


def _make_current(root: Path, snapshot: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=_POINTER, dir=root)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(snapshot.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.utime(snapshot)
    Path(name).chmod(0o644)
    Path(name).replace(root / _POINTER)
    _sync_folder(root)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and renames are journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_old(root: Path) -> None:
    """Remove all but the newest snapshots; a reader of an older one keeps its open files.

    What builds that were killed left behind goes as well.
    """
    entries = sorted(root.iterdir(), key=lambda path: -path.stat().st_mtime_ns)
    snapshots = [path for path in entries if path.is_dir() and _is_snapshot(path.name)]
    abandoned = [path for path in entries if _is_abandoned(path)]
    for path in [*snapshots[_KEPT:], *abandoned]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_abandoned(path: Path) -> bool:
    temporary = path.name.startswith((_STAGE, _POINTER)) and path.name != _POINTER
    return temporary and path.stat().st_mtime < time.time() - _ABANDONED


def _is_snapshot(name: str) -> bool:
    return len(name) == 16 and all(character in "0123456789abcdef" for character in name)
