"""How likely it is that a hit answers a question: what is shown first, and whether at all."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean

from hyqa.index.build import Index
from hyqa.models import Reranker
from hyqa.question.query import question_language
from hyqa.reading.reranking import Candidate, rerank
from hyqa.reading.support import Support
from hyqa.types import Hit, Language, Query, Ranking

THRESHOLDS = {Language.CHINESE: 0.61, Language.ENGLISH: 0.63}
"""Confidence from which a question of each language is answered by text in it: a wrong answer costs
more than a refusal, and the English model, of fewer examples, tells less apart. On held-out fifths
290 of 317 answerable questions of ncp_policy are answered and 82 of 103 others refused, of
dragonball_zh 190 of 198 and 52 of 65, of mtrag_un 148 of 170 and 34 of 46."""
CROSS_THRESHOLD = 0.55
"""The same for text in the other language, whose model is another."""
NEARLY = 0.5
"""Confidence from which text in the asker's language answers where text in the other does: what is told
in one language is mostly told in the other, too, in words less near to the question's."""
ELSEWHERE = -3.0
"""Log-odds for a passage that does not name the other place that the question is about, where the
corpus is at home somewhere. Set, not fitted: what one city grants, another does not."""
NOTHING_HELD = -4.0
"""Most log-odds for a passage in the question's language that holds none of its words, however near
it is in meaning."""
FIGURE_MISSING = -0.1
"""Most log-odds for one without any text of the kind that is asked for (no amount, no date), or in
whose document the year that is asked for does not stand, or not beside a figure of that kind: last
year's figure is not this year's. Also for one that gives no figure of the park that is asked about,
or of another only, and for one that says hardly more than the question."""
HALF_WORDS, HALF_HELD = 0.5, -1.0
"""Most log-odds for one that holds less than this share of them, and whose document lacks the very
noun that the question is about: of 49 such passages, 7 answered. Also for one whose document lacks
the Chinese name that a question has in Latin letters."""

CROSS_WORDS, CROSS_LEAD, CROSS_MARGIN, CROSS_BIAS = 2.5, 12.0, 21.5, -3.0
"""The model for a hit in another language than the question's: the score of its translated words,
the lead of its score over the mean of all hits and over the best one of another document,
constant. Fitted on xquad_en_zh with and without the document that answers, where it tells them
apart with an AUROC of .88 in ten-fold cross-validation (by cosine and its lead alone: .71); the
constant lets three quarters of the wrong ones go, and answers .73 of the questions."""
AT_HOME = 1 / 3
"""Share of the corpus in the asker's language from which what it can answer it mostly does there."""
CROSS_MOST = 0.2
"""Most that a lead counts for: among few documents of a language the first is far ahead by chance."""
CROSS_SECOND, CROSS_AT_HOME = -1.8, -1.2
"""What is added where text in the asker's language names what is asked about, and yet does not
answer: the other then rarely does. Without it a third of the shipped corpus's unanswerable questions
were answered in the other language, with it one in twenty. The second is added besides where much of
the corpus is in the asker's language, and so most of what it can answer."""
CROSS_MISSING = -3.0
"""What a year, a place or another name costs that the question names and the text does not hold,
by itself or by its pinyin: enough that no lead makes up for it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit, the estimated log-odds that it answers, and the features these come from.

    ``least`` is the confidence from which it is shown as an answer.
    """

    hit: Hit
    logit: float
    features: Mapping[str, float] = field(default_factory=dict)
    least: float = THRESHOLDS[Language.CHINESE]

    @property
    def confidence(self) -> float:
        """Estimated probability, 0 to 1, that it answers."""
        return 1 / (1 + math.exp(-self.logit))

    @property
    def answers(self) -> bool:
        """Whether it is likely enough to be shown as an answer."""
        return self.confidence >= self.least


def judge(
    index: Index, query: Query, ranking: Ranking, reranker: Reranker | None = None
) -> tuple[Judged, ...]:
    """Take a second look at the best hits.

    Args:
        index: where the hits come from.
        query: what was searched for.
        ranking: what it found.
        reranker: orders the hits, where one is configured.

    Returns:
        The first hits, the one that supports an answer best first.
    """
    candidates = rerank(index, query, ranking, reranker)
    judged = []
    wording = question_language(query.question)
    at_home = _share_in(query.language, index) >= AT_HOME
    first = next((one for one in candidates if _is_own(one, query)), None)
    alone = first is None or bool(first.support.place or first.support.name)
    siblings, spread = _by_document(candidates), index.dense.spread
    seen = [
        _features(one, siblings[one.hit.chunk.document_id], ranking, spread) for one in candidates
    ]
    logits = index.calibration.logits(query.language.value, seen)
    for one, features, estimate in zip(candidates, seen, logits, strict=True):
        logit = min(estimate, _most(one.support))
        least = THRESHOLDS[query.language]
        if not _is_own(one, query):
            crossed = _crossed(one, ranking, at_home=at_home, alone=alone)
            # What an amount or a date looks like, and which park it is of, is told in both languages.
            if one.support.kind or one.support.other_site:
                crossed = min(crossed, FIGURE_MISSING)
            worded = one.meta.language is wording  # and in English? asks in the words of before
            logit, least = max(logit, crossed) if worded else crossed, CROSS_THRESHOLD
        judged.append(Judged(one.hit, logit + ELSEWHERE * one.support.elsewhere, features, least))
    if candidates and candidates[0].support.kind:
        judged, candidates = _with_kind_first(judged, candidates)
    own = {
        id(item): item for item, one in zip(judged, candidates, strict=True) if _is_own(one, query)
    }
    if judged and id(judged[0]) not in own:
        # Where text in the asker's language answers as well, it leads.
        judged.sort(key=lambda item: not item.answers or id(item) not in own)
    if judged and own and not judged[0].answers:
        # Text in the other language may answer where text in the asker's does not. Among text in the
        # other language alone the best ranked stays first: of the 4 of 247 English questions over
        # Chinese text that another was to answer, it answered none rightly.
        judged.sort(key=lambda item: not item.answers or not _is_crossed(item, ranking))
        if judged[0].answers:
            likely = [replace(one, least=min(one.least, NEARLY)) for one in own.values()]
            others = [item for item in judged if id(item) not in own]
            judged = sorted([*likely, *others], key=lambda item: not item.answers)
    return tuple(judged)


