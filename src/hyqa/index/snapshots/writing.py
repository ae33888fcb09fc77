"""Writing a snapshot: into a folder beside the others, synced, then named by its content."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hyqa.index.snapshots.files import sync_folder
from hyqa.types.errors import DAMAGED_INDEX, ConfigError, SnapshotError

STAGE = "stage-"
"""How folders begin that are being written, or removed."""
_TICK = 100_000_000
"""Nanoseconds; of file systems, only those of removable disks tell times less exactly."""
_MOST_HASHED = 4096
"""Files whose hashes are kept: a build looks at those of two snapshots five times."""
_hashed: dict[tuple[int, int, int, int, int], bytes] = {}
"""Hashes of files, by disk, number, size and the times of their last change."""


@dataclass(slots=True)
class Written:
    """A snapshot that is written: the ``folder`` to write it into, and its ``name`` when it is."""

    folder: Path
    name: str = ""


@contextmanager
def written_snapshot(root: Path) -> Iterator[Written]:
    """Give a folder to write a snapshot into; when the block ends well, it has its name.

    It is not in force: :func:`hyqa.index.snapshots.publish` makes it so.

    Raises:
        ConfigError: when nothing can be written there.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=root))
    except OSError as error:
        raise ConfigError(
            f"The index cannot be written to {root}: name a folder that can be, with --index."
        ) from error
    written = Written(stage)
    try:
        yield written
        written.name = _settle(root, stage)
    except (OSError, sqlite3.OperationalError) as error:  # SQLite tells of a full disk by its own
        raise unwritten(root) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def unwritten(root: Path) -> ConfigError:
    """What is told where the disk of an index takes no more."""
    return ConfigError(
        f"The index could not be written to {root}, and the old one stays in force:"
        " free some room on that disk, or name another folder with --index."
    )


def check_whole(snapshot: Path) -> None:
    """Make sure that a snapshot is what was written: its name is the hash of its content.

    Raises:
        SnapshotError: when it is not.
    """
    if not is_whole(snapshot):
        raise SnapshotError(DAMAGED_INDEX)


def is_whole(snapshot: Path) -> bool:
    """Whether a snapshot is what was written: its name is the hash of its content."""
    try:
        return _content_name(snapshot) == snapshot.name
    except OSError:
        return False


def remove_snapshot(snapshot: Path) -> None:
    """Remove a snapshot, first its name, so that a crash leaves no half of one."""
    doomed = snapshot.with_name(f"{STAGE}{snapshot.name}-removed")
    shutil.rmtree(doomed, ignore_errors=True)
    snapshot.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _settle(root: Path, stage: Path) -> str:
    """Sync a finished stage to disk and give it the name of its content."""
    _sync_files(stage)
    target = root / _content_name(stage)
    if target.exists() and not is_whole(target):  # damaged since it was written
        remove_snapshot(target)
    if not target.exists():
        stage.chmod(0o755)
        stage.rename(target)
    sync_folder(root)
    return target.name


def _content_name(folder: Path) -> str:
    digest = hashlib.sha256()
    for name, content in content_hashes(folder).items():
        digest.update(name.encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def content_hashes(folder: Path) -> dict[str, bytes]:
    """Hash the content of each file of a snapshot, by its name in the folder.

    Raises:
        OSError: when one cannot be read.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): _content_hash(path) for path in files}


def _content_hash(path: Path) -> bytes:
    """The hash of a file's content; of one that this process hashed and nobody wrote since, that one."""
    with path.open("rb") as file:
        state = os.fstat(file.fileno())
        told = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        if known := _hashed.get(told):
            return known
        begun = time.time_ns()
        found = hashlib.file_digest(file, "sha256").digest()
    # A file that is written again within a tick of the clock would look the same.
    if max(told[3:]) < begun - _TICK:
        if len(_hashed) >= _MOST_HASHED:
            _hashed.clear()
        _hashed[told] = found
    return found


def _sync_files(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("r+b") as file:  # Windows syncs only what may be written
                os.fsync(file.fileno())
