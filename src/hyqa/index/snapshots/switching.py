"""Putting a snapshot in force: a newer one, or an older one again."""

from pathlib import Path

from hyqa.index.snapshots.history import Kind, events, line_in, record
from hyqa.index.snapshots.listing import name_before
from hyqa.index.snapshots.locking import SWITCH, held
from hyqa.index.snapshots.manifest import Manifest
from hyqa.index.snapshots.pointer import (
    find_snapshot,
    no_index,
    point_to,
    snapshot_name,
    snapshot_time,
)
from hyqa.index.snapshots.retention import Retention, tidy
from hyqa.index.snapshots.writing import check_whole, unwritten
from hyqa.types.errors import SnapshotError

_WAIT = 30.0
"""Seconds to wait for another switch, which takes parts of one."""


def note_built(root: Path, name: str, origin: str) -> None:
    """Record that a snapshot was built.

    Raises:
        ConfigError: when the disk takes no more.
    """
    try:
        record(root, Kind.BUILT, name, origin)
    except OSError as error:
        raise unwritten(root) from error


def publish(
    root: Path,
    name: str,
    *,
    origin: str = "",
    instead_of: str | None = None,
    retention: Retention = Retention(),  # noqa: B008 - frozen
) -> None:
    """Put a snapshot in force as the newest one, and remove those that need not stay.

    Args:
        root: folder of the index.
        name: of the snapshot, see :func:`hyqa.index.build.build_snapshot`.
        origin: what does it, such as a command.
        instead_of: name of the only snapshot that it may replace, '' for none: another one that is
            in force by now stays. Any is replaced where it is not given.
        retention: which snapshots stay.

    Raises:
        SnapshotError: when there is no such snapshot, it is not whole or of another format, or
            another one than ``instead_of`` is in force; the old one stays in force.
        ConfigError: when the disk takes no more, or the folder cannot be written.
    """
    with held(root, SWITCH, origin or "publish", wait=_WAIT):
        _check_unchanged(root, name, instead_of)
        _put_in_force(root, _fit(root, name), Kind.PUBLISHED, origin)
        tidy(root, retention)


def rollback(root: Path, name: str | None = None, *, origin: str = "") -> str:
    """Put an older snapshot in force again.

    A snapshot that was never in force can be named, too.

    Args:
        root: folder of the index.
        name: of the snapshot, or how it begins; the one before where none is named.
        origin: what does it, such as a command.

    Returns:
        The name of the snapshot that is in force now.

    Raises:
        SnapshotError: when there is no such snapshot, it is not whole or of another format; the
            old one stays in force.
        ConfigError: when the disk takes no more, or the folder cannot be written.
    """
    if not snapshot_name(root):
        raise no_index(root)
    with held(root, SWITCH, origin or "rollback", wait=_WAIT):
        chosen = _fit(root, name or _before(root))
        _put_in_force(root, chosen, Kind.ROLLED_BACK, origin)
    return chosen


def _check_unchanged(root: Path, name: str, instead_of: str | None) -> None:
    current = snapshot_name(root)
    if instead_of is not None and current not in (instead_of, name):
        raise SnapshotError(
            f"Another snapshot, {current}, came into force meanwhile, and stays: look at"
            f" `hyqa snapshots`, and put the new one in force by `hyqa rollback {name}`."
        )


def _before(root: Path) -> str:
    if before := name_before(root):
        return before
    raise SnapshotError(
        f"No snapshot in {root} was in force before this one: `hyqa snapshots` lists what there is."
    )


def _fit(root: Path, name: str) -> str:
    """The whole name of a snapshot that can be opened."""
    folder = find_snapshot(root, name)
    Manifest.load(folder)
    try:
        check_whole(folder)
    except SnapshotError as error:
        raise SnapshotError(
            f"The snapshot {folder.name} is damaged, and cannot be put in force:"
            " name another one of `hyqa snapshots`, or run `hyqa index` to build one."
        ) from error
    return folder.name


def _put_in_force(root: Path, name: str, kind: Kind, origin: str) -> None:
    try:
        _mend_history(root)
        if snapshot_name(root) != name or kind is Kind.PUBLISHED:
            point_to(root, name)
            record(root, kind, name, origin)
    except OSError as error:
        raise unwritten(root) from error


def _mend_history(root: Path) -> None:
    """Record that the snapshot in force is so, if a crash or an older hyqa did not."""
    current, told = snapshot_name(root), line_in(events(root))
    if current and current != (told[-1] if told else ""):
        kind = Kind.ROLLED_BACK if current in told else Kind.PUBLISHED
        record(root, kind, current, when=snapshot_time(root))
