"""Keep what encoders give, and what became of queries, from one rule that is switched off to the next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.models import Progress, QuestionVectors, Vectors, encode_questions
from hyqa.models.encoder import PairReadingEncoder, PassageText
from hyqa.types import Query, Step


class Keeping:
    """An encoder that keeps all that it gives: no rule changes that.

    Args:
        encoder: the bundled one, which also reads pairs.
    """

    def __init__(self, encoder: PairReadingEncoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder = encoder
        self._vectors: dict[str, tuple[Vectors, Vectors]] = {}
        self._pairs: dict[tuple[str, PassageText], float] = {}

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._vectors]:
            made = encode_questions(self._encoder, new)
            pairs = zip(made.meaning, made.asking, strict=True)
            self._vectors |= zip(new, pairs, strict=True)
        meaning, asking = zip(*(self._vectors[text] for text in texts), strict=True)
        return QuestionVectors(np.array(meaning), np.array(asking))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        return self.encode_questions(texts).meaning

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`."""
        return self.encode_questions(texts).asking

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`; passages are not kept."""
        return self._encoder.encode_passages(texts, progress)

    @property
    def reads_by(self) -> str:
        """See :class:`hyqa.models.encoder.PairReadingEncoder`."""
        return self._encoder.reads_by

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[float]:
        """See :class:`hyqa.models.encoder.PairReadingEncoder`."""
        for one in passages:
            if (question, one) not in self._pairs:
                [self._pairs[question, one]] = self._encoder.log_odds(question, [one])
        return [self._pairs[question, one] for one in passages]


class KeepingEngine(Engine):
    """An engine that may keep what became of queries; ``keeps`` says whether it goes by that."""

    keeps = False

    def __init__(self, index: Index, encoder: Keeping) -> None:
        super().__init__(index, encoder)
        self._steps: dict[tuple[Query, date | None, int], Step] = {}

    def _step(self, query: Query, purpose: str, as_of: date | None, top_k: int) -> Step:
        if not self.keeps:
            return super()._step(query, purpose, as_of, top_k)
        asked = (query, as_of, top_k)
        if asked not in self._steps:
            self._steps[asked] = super()._step(query, purpose, as_of, top_k)
        return replace(self._steps[asked], purpose=purpose)
