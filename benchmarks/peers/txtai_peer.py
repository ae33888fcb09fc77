"""txtai: one hybrid embeddings database."""

from collections.abc import Mapping, Sequence

import numpy as np
from txtai import Embeddings

from benchmarks.peers.contest import CHINESE_PAIRS, TOP_K, Corpus, Passage
from hyqa.models import Encoder

_QUERY, _DATA = "query: ", "passage: "
"""txtai's documented way to tell a question from a text; our encoder adds its own."""


class Txtai:
    """A database over some passages."""

    def __init__(
        self, passages: Sequence[Passage], encoder: Encoder, settings: Mapping[str, object]
    ) -> None:
        def transform(texts: Sequence[str]) -> np.ndarray:
            if texts[0].startswith(_QUERY):
                return encoder.encode_queries([text.removeprefix(_QUERY) for text in texts])
            return encoder.encode_passages([text.removeprefix(_DATA) for text in texts])

        self._passages = passages
        self._database = Embeddings(
            method="external",
            transform=transform,
            instructions={"query": _QUERY, "data": _DATA},
            **settings,
        )
        self._database.index((row, one.text, None) for row, one in enumerate(passages))

    def search(self, question: str) -> Sequence[Passage]:
        """Passages, best first."""
        return [self._passages[row] for row, _ in self._database.search(question, TOP_K)]


def ordinary(corpus: Corpus, encoder: Encoder) -> Txtai:
    """Whole documents, as it indexes what it is given."""
    return Txtai(corpus.documents, encoder, {"hybrid": True})


def chinese(corpus: Corpus, encoder: Encoder) -> Txtai:
    """Our passages, pairs of characters for the keyword half, an exact vector index."""
    scoring = {
        "method": "bm25",
        "terms": True,
        "normalize": True,
        "tokenizer": {"regexp": CHINESE_PAIRS},
    }
    return Txtai(corpus.passages, encoder, {"scoring": scoring, "backend": "numpy"})
