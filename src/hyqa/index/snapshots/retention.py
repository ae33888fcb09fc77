"""Which snapshots stay on disk."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hyqa.index.snapshots.files import TEMPORARY
from hyqa.index.snapshots.listing import SnapshotInfo, list_snapshots
from hyqa.index.snapshots.pointer import POINTER
from hyqa.index.snapshots.writing import STAGE, remove_snapshot

_ABANDONED = 3600
"""Seconds after which an untouched stage is what a crash left; another build writes more often."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Which snapshots stay beside the one in force and the one before it, which always do."""

    newest: int = 5
    """That many of the newest. One of the shipped corpus takes 44 MB."""
    days: int = 7
    """The newest of each of that many days, the last ones on which any was built: what was noticed
    late can be gone back behind, and a corpus that changes every minute fills no disk."""


def doomed(snapshots: Sequence[SnapshotInfo], retention: Retention) -> list[str]:
    """Choose the snapshots to remove.

    Args:
        snapshots: all there are, the newest first.
        retention: what stays.
    """
    kept = {one.name for one in snapshots if one.in_force or one.before}
    kept |= {one.name for one in snapshots[: retention.newest]}
    of_day: dict[object, str] = {}
    for one in snapshots:
        of_day.setdefault(one.built.date(), one.name)
    kept |= set(list(of_day.values())[: retention.days])
    return [one.name for one in snapshots if one.name not in kept]


def tidy(root: Path, retention: Retention) -> None:
    """Remove snapshots that need not stay, and what builds that were killed left behind.

    A reader of one that goes keeps its open files. What cannot be removed stays.
    """
    for name in doomed(list_snapshots(root, checked=False), retention):
        try:
            remove_snapshot(root / name)
        except OSError:
            continue
    for path in root.iterdir():
        if _is_abandoned(path):
            _remove(path)


def _is_abandoned(path: Path) -> bool:
    temporary = path.name.startswith((STAGE, TEMPORARY, POINTER)) and path.name != POINTER
    try:
        return temporary and path.stat().st_mtime < time.time() - _ABANDONED
    except OSError:  # another process was quicker
        return False


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
