"""Snapshots: an index is written beside the one in force, then put in force by one rename.

A snapshot is a folder named by its content. The file ``CURRENT`` names the one in force,
``history.jsonl`` tells what became of all of them.
"""

from hyqa.index.snapshots.listing import SnapshotInfo, list_snapshots
from hyqa.index.snapshots.pointer import (
    current_snapshot,
    find_snapshot,
    snapshot_name,
    snapshot_time,
)
from hyqa.index.snapshots.retention import Retention
from hyqa.index.snapshots.switching import note_built, publish, rollback
from hyqa.index.snapshots.writing import Written, check_whole, written_snapshot

__all__ = [
    "Retention",
    "SnapshotInfo",
    "Written",
    "check_whole",
    "current_snapshot",
    "find_snapshot",
    "list_snapshots",
    "note_built",
    "publish",
    "rollback",
    "snapshot_name",
    "snapshot_time",
    "written_snapshot",
]
