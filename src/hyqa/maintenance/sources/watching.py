"""Telling when the files of a corpus have changed."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from hyqa.index.snapshots.files import TEMPORARY
from hyqa.maintenance.sources.history import HISTORY

LONGEST = 30.0
"""Seconds after which a build begins though files go on changing."""
_STEP = 100
_NEVER_READ = (".git", HISTORY, "__pycache__")


def changes(
    folders: Sequence[Path], stop: threading.Event, *, settle: float = 2.0
) -> Iterator[None]:
    """Yield whenever files of folders have changed, and then nothing has for a while.

    What changes while the caller is busy is told once it asks again.

    Args:
        folders: which are looked into, with all that is below.
        stop: ends it when it is set.
        settle: seconds without a change after which it is told.
    """
    steps = max(_STEP, int(settle * 1000))
    for _ in watch(
        *folders,
        watch_filter=_matters,
        debounce=int(LONGEST * 1000),
        step=steps,
        stop_event=stop,
        raise_interrupt=True,
    ):
        yield


def _matters(change: Change, path: str) -> bool:
    parts = Path(path).parts
    return not any(part in _NEVER_READ or part.startswith((TEMPORARY, "~$")) for part in parts)
