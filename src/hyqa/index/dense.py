"""Search by meaning: exact inner products over unit vectors, with FAISS."""

from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from hyqa.errors import DAMAGED_INDEX, SnapshotError
from hyqa.models import Vectors

_FILE = "dense.faiss"
CENTRE_SAMPLE = 1000
"""Rows of which a mean is taken: a thousand tell it to a hundredth of what it differs by."""
KEPT = 8
"""Vectors whose cosines are kept: a question is compared with foreseen ones as it is heard and as
it is searched for, and a few are answered at once. Of 30,000 rows each takes 0.1 MB."""
SAMPLE = 512
"""Vectors, evenly spaced, that stand for all where only their usual likeness matters."""


def highest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest values, in no order; of equal ones the first.

    The places that numpy's partition gives for equal values differ from processor to processor.
    """
    count = min(count, len(values))
    if not count:
        return np.empty(0, np.int64)
    least = -np.partition(-values, count - 1)[count - 1]
    above = np.flatnonzero(values > least)
    return np.concatenate([above, np.flatnonzero(values == least)[: count - len(above)]])


class DenseIndex:
    """Vectors by row number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self._products = lru_cache(KEPT)(partial(_products, index))

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

    def centre(self, rows: NDArray[np.int64]) -> Vectors:
        """Compute the mean vector of some rows, of at most ``CENTRE_SAMPLE`` of them, evenly chosen."""
        sample = rows[:: max(1, -(-len(rows) // CENTRE_SAMPLE))]
        return np.asarray(self._index.reconstruct_batch(sample).mean(axis=0), dtype=np.float32)

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """Read the vectors of some rows, of shape (rows, dimension)."""
        return np.asarray(self._index.reconstruct_batch(np.asarray(rows, np.int64)), np.float32)

    def cosines(self, vector: Vectors) -> NDArray[np.float32]:
        """Compute the cosine of a vector of shape (dimension,) with every row.

        In one thread: those of numpy's BLAS and those of the encoder, which spin for a while after
        a question, would wait for each other, ten times as long as the products take.
        """
        asked = np.ascontiguousarray(vector, dtype=np.float32)
        if asked.shape != (self.dimension,):
            raise ValueError(f"a vector of {asked.shape} where rows have {self.dimension} numbers")
        return self._products(asked.tobytes()).copy()

    def usual(self, vector: Vectors) -> float:
        """Compute the mean cosine of a vector with the indexed ones: what a passage of no interest reaches."""
        return float(self._middle @ vector)

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the indexed vectors' cosines with one another, above 0.

        The unit in which a cosine says something: encoders differ in how far theirs range.
        """
        cosines = self._sample @ self._sample.T
        return max(float(np.std(cosines, axis=0).mean()), float(np.finfo(np.float32).eps))

    @cached_property
    def _middle(self) -> Vectors:
        return np.asarray(self._sample.mean(axis=0), dtype=np.float32)

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


def _products(index: faiss.Index, vector: bytes) -> NDArray[np.float32]:
    """Inner products of a vector, given as its bytes, with all rows."""
    asked = np.frombuffer(vector, np.float32)
    found = np.empty(int(index.ntotal), dtype=np.float32)
    faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
        faiss.swig_ptr(found),
        faiss.swig_ptr(asked),
        index.get_xb(),  # type: ignore[attr-defined]
        int(index.d),
        len(found),
    )
    return found
