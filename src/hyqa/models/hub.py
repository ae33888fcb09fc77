"""Any sentence-transformers model, by hub name or by path; imports torch, so only when chosen."""

import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from hyqa.models.encoder import Progress, Vectors, encodable
from hyqa.models.prompts import prompts_of
from hyqa.types.errors import EncoderError

_BATCH = 32


class HubEncoder:
    """A sentence-transformers model.

    Args:
        model: hub name such as ``BAAI/bge-m3``, or a directory that holds a model.

    Raises:
        EncoderError: when there is no such model, or it cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        self._model = _load(model)
        self._lock = threading.Lock()
        self._model.prompts = prompts_of(model, self._model.prompts)
        self.name = f"sentence-transformers:{model}"
        # Asked by encoding: the method that tells it is named differently in each version.
        self.dimension = int(self._model.encode_query(["a"], show_progress_bar=False).shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        return self._encode(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        parts = [np.empty((0, self.dimension), dtype=np.float32)]
        for first in range(0, len(texts), _BATCH):
            batch = texts[first : first + _BATCH]
            parts.append(self._encode(self._model.encode_document, batch))
            if progress:
                progress(len(batch))
        return np.concatenate(parts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:  # noqa: ANN401
        with self._lock:
            vectors = encode(
                [encodable(text) for text in texts],
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)


def _load(model: str) -> Any:  # noqa: ANN401
    library = import_module("sentence_transformers")
    try:
        if not model.strip():
            raise ValueError("no name")
        return library.SentenceTransformer(model)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EncoderError(
            f"The encoder {model!r} cannot be loaded: give the name of a sentence-transformers"
            " model that can be downloaded from here, or the path of one on this machine."
        ) from error
