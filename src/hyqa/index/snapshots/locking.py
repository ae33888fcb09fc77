"""Locks of an index's folder: one build at a time, one switch at a time.

The system holds them, and releases those of a process that dies. Who holds one stands in a file
beside it, to be told to whoever comes in vain.
"""

import contextlib
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from hyqa.errors import ConfigError, SnapshotError

BUILD, SWITCH = "build", "switch"
"""Names of the locks. They differ, so that a build that takes long lets go back meanwhile."""


class Holder(msgspec.Struct, frozen=True):
    """Who holds a lock: a process, its machine, what it does, since when in UTC."""

    process: int
    machine: str
    what: str
    since: datetime


@contextmanager
def held(root: Path, lock: str, what: str, *, wait: float = 0.0) -> Iterator[None]:
    """Hold a lock of an index's folder.

    Args:
        root: the folder, which is made where there is none.
        lock: ``BUILD`` or ``SWITCH``.
        what: what is done meanwhile, such as a command.
        wait: seconds to wait for another who holds it.

    Raises:
        SnapshotError: when another process holds it; the message names it.
        ConfigError: when the folder cannot be written.
    """
    file, note = root / f"{lock}.lock", root / f"{lock}.holder"
    own = FileLock(file)
    try:
        root.mkdir(parents=True, exist_ok=True)
        own.acquire(timeout=wait)
    except Timeout:
        raise SnapshotError(_refusal(root, lock, note)) from None
    except (OSError, NotImplementedError) as error:
        raise ConfigError(
            f"The index cannot be written to {root}: name a folder that can be, with --index."
        ) from error
    try:
        _tell(note, what)
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)
        own.release()


def _tell(note: Path, what: str) -> None:
    holder = Holder(os.getpid(), platform.node(), what, datetime.fromtimestamp(time.time(), UTC))
    with contextlib.suppress(OSError):  # the lock holds without it
        note.write_bytes(msgspec.json.encode(holder))


def _refusal(root: Path, lock: str, note: Path) -> str:
    doing = "built" if lock == BUILD else "switched"
    try:
        holder = msgspec.json.decode(note.read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError, ValueError):
        return f"The index in {root} is being {doing} by another process: wait until it is done."
    return (
        f"The index in {root} is being {doing} by `{holder.what}`, process {holder.process} on"
        f" {holder.machine}, since {holder.since:%Y-%m-%d %H:%M} UTC: wait until it is done."
    )
