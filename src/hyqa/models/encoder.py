"""What the rest of hyqa knows of an encoder."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
"""Called with the number of texts just done."""


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


def encodable(text: str) -> str:
    """Replace what C strings and UTF-8 cannot carry: NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
