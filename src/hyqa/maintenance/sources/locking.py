"""One program at a time at a folder of documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hyqa.index.snapshots.locking import Busy, locked
from hyqa.types.errors import ConfigError

_FILE = ".lock"
_FOREVER = -1.0


@contextmanager
def alone(folder: Path, doing: str, *, waiting: bool = False) -> Iterator[None]:
    """Keep other programs from changing a folder meanwhile; the system ends it with the process.

    Args:
        folder: what is changed.
        doing: what changes it, to be told to whoever comes second.
        waiting: whether to wait for another program's end rather than to be told.

    Raises:
        ConfigError: Another program is at it, or nothing can be written there.
    """
    try:
        with locked(folder / _FILE, wait=_FOREVER if waiting else 0.0):
            yield
    except Busy:
        raise ConfigError(
            f"Another program is {doing} in {folder}: wait until it has ended."
        ) from None
