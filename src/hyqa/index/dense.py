"""Search by meaning: exact inner products over unit vectors, with FAISS."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from hyqa.models import Vectors
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

_FILE = "dense.faiss"
CENTRE_SAMPLE = 1000
"""Rows of which a mean is taken: a thousand tell it to a hundredth of what it differs by."""
KEPT = 8
"""Vectors whose cosines are kept: a question is compared with foreseen ones as it is heard and as
it is searched for, and a few are answered at once. Of 30,000 rows each takes 0.1 MB."""
SAMPLE = 512
"""Vectors, evenly spaced, that stand for all where only their usual likeness matters."""
STEPS = 2**11
"""Vectors whose numbers are all multiples of 1/2048, as those of the bundled encoder are, lose nothing as
whole numbers of 16 bits, and take half the memory of float32."""
_AT_ONCE = 512
"""Rows that are unpacked at once, as 768 KB: 24,500 rows took 1.3 ms, against 1.2 ms as float32."""

_SAVED = 10_000
"""Rows that are unpacked at once to be written, as 15 MB."""


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
    """Vectors by row number.

    Args:
        rows: the vectors, of shape (rows, dimension), as :func:`_packed` leaves them.
    """

    def __init__(self, rows: NDArray[np.int16] | Vectors) -> None:
        self._rows = rows
        self._products = lru_cache(KEPT)(partial(_products, rows))

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Index vectors of shape (rows, dimension)."""
        return cls(_packed(np.asarray(vectors, dtype=np.float32)))

    @classmethod
    def joined(cls, parts: Iterable[Vectors], rows: int, dimension: int) -> "DenseIndex":
        """Index vectors that come part by part, each packed before the next is asked for.

        Args:
            parts: of shape (rows of the part, dimension).
            rows: of all parts.
            dimension: length of a vector.
        """
        joined: NDArray[np.int16] | Vectors = np.empty((rows, dimension), np.int16)
        first = 0
        for part in parts:
            packed = _packed(part)
            if packed.dtype != joined.dtype:
                joined, packed = _unpacked(joined), _unpacked(packed)
            joined[first : first + len(part)] = packed
            first += len(part)
        return cls(joined)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._rows.shape[1])

    @property
    def nbytes(self) -> int:
        """Bytes of memory that the vectors take."""
        return self._rows.nbytes

    def centre(self, rows: NDArray[np.int64]) -> Vectors:
        """Compute the mean vector of some rows, of at most ``CENTRE_SAMPLE`` of them, evenly chosen."""
        sample = rows[:: max(1, -(-len(rows) // CENTRE_SAMPLE))]
        return np.asarray(self.vectors(sample).mean(axis=0), dtype=np.float32)

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """Read the vectors of some rows, of shape (rows, dimension)."""
        return _unpacked(self._rows[np.asarray(rows, np.int64)])

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
        return self.vectors(rows)

    def save(self, folder: Path) -> None:
        """Write the index into a folder.

        Raises:
            OSError: when it cannot be written.
        """
        index = faiss.IndexFlatIP(self.dimension)
        # Filled in place: what is added to grows by doubling, and is copied each time.
        index.codes.resize(self._rows.size * np.dtype(np.float32).itemsize)
        index.ntotal = len(self)
        place = faiss.rev_swig_ptr(index.get_xb(), self._rows.size)
        place = place.reshape(self._rows.shape)
        for first in range(0, len(self), _SAVED):
            place[first : first + _SAVED] = _unpacked(self._rows[first : first + _SAVED])
        try:
            faiss.write_index(index, str(folder / _FILE))
        except RuntimeError as error:  # what FAISS says of a full disk
            raise OSError(str(error)) from error

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Read an index that :meth:`save` wrote.

        Raises:
            SnapshotError: when it is missing or damaged.
        """
        try:
            index = faiss.read_index(str(folder / _FILE))
            numbers = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)  # type: ignore[attr-defined]
            return cls.build(numbers.reshape(-1, index.d))
        except RuntimeError as error:
            raise SnapshotError(DAMAGED_INDEX) from error


def _products(packed: NDArray[np.int16] | Vectors, vector: bytes) -> NDArray[np.float32]:
    """Inner products of a vector, given as its bytes, with all rows."""
    # The unit is a power of two, so that to divide the question by it changes no digit of the products.
    asked = np.frombuffer(vector, np.float32) / _unit_of(packed)
    count, dimension = packed.shape
    found = np.empty(count, dtype=np.float32)
    rows = np.empty((_AT_ONCE, dimension), dtype=np.float32)
    for first in range(0, count, _AT_ONCE):
        some = found[first : first + _AT_ONCE]
        rows[: len(some)] = packed[first : first + _AT_ONCE]
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
            *map(faiss.swig_ptr, (some, asked, rows)), dimension, len(some)
        )
    return found


def _unpacked(rows: NDArray[np.int16] | Vectors) -> Vectors:
    """Vectors as they are."""
    return np.asarray(rows / _unit_of(rows), np.float32)


def _unit_of(rows: NDArray[np.int16] | Vectors) -> np.float32:
    """Of what the numbers of packed rows are the parts of 1."""
    return np.float32(STEPS if rows.dtype == np.int16 else 1)


def _packed(vectors: Vectors) -> NDArray[np.int16] | Vectors:
    """Vectors as multiples of 1/``STEPS`` where all of them are such multiples, else as they are."""
    packed = np.empty(vectors.shape, np.int16)
    for first in range(0, len(vectors), _AT_ONCE):
        steps = vectors[first : first + _AT_ONCE] * np.float32(STEPS)
        if not np.array_equal(np.rint(np.clip(steps, -STEPS, STEPS)), steps):
            return vectors.copy()
        packed[first : first + _AT_ONCE] = steps
    return packed
