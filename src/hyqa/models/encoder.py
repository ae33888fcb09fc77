"""What the rest of hyqa knows of an encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
"""Called with the number of texts just done."""
Report = Callable[[int, int], None]
"""Called with the number of texts done so far, and that of all."""


def counting(report: Report | None, total: int) -> Progress:
    """Make of the numbers of texts just done those of all done so far, for who follows a long run."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if report:
            report(done, total)

    return count


class Encoder(Protocol):
    """Turns texts into unit vectors, so that their inner product is a cosine."""

    @property
    def name(self) -> str:
        """Identifies model, weights and settings: vectors of other names are not comparable."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; returns float32 of shape (texts, dimension)."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages; returns float32 of shape (texts, dimension)."""


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """Questions as unit vectors, each of shape (questions, dimension).

    Attributes:
        meaning: near passages that answer; comparable with those of ``encode_passages``.
        asking: near questions that ask the same; comparable with each other alone.
    """

    meaning: Vectors
    asking: Vectors


@runtime_checkable
class MatchingEncoder(Encoder, Protocol):
    """An encoder that was also taught which questions ask the same."""

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        """Encode questions in both ways at once."""

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode how questions ask, and nothing else: two thirds of the work of both."""


PassageText = tuple[str, str, str]
"""Of a passage its title, the nearest question that was foreseen for it, and the words that answer that."""


@runtime_checkable
class PairReadingEncoder(Encoder, Protocol):
    """An encoder that was also taught to read a question and a passage together."""

    @property
    def reads_by(self) -> str:
        """What identifies the weights that it reads by."""

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> Sequence[float]:
        """Estimate the log-odds that each passage answers a question, one for each."""


@runtime_checkable
class WrappingEncoder(Encoder, Protocol):
    """An encoder that keeps what another one gives."""

    @property
    def encoder(self) -> Encoder:
        """That other one."""


def pair_reading(encoder: Encoder | None) -> PairReadingEncoder | None:
    """Find what reads pairs: the encoder behind those that wrap it, or one around that, which keeps them."""
    found = encoder
    while isinstance(found, WrappingEncoder):
        found = found.encoder
    if not isinstance(found, PairReadingEncoder):
        return None
    return encoder if isinstance(encoder, PairReadingEncoder) else found


def encode_questions(encoder: Encoder, texts: Sequence[str]) -> QuestionVectors:
    """Encode questions in both ways; by an encoder that knows but one, both are the same."""
    if isinstance(encoder, MatchingEncoder):
        return encoder.encode_questions(texts)
    vectors = encoder.encode_queries(texts)
    return QuestionVectors(vectors, vectors)


def encode_asking(
    encoder: Encoder, texts: Sequence[str], progress: Progress | None = None
) -> Vectors:
    """Encode how questions ask; by an encoder that knows but one way, in that."""
    if isinstance(encoder, MatchingEncoder):
        return encoder.encode_asking(texts, progress)
    vectors = encoder.encode_queries(texts)
    if progress:
        progress(len(texts))
    return vectors


def encodable(text: str) -> str:
    """Replace what C strings and UTF-8 cannot carry: NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
