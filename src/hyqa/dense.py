"""Search by meaning: exact inner products over unit vectors, with FAISS."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from hyqa.encoding import Vectors
from hyqa.errors import DAMAGED_INDEX, SnapshotError

_FILE = "dense.faiss"


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

    def search(self, vector: Vectors, top_k: int) -> NDArray[np.int64]:
        """Rows nearest to a vector of shape (dimension,), best first."""
        _, rows = self._index.search(vector.reshape(1, -1), min(top_k, len(self)))
        return np.asarray(rows[0], dtype=np.int64)

    def scores(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosines of a vector with the given rows."""
        return np.asarray(self._index.reconstruct_batch(rows) @ vector, dtype=np.float32)

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
