"""How likely it is that a hit answers a question: what is shown first, and whether at all."""

import math
from dataclasses import dataclass

from hyqa.asking import analyse
from hyqa.index import Index
from hyqa.support import Passage
from hyqa.types import Hit, Query, Ranking

THRESHOLD = 0.5
"""Confidence from which a question is answered."""
SECOND_LOOK = 8
"""Hits that are looked at closely."""
SUPPORT_WEIGHT = 0.03
"""What a unit of log-odds of support counts for beside a hit's score when the best is chosen."""
LEAD_WEIGHT = 1.0
"""What the best score's lead over the mean of all hits counts for in the log-odds."""
BIAS = -2.7
"""Log-odds of a hit without support; set with the weights of :mod:`hyqa.support`."""
CROSS_COSINE, CROSS_LEAD, CROSS_BIAS = 16.0, 25.0, -13.5
"""The model for a hit in another language than the question's, which shares no words with it:
cosine, its lead over the mean of all hits, constant. Fitted on xquad_en_zh with and without the
document that answers; the constant lets two thirds of the wrong ones go."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit, and the estimated log-odds that it answers."""

    hit: Hit
    logit: float

    @property
    def confidence(self) -> float:
        """Estimated probability, 0 to 1, that it answers."""
        return 1 / (1 + math.exp(-self.logit))


def judge(index: Index, query: Query, ranking: Ranking) -> tuple[Judged, ...]:
    """Take a second look at the best hits.

    Args:
        index: where the hits come from.
        query: what was searched for.
        ranking: what it found.

    Returns:
        The first hits, the one that supports an answer best first.
    """
    if not ranking.hits:
        return ()
    asked = analyse(query, index.sparse)
    lead = ranking.hits[0].score - ranking.mean_score
    ranked: list[tuple[float, Judged]] = []
    for hit in ranking.hits[:SECOND_LOOK]:
        document = index.store.document(hit.chunk.document_id)
        meta = document.meta
        context = "\n".join([meta.title, meta.publisher, meta.number, *hit.chunk.heading_path])
        support = Passage(context, hit.chunk.text, document.text).support(asked).logit
        logit = BIAS + support + LEAD_WEIGHT * lead
        if meta.language is not query.language:
            crossed = CROSS_COSINE * hit.dense_score + CROSS_LEAD * (
                hit.dense_score - ranking.mean_dense_score
            )
            logit = max(logit, crossed + CROSS_BIAS)
        judged = Judged(hit, logit)
        ranked.append((hit.score + SUPPORT_WEIGHT * support, judged))
    ranked.sort(key=lambda pair: -pair[0])
    return tuple(judged for _, judged in ranked)
