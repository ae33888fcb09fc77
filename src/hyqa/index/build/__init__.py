"""An index: chunks, their vectors, their tokens and their documents, by the same row numbers."""

from hyqa.index.build.building import (
    BuildResult,
    Report,
    build_index,
    build_snapshot,
    is_stale,
)
from hyqa.index.build.opening import Index, open_index

__all__ = [
    "BuildResult",
    "Index",
    "Report",
    "build_index",
    "build_snapshot",
    "is_stale",
    "open_index",
]
