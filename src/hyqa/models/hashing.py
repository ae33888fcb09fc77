"""An encoder without a model: hashed character pairs. For tests and trials, not for answers."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from hyqa.models.encoder import Progress, Vectors

NAME = "hash"
_DIMENSION = 64


class HashEncoder:
    """Texts that share pairs of characters get near vectors; the same on every machine."""

    name = f"{NAME}-{_DIMENSION}/1"
    dimension = _DIMENSION

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        return np.stack([_vector(text) for text in texts]) if texts else _nothing()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        if progress:
            progress(len(texts))
        return self.encode_queries(texts)


def _nothing() -> Vectors:
    return np.empty((0, _DIMENSION), dtype=np.float32)


def _vector(text: str) -> Vectors:
    folded = f" {text.lower()} "
    vector = np.full(_DIMENSION, 1e-3, dtype=np.float32)
    for first in range(len(folded) - 1):
        place, sign = _slot(folded[first : first + 2])
        vector[place] += sign
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@lru_cache(maxsize=100_000)
def _slot(pair: str) -> tuple[int, float]:
    digest = hashlib.blake2b(pair.encode("utf-8", "replace"), digest_size=2).digest()
    return digest[0] % _DIMENSION, 1.0 if digest[1] % 2 else -1.0
