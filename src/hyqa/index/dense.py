"""Search by meaning: exact inner products over unit vectors, with FAISS."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import BinaryIO

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
_HEAD = struct.Struct("<4siqqqBiQ")
"""How FAISS begins the file of a flat index: its kind, the length of a vector, their number, two fields
that are not in use, whether it is trained, the kind of likeness, and how many floats follow."""
_KIND, _UNUSED = b"IxFI", 1 << 20


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

    def only(self, rows: NDArray[np.int64]) -> "DenseIndex":
        """Take some rows out of it."""
        return DenseIndex(self._rows[rows])

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
        """Write the index into a folder, part by part: FAISS itself would hold all vectors as floats.

        Raises:
            OSError: when it cannot be written.
        """
        told = (_KIND, self.dimension, len(self), _UNUSED, _UNUSED, True, 0, self._rows.size)
        with (folder / _FILE).open("wb") as file:
            file.write(_HEAD.pack(*told))
            for first in range(0, len(self), _AT_ONCE):
                file.write(_unpacked(self._rows[first : first + _AT_ONCE]).astype("<f4").tobytes())

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Read an index that :meth:`save` wrote.

        Raises:
            SnapshotError: when it is missing or damaged.
        """
        try:
            with (folder / _FILE).open("rb") as file:
                kind, dimension, rows, *_, size = _HEAD.unpack(file.read(_HEAD.size))
                left = (folder / _FILE).stat().st_size - _HEAD.size
                if kind != _KIND or size != rows * dimension or left != 4 * size:
                    raise SnapshotError(DAMAGED_INDEX)
                return cls.joined(_parts(file, dimension), rows, dimension)
        except (OSError, ValueError, struct.error) as error:
            raise SnapshotError(DAMAGED_INDEX) from error


def _parts(file: BinaryIO, dimension: int) -> Iterator[Vectors]:
    """The rows of a file, some at a time."""
    while stored := file.read(4 * _AT_ONCE * dimension):
        yield np.frombuffer(stored, "<f4").reshape(-1, dimension)


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
        if not (np.abs(steps).max(initial=0) <= STEPS):  # nor is it where one is no number
            return vectors.copy()
        whole = packed[first : first + _AT_ONCE]
        whole[:] = steps
        if not np.array_equal(whole, steps):
            return vectors.copy()
    return packed
