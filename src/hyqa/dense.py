"""Search by meaning: exact inner products over unit vectors, with FAISS."""

from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from hyqa.encoding import Vectors
from hyqa.errors import DAMAGED_INDEX, SnapshotError

_FILE = "dense.faiss"
CENTRE_SAMPLE = 1000
"""Rows of which a mean is taken: a thousand tell it to a hundredth of what it differs by."""
SAMPLE = 512
"""Vectors, evenly spaced, that stand for all where only their usual likeness matters."""


class DenseIndex:
    """Vectors by row number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Index vectors of shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(
        self, vector: Vectors, top_k: int, *, among: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Rows nearest to a vector of shape (dimension,), best first.

        Args:
            vector: what to search for.
            top_k: number of rows at most.
            among: which rows may be found; all where it is not given.
        """
        parameters = None
        if among is not None:
            chosen = faiss.IDSelectorBatch(np.flatnonzero(among))
            parameters = faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
        nearest = min(top_k, len(self))
        _, rows = self._index.search(vector.reshape(1, -1), nearest, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)

    def centre(self, rows: NDArray[np.int64]) -> Vectors:
        """Mean vector of some rows, of at most ``CENTRE_SAMPLE`` of them, evenly chosen."""
        sample = rows[:: max(1, -(-len(rows) // CENTRE_SAMPLE))]
        return np.asarray(self._index.reconstruct_batch(sample).mean(axis=0), dtype=np.float32)

    def scores(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosines of a vector with the given rows."""
        return np.asarray(self._index.reconstruct_batch(rows) @ vector, dtype=np.float32)

    def usual(self, vector: Vectors) -> float:
        """Mean cosine of a vector with the indexed ones: what a passage of no interest reaches."""
        return float(self._sample.mean(axis=0) @ vector)

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the indexed vectors' cosines with one another, above 0.

        The unit in which a cosine says something: encoders differ in how far theirs range.
        """
        cosines = self._sample @ self._sample.T
        return max(float(np.std(cosines, axis=0).mean()), float(np.finfo(np.float32).eps))

    @cached_property
    def _sample(self) -> Vectors:
        rows = np.unique(np.linspace(0, len(self) - 1, min(SAMPLE, len(self))).astype(np.int64))
        return np.asarray(self._index.reconstruct_batch(rows), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into a folder.

        Raises:
            OSError: when it cannot be written.
        """
        try:
            faiss.write_index(self._index, str(folder / _FILE))
        except RuntimeError as error:  # what FAISS says of a full disk
            raise OSError(str(error)) from error

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Read an index that :meth:`save` wrote.

        Raises:
            SnapshotError: when it is missing or damaged.
        """
        try:
            return cls(faiss.read_index(str(folder / _FILE)))
        except RuntimeError as error:
            raise SnapshotError(DAMAGED_INDEX) from error
