"""An index: chunks, their vectors, their tokens and their documents, by the same row numbers."""

from hyqa.index.build.building import (
    BuildResult,
    Report,
    build_index,
    build_snapshot,
    is_stale,
)
from hyqa.index.build.keeping import Loss
from hyqa.index.build.opening import Index, kept_documents, open_index

__all__ = [
    "BuildResult",
    "Index",
    "Loss",
    "Report",
    "build_index",
    "build_snapshot",
    "is_stale",
    "kept_documents",
    "open_index",
]
