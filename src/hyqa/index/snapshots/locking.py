"""Locks between processes; of an index's folder: one build at a time, one switch at a time.

The system holds them, and releases those of a process that dies. Who holds one of an index stands
in a file beside it, to be told to whoever comes in vain.
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

from hyqa.types.errors import ConfigError, SnapshotError

BUILD, SWITCH = "build", "switch"
"""Names of the locks. They differ, so that a build that takes long lets go back meanwhile."""


class Holder(msgspec.Struct, frozen=True):
    """Who holds a lock: a process, its machine, what it does, since when in UTC."""

    process: int
    machine: str
    what: str
    since: datetime


class Busy(Exception):
    """Another process, or another thread, holds a lock."""


@contextmanager
def locked(file: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a file.

    Args:
        file: the lock's, which stays there afterwards; its folder is made where there is none.
        wait: seconds to wait for another who holds it; below 0, as long as it takes.

    Raises:
        Busy: when another one holds it.
        ConfigError: when its folder cannot be written.
    """
    own = FileLock(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        own.acquire(timeout=wait)
    except Timeout:
        raise Busy from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or "its disk knows no locks"
        raise ConfigError(f"{file.parent} cannot be written to: {reason}.") from error
    try:
        yield
    finally:
        own.release()


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
    with contextlib.ExitStack() as held_now:
        try:
            held_now.enter_context(locked(file, wait=wait))
        except Busy:
            raise SnapshotError(_refusal(root, lock, note)) from None
        except ConfigError as error:
            raise ConfigError(
                f"The index cannot be written to {root}: name a folder that can be, with --index."
            ) from error
        _tell(note, what)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                note.unlink(missing_ok=True)


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
