"""The vectors of the vocabulary's pieces, read from their file when a text has them.

Of 250,000 pieces in a hundred languages, a corpus and what is asked of it have some ten thousand. Mapped
into memory as the rest of a graph, the file's 60 MB come in by pages of hundreds of pieces, and 25 MB
of it stayed; read one by one they take 2 MB.
"""

import threading
from dataclasses import dataclass
from pathlib import Path
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from hyqa.models.bundled.weights import BLOCK, WORDS, Floats, Weights

KEPT = 2**14
"""Pieces whose vectors are kept, packed, as 4 MB; where more come, all are read anew."""
_TOGETHER = 2**12
"""Pieces that are written at once, in some 5 MB; all at once they would take 300."""
_NUMBERS = 16 / 9
"""Of a vector for each byte of its row: half a byte a number, and two for the scale of ``BLOCK`` of them."""
_BYTES = np.arange(256)
_PAIRS = np.stack([_BYTES & 15, _BYTES >> 4], axis=1).astype(np.float32) - 8
"""The two levels in each byte, the first in its lower half."""


def write_words(path: Path, weights: Weights) -> None:
    """Write the vectors of all pieces, a row of bytes each: levels in halves of bytes, then scales.

    Raises:
        OSError: when it cannot be written.
    """
    pieces = weights.shape.vocabulary
    blocks = weights.shape.hidden // BLOCK
    width = weights.shape.hidden // 2 + 2 * blocks
    with path.open("wb") as file:
        head = {"descr": "|u1", "fortran_order": False, "shape": (pieces, width)}
        np.lib.format.write_array_header_1_0(file, head)
        for first in range(0, pieces, _TOGETHER):
            end = min(first + _TOGETHER, pieces)
            scales, levels = weights.blocks(WORDS, first * blocks, end * blocks)
            pairs = (levels + 8).view(np.uint8).reshape(end - first, -1, 2)
            packed = pairs[..., 0] | pairs[..., 1] << 4
            rows = np.hstack([packed, scales.view(np.uint8).reshape(end - first, -1)])
            file.write(rows.data)


@dataclass(slots=True)
class _Kept:
    """Rows that were read, and of each piece the place where its own is; 0 where it was not read."""

    rows: NDArray[np.uint8]
    places: NDArray[np.int32]
    count: int = 0


class Words:
    """Reads what :func:`write_words` wrote; safe to share between threads.

    Raises:
        OSError, ValueError: when it is not there, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        stored = np.load(path, mmap_mode="r", allow_pickle=False)
        if stored.dtype != np.uint8 or stored.ndim != 2:
            raise ValueError(f"{path} holds no vectors of pieces")
        self._pieces, self._width = stored.shape
        self._begins = int(stored.offset)
        self._lock = threading.Lock()
        self._kept = self._nothing()
        # Held open, so that it can be read though another process puts a new one in its place.
        self._file = path.open("rb", buffering=0)
        finalize(self, self._file.close)

    def __call__(self, ids: NDArray[np.int64]) -> Floats:
        """Vectors of pieces by their ids: of shape (texts, tokens), then (texts, tokens, numbers)."""
        kept = self._kept
        if not kept.places[ids].all():
            kept = self._with(np.unique(ids))
        rows = kept.rows[kept.places[ids]]
        half = int(self._width * _NUMBERS) // 2
        scales = rows[..., half:].copy().view(np.float16).astype(np.float32)
        numbers = _PAIRS.view(np.complex64).ravel().take(rows[..., :half]).view(np.float32)
        numbers.reshape(*scales.shape, BLOCK)[...] *= scales[..., None]
        return numbers

    def _nothing(self) -> _Kept:
        # Of what is empty or zero, memory is taken where it is written.
        rows = np.empty((KEPT + 1, self._width), np.uint8)
        return _Kept(rows, np.zeros(self._pieces, np.int32))

    def _with(self, ids: NDArray[np.int64]) -> _Kept:
        """What is kept, with some pieces, each given once."""
        with self._lock:
            kept, new = self._kept, ids[self._kept.places[ids] == 0]
            if kept.count + len(new) > KEPT:
                kept, new = self._nothing(), ids  # others may be reading what was kept until now
            for piece in new.tolist():
                kept.count += 1
                self._file.seek(self._begins + piece * self._width)
                self._file.readinto(kept.rows[kept.count].data)
                kept.places[piece] = kept.count
            self._kept = kept
            return kept
