"""How likely it is that the documents answer a question: a value to abstain by.

Two things tell an answerable question from one that is not: how much of what it asks the best
passage speaks of (share of the idf of its content words: AUROC .92 on Chinese policy questions,
against .75 for the best cosine), and, where question and passage are in different languages and
share no words, how near they are in meaning.
"""

import math

from hyqa.index import Index
from hyqa.tokens import tokenize
from hyqa.types import Hit, Query

THRESHOLD = 0.5
"""Confidence from which a question is answered."""


def confidence(index: Index, query: Query, hit: Hit) -> float:
    """Estimated probability, 0 to 1, that a query's best hit answers it."""
    meta = index.store.metadata(hit.chunk.document_id)
    passage = "\n".join([meta.title, *hit.chunk.heading_path, hit.chunk.text])
    if meta.language is query.language:
        return _logistic(6.5 * coverage(index, query, passage) + 9.4 * hit.dense_score - 11.4)
    return _logistic(20 * (hit.dense_score - 0.84))


def coverage(index: Index, query: Query, passage: str) -> float:
    """Share of the weight of a query's content words that a passage holds, 0 to 1."""
    weights = {token: index.sparse.idf(token) for token in query.content}
    total = sum(weights.values())
    held = weights.keys() & set(tokenize(passage))
    return sum(weights[token] for token in held) / total if total else 0.0


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
