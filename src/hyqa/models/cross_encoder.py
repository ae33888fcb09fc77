"""Rerankers: any sentence-transformers CrossEncoder, by hub name or path, when one is chosen."""

import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

import numpy as np

from hyqa.config import Settings
from hyqa.models.encoder import Vectors, encodable
from hyqa.types.errors import EncoderError


class Reranker(Protocol):
    """Says how well passages answer a question, reading both at once."""

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """Compute the log-odds that each passage answers, of shape (passages,); the higher the likelier."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder.

    Args:
        model: hub name such as ``BAAI/bge-reranker-v2-m3``, or a directory that holds a model.

    Raises:
        EncoderError: when there is no such model, it cannot be loaded, or it gives no single score.
    """

    def __init__(self, model: str) -> None:
        library = import_module("sentence_transformers")
        try:
            self._model = library.CrossEncoder(model)
            self._lock = threading.Lock()
            self.scores("a", ["a"])
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise EncoderError(
                f"The reranker {model!r} cannot be loaded: give the name of a sentence-transformers"
                " CrossEncoder with one label that can be downloaded from here, or the path of one"
                " on this machine."
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """See :class:`Reranker`."""
        pairs = [(encodable(question), encodable(passage)) for passage in passages]
        if not pairs:
            return np.empty(0, dtype=np.float32)
        with self._lock:
            found = self._model.predict(pairs, show_progress_bar=False, activation_fn=_as_it_is)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs))


def _as_it_is(logits: object) -> object:
    """The model's own output, which is log-odds; by default the library squeezes it to 0 to 1."""
    return logits


def load_reranker(choice: str = "", settings: Settings | None = None) -> Reranker | None:
    """Load a reranker; None where none is chosen, here or in the settings.

    Raises:
        EncoderError: when it cannot be loaded.
    """
    name = choice or (settings or Settings.from_environment()).reranker
    return CrossEncoderReranker(name) if name else None
