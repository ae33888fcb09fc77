"""Writing files whole or not at all, and one program at a time."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from hyqa.errors import ConfigError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None

TEMPORARY = ".hyqa-"
"""How the names of files begin that are being written; what begins with a dot is no document."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever looks sees the old content or the new one, also after a crash.

    Raises:
        OSError: It cannot be written; the old content stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that names in a folder outlast a loss of power, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("ab")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written to: {error.strerror}.") from error
    with file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
            except OSError as error:
                raise ConfigError(
                    f"Another program is {doing} in {folder}: wait until it has ended."
                ) from error
        yield
