"""An index: chunks, their vectors, their tokens and their documents, by the same row numbers."""

from hyqa.index.build.building import (
    BuildResult,
    build_index,
    build_snapshot,
)
from hyqa.index.build.keeping import Loss
from hyqa.index.build.opening import Index, open_index
from hyqa.index.snapshots.staleness import is_stale, kept_documents

__all__ = [
    "BuildResult",
    "Index",
    "Loss",
    "build_index",
    "build_snapshot",
    "is_stale",
    "kept_documents",
    "open_index",
]
