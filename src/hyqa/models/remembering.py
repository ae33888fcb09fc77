"""Vectors of the last questions kept in memory: a conversation asks near them again."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from hyqa.models.encoder import (
    Encoder,
    Progress,
    QuestionVectors,
    Vectors,
    encode_asking,
    encode_questions,
)

REMEMBERED = 512
"""Questions; 1.6 MB of vectors of 384 dimensions."""


@dataclass(frozen=True, slots=True)
class RememberingEncoder:
    """An encoder that remembers the vectors of the last ``REMEMBERED`` questions; for all threads."""

    encoder: Encoder
    _vectors: OrderedDict[str, tuple[Vectors, Vectors]] = field(default_factory=OrderedDict)
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
        return self.encode_questions(texts).meaning

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`: each is encoded in both ways at once."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            made = encode_questions(self.encoder, new)
            known |= dict(zip(new, zip(made.meaning, made.asking, strict=True), strict=True))
        with self._lock:
            for text in texts:
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)
        both = np.array([known[text] for text in texts], dtype=np.float32)
        both = both.reshape(len(texts), 2, self.dimension)
        return QuestionVectors(both[:, 0], both[:, 1])

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`; many at once are not remembered."""
        return encode_asking(self.encoder, texts, progress)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`; passages are not remembered."""
        return self.encoder.encode_passages(texts, progress)
