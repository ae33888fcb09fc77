"""Vectors of the last questions kept in memory: a conversation asks near them again."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from hyqa.models.encoder import Encoder, Progress, Vectors

REMEMBERED = 512
"""Questions; 0.8 MB of vectors of 384 dimensions."""


@dataclass(frozen=True, slots=True)
class RememberingEncoder:
    """An encoder that remembers the vectors of the last ``REMEMBERED`` questions; for all threads."""

    encoder: Encoder
    _vectors: OrderedDict[str, Vectors] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        """That of the encoder: the vectors are its own."""
        return self.encoder.name

    @property
    def dimension(self) -> int:
        """That of the encoder."""
        return self.encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= dict(zip(new, self.encoder.encode_queries(new), strict=True))
        with self._lock:
            for text in texts:
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(
            len(texts), self.dimension
        )

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`; passages are not remembered."""
        return self.encoder.encode_passages(texts, progress)
