"""The encoder's own time, beside which other work is measured."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hyqa.models import (
    Encoder,
    Progress,
    QuestionVectors,
    Vectors,
    encode_asking,
    encode_questions,
)

T = TypeVar("T")


@dataclass
class Timed:
    """An encoder that keeps count of its own time, in seconds."""

    encoder: Encoder
    spent: float = 0.0
    name: str = field(init=False)
    dimension: int = field(init=False)

    def __post_init__(self) -> None:
        self.name, self.dimension = self.encoder.name, self.encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, and count the time."""
        return self._timed(lambda: self.encoder.encode_queries(texts))

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        """Encode questions in both ways, and count the time."""
        return self._timed(lambda: encode_questions(self.encoder, texts))

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode how questions ask, and count the time."""
        return self._timed(lambda: encode_asking(self.encoder, texts, progress))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages, and count the time."""
        return self._timed(lambda: self.encoder.encode_passages(texts, progress))

    def _timed(self, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        try:
            return work()
        finally:
            self.spent += time.perf_counter() - started
