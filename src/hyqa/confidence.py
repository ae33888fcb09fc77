"""How likely it is that a hit answers a question: what is shown first, and whether at all."""

import math
from dataclasses import dataclass

from hyqa.asking import analyse
from hyqa.index import Index
from hyqa.sounds import readings
from hyqa.support import Passage
from hyqa.types import Hit, Query, Ranking

THRESHOLD = 0.5
"""Confidence from which a question is answered."""
SECOND_LOOK = 8
"""Hits that are looked at closely."""
SECOND_LOOK_CROSSED = 3
"""The same of those in another language than the question's, where the first do not hold them."""
SUPPORT_WEIGHT = 0.03
"""What a unit of log-odds of support counts for beside a hit's score when the best is chosen."""
LEAD_WEIGHT = 1.0
"""What the best score's lead over the mean of all hits counts for in the log-odds."""
BIAS = -2.7
"""Log-odds of a hit without support; set with the weights of :mod:`hyqa.support`."""
CROSS_WORDS, CROSS_LEAD, CROSS_MARGIN, CROSS_BIAS = 5.0, 5.0, 20.0, -2.3
"""The model for a hit in another language than the question's: the score of its translated words,
the lead of its score over the mean of all hits and over the best one of another document,
constant. Fitted on xquad_en_zh with and without the document that answers, where it tells them
apart with an AUROC of .86 in ten-fold cross-validation (by cosine and its lead alone: .71); the
constant lets three quarters of the wrong ones go."""
CROSS_MOST = 0.2
"""Most that a lead counts for: among few documents of a language the first is far ahead by chance."""
CROSS_SECOND = -1.2
"""What is added where the corpus holds text in the asker's language too: if that does not answer,
the other rarely does. Without it a third of the shipped corpus's unanswerable questions were
answered in the other language, with it one in twenty."""
CROSS_MISSING = -3.0
"""What a year, a place or another name costs that the question names and the text does not hold,
by itself or by its pinyin: enough that no lead makes up for it."""


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
    for hit in _looked_at(ranking):
        document = index.store.document(hit.chunk.document_id)
        meta = document.meta
        context = "\n".join([meta.title, meta.publisher, meta.number, *hit.chunk.heading_path])
        support = Passage(context, hit.chunk.text, document.text).support(asked).logit
        logit = BIAS + support + LEAD_WEIGHT * lead
        if meta.language is not query.language:
            text = f"{context}\n{hit.chunk.text}"
            missing = any(year not in text for year in asked.years) + any(
                _lacks(f"{text}\n{document.text}".lower(), name)
                for name in (*asked.places, *asked.names)
            )
            logit = max(logit, _crossed(hit, ranking) + CROSS_MISSING * missing)
        ranked.append((hit.score + SUPPORT_WEIGHT * support, Judged(hit, logit)))
    ranked.sort(key=lambda pair: -pair[0])
    judged = [item for _, item in ranked]
    if judged[0].confidence < THRESHOLD:  # text in the other language may answer where it does not
        judged.sort(key=lambda item: item.confidence < THRESHOLD or not _is_crossed(item, ranking))
    return tuple(judged)


def _looked_at(ranking: Ranking) -> list[Hit]:
    """The hits that are looked at closely: the first, and the first of the other language."""
    first = list(ranking.hits[:SECOND_LOOK])
    return first + [hit for hit in ranking.crossed[:SECOND_LOOK_CROSSED] if hit not in first]


def _is_crossed(item: Judged, ranking: Ranking) -> bool:
    return item.hit in ranking.crossed


def _crossed(hit: Hit, ranking: Ranking) -> float:
    """Log-odds that a hit in another language than the question's answers it.

    It is compared with others of its language: scores of two languages differ by more than that.
    One that holds none of the question's words in translation does not answer.
    """
    others = [
        other.score for other in ranking.crossed if other.chunk.document_id != hit.chunk.document_id
    ]
    lead = min(hit.score - ranking.mean_crossed_score, CROSS_MOST)
    margin = min(hit.score - max(others, default=ranking.mean_crossed_score), CROSS_MOST)
    if not hit.sparse_score:
        return -math.inf
    bias = CROSS_BIAS + CROSS_SECOND * any(hit not in ranking.crossed for hit in ranking.hits)
    return CROSS_WORDS * hit.sparse_score + CROSS_LEAD * lead + CROSS_MARGIN * margin + bias


def _lacks(lower: str, name: str) -> bool:
    """Whether a text, in lower case, holds a name neither as it is nor by its pinyin."""
    return name not in lower and not any(pinyin in lower for pinyin in readings(name))