def _with_kind_first(
    judged: list[Judged], candidates: tuple[Candidate, ...]
) -> tuple[list[Judged], tuple[Candidate, ...]]:
    """What was judged, led by another passage of the best one's document where that one answers.

    For a best one without text of the kind that is asked for.
    """
    document = candidates[0].hit.chunk.document_id
    for place, one in enumerate(candidates):
        same = one.hit.chunk.document_id == document
        if same and not one.support.kind and judged[place].answers:
            order = [place, *(other for other in range(len(judged)) if other != place)]
            return [judged[i] for i in order], tuple(candidates[i] for i in order)
    return judged, candidates


def _share_in(language: Language, index: Index) -> float:
    """Share of an index's chunks that are in a language."""
    chinese = float(index.validity.chinese.mean())
    return chinese if language is Language.CHINESE else 1 - chinese


def _is_own(one: Candidate, query: Query) -> bool:
    return one.meta.language is query.language


def _is_crossed(item: Judged, ranking: Ranking) -> bool:
    return item.hit in ranking.crossed


def _crossed(one: Candidate, ranking: Ranking, *, at_home: bool, alone: bool) -> float:
    """Log-odds that a hit in another language than the question's answers it.

    It is compared with others of its language: scores of two languages differ by more than that.
    One that holds none of the question's words in translation does not answer. ``at_home`` says
    that much of the corpus is in the question's language, ``alone`` that there is none in the
    question's, or that the best lacks a name that it asks about: its failing to answer then tells
    nothing of the others.
    """
    hit = one.hit
    if not hit.sparse_score:
        return -math.inf
    others = [
        other.score for other in ranking.crossed if other.chunk.document_id != hit.chunk.document_id
    ]
    lead = min(hit.score - ranking.mean_crossed_score, CROSS_MOST)
    margin = min(hit.score - max(others, default=ranking.mean_crossed_score), CROSS_MOST)
    bias = CROSS_BIAS + CROSS_SECOND * (not alone)
    bias += CROSS_AT_HOME * at_home + CROSS_MISSING * one.missing_abroad
    return CROSS_WORDS * hit.sparse_score + CROSS_LEAD * lead + CROSS_MARGIN * margin + bias


def _most(support: Support) -> float:
    """Most log-odds that a passage may have for the words that it holds."""
    if not support.words:
        return NOTHING_HELD
    if support.unnamed or (support.focus == 1 and support.words < HALF_WORDS):
        return HALF_HELD
    of_other = support.other_year or support.other_site
    missing = support.kind or support.year or of_other or support.bare
    return FIGURE_MISSING if missing else math.inf


def _features(
    one: Candidate, siblings: Sequence[Candidate], ranking: Ranking, spread: float
) -> dict[str, float]:
    """What the models of :mod:`hyqa.index.calibration` see of a candidate.

    The parts of its support; ``likeness``, how far its cosine is above the usual, in units of the
    spread of the index's cosines; ``cosine_lead`` and ``keyword_lead``, how far its scores are
    above the mean of those that came near; and how far it stands out among its document's other
    candidates in cosine, keywords and support: where a document lacks the very fact, none does.
    """
    hit, support = one.hit, one.support
    others = [other for other in siblings if other is not one]
    return {
        "words": support.words,
        "together": support.together,
        "rarest": support.rarest,
        "place": support.place,
        "place_far": support.place_far,
        "name": support.name,
        "year": support.year,
        "kind": support.kind,
        "focus": support.focus,
        "kind_far": support.kind_far,
        "year_far": support.year_far,
        "likeness": (hit.dense_score - ranking.usual_dense_score) / spread,
        "cosine_lead": (hit.dense_score - ranking.mean_dense_score) / spread,
        "keyword_lead": hit.sparse_score - ranking.mean_sparse_score,
        "own_cosine": _above(hit.dense_score, [o.hit.dense_score for o in others]) / spread,
        "own_keywords": _above(hit.sparse_score, [o.hit.sparse_score for o in others]),
        "own_support": _above(support.together, [o.support.together for o in others]),
    }


def _by_document(candidates: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """The candidates of each document."""
    found: dict[str, list[Candidate]] = {}
    for one in candidates:
        found.setdefault(one.hit.chunk.document_id, []).append(one)
    return found


def _above(value: float, others: Sequence[float]) -> float:
    """How far a value is above the mean of others; 0 where there are none."""
    return value - fmean(others) if others else 0.0
