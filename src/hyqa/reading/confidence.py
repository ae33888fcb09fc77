"""Estimate how likely each passage answers a question: one probability out of many features.

Models fitted on questions with known answers (:mod:`hyqa.index.calibration`) weigh what a passage
holds; what it lacks bounds the probability, whatever else speaks for it.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from hyqa.index.build import Index
from hyqa.question.query import question_language
from hyqa.reading.reranking import Candidate
from hyqa.reading.support import Support
from hyqa.types import Language, Query, Ranking, Reading

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

READER = "reader"
"""Feature: the log-odds that a model gives which reads question and passage together."""
_Pair = tuple[Reading, Candidate]
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


def readings_of(
    index: Index,
    query: Query,
    candidates: Sequence[Candidate],
    ranking: Ranking,
    reader_logits: Sequence[float] = (),
) -> tuple[Reading, ...]:
    """Estimate for each candidate how likely it answers.

    Args:
        index: where they come from; its calibration holds the models.
        query: what was searched for.
        candidates: the passages that were looked at closely, the best first.
        ranking: what the search found.
        reader_logits: for each candidate, the log-odds that a model which reads question and
            passage together gives it; () where there is none.

    Returns:
        The readings, the one that answers best first: text in the asker's language leads where it
        answers, else text in the other language.
    """
    readings = lexical_readings(index, query, candidates, ranking, reader_logits)
    pairs = [*zip(readings, candidates, strict=True)]
    if pairs and candidates[0].support.kind:
        pairs = _with_kind_first(pairs)
    return _by_language(pairs, query, ranking)


def lexical_readings(
    index: Index,
    query: Query,
    candidates: Sequence[Candidate],
    ranking: Ranking,
    reader_logits: Sequence[float] = (),
) -> list[Reading]:
    """Estimate like :func:`readings_of`; the readings stay in the order of the candidates."""
    judge = _Judge(index, query, candidates, ranking, reader_logits)
    return [judge.reading(one) for one in candidates]


class _Judge:
    """Estimates the log-odds of candidates that were found together."""

    def __init__(
        self,
        index: Index,
        query: Query,
        candidates: Sequence[Candidate],
        ranking: Ranking,
        reader_logits: Sequence[float],
    ) -> None:
        self._query, self._ranking = query, ranking
        self._wording = question_language(query.question)
        self._at_home = _share_in(query.language, index) >= AT_HOME
        first = next((one for one in candidates if _is_own(one, query)), None)
        self._alone = first is None or bool(first.support.place or first.support.name)
        siblings, spread = _by_document(candidates), index.dense.spread
        seen = [
            _features(one, siblings[one.hit.chunk.document_id], ranking, spread)
            for one in candidates
        ]
        if reader_logits:
            pairs = zip(seen, reader_logits, strict=True)
            seen = [features | {READER: logit} for features, logit in pairs]
        self._features = {id(one): features for one, features in zip(candidates, seen, strict=True)}
        estimates = index.calibration.logits(query.language.value, seen)
        if reader_logits and READER not in index.calibration.models[query.language.value].weights:
            estimates = [(a + b) / 2 for a, b in zip(estimates, reader_logits, strict=True)]
        self._estimates = dict(zip(self._features, estimates, strict=True))

    def reading(self, one: Candidate) -> Reading:
        """Estimate the log-odds that a candidate answers, bounded by what it lacks."""
        estimate, support = self._estimates[id(one)], one.support
        limits = _limits(support)
        logit = min([estimate, *limits.values()])
        threshold = THRESHOLDS[self._query.language]
        if not _is_own(one, self._query):
            other = self._cross_lingual(one)
            worded = one.meta.language is self._wording  # and in English? asks in words of before
            logit, threshold = max(logit, other) if worded else other, CROSS_THRESHOLD
        reasons = [name for name, most in limits.items() if most < estimate and most == logit]
        return Reading(
            hit=one.hit,
            logit=logit + ELSEWHERE * support.elsewhere,
            features=self._features[id(one)],
            threshold=threshold,
            limits=(*reasons, *(["elsewhere"] if support.elsewhere else [])),
        )

    def _cross_lingual(self, one: Candidate) -> float:
        """Log-odds that a hit in another language than the question's answers it.

        It is compared with others of its language: scores of two languages differ by more than
        that. One that holds none of the question's words in translation does not answer.
        """
        hit, ranking = one.hit, self._ranking
        if not hit.sparse_score:
            return -math.inf
        others = [
            other.score
            for other in ranking.cross_lingual
            if other.chunk.document_id != hit.chunk.document_id
        ]
        usual = ranking.mean_cross_lingual_score
        lead = min(hit.score - usual, CROSS_MOST)
        margin = min(hit.score - max(others, default=usual), CROSS_MOST)
        bias = CROSS_BIAS + CROSS_SECOND * (not self._alone)
        bias += CROSS_AT_HOME * self._at_home + CROSS_MISSING * one.lacks_name
        logit = CROSS_WORDS * hit.sparse_score + CROSS_LEAD * lead + CROSS_MARGIN * margin + bias
        # What an amount or a date looks like, and which park it is of, is told in both languages.
        limited = one.support.kind or one.support.other_site
        return min(logit, FIGURE_MISSING) if limited else logit


def _with_kind_first(pairs: list[_Pair]) -> list[_Pair]:
    """Readings led by another passage of the best one's document, where that one answers.

    For a best one without text of the kind that is asked for.
    """
    document = pairs[0][0].hit.chunk.document_id
    for place, (reading, one) in enumerate(pairs):
        same = reading.hit.chunk.document_id == document
        if same and not one.support.kind and reading.answers:
            return [pairs[place], *pairs[:place], *pairs[place + 1 :]]
    return pairs


def _by_language(pairs: list[_Pair], query: Query, ranking: Ranking) -> tuple[Reading, ...]:
    """Readings in the order of who leads: text in the asker's language where that answers.

    Among text in the other language alone the best ranked stays first: of the 4 of 247 English
    questions over Chinese text that another was to answer, it answered none rightly.
    """
    own = {id(reading) for reading, one in pairs if _is_own(one, query)}
    readings = [reading for reading, _ in pairs]
    if readings and id(readings[0]) not in own:
        # Where text in the asker's language answers as well, it leads.
        readings.sort(key=lambda one: not one.answers or id(one) not in own)
    if not own or readings[0].answers:
        return tuple(readings)
    # Text in the other language may answer where text in the asker's does not.
    readings.sort(key=lambda one: not one.answers or one.hit not in ranking.cross_lingual)
    if readings[0].answers:
        likely = [
            replace(reading, threshold=min(reading.threshold, NEARLY))
            for reading, _ in pairs
            if id(reading) in own
        ]
        others = [one for one in readings if id(one) not in own]
        readings = sorted([*likely, *others], key=lambda one: not one.answers)
    return tuple(readings)


def _share_in(language: Language, index: Index) -> float:
    """Share of an index's chunks that are in a language."""
    chinese = float(index.validity.chinese.mean())
    return chinese if language is Language.CHINESE else 1 - chinese


def _is_own(one: Candidate, query: Query) -> bool:
    return one.meta.language is query.language


def _limits(support: Support) -> dict[str, float]:
    """The most log-odds that a passage may have for what it lacks, by the name of that."""
    half = support.focus == 1 and support.words < HALF_WORDS
    lacking = {
        "words": (not support.words, NOTHING_HELD),
        "chinese_name": (support.unnamed, HALF_HELD),
        "focus": (half, HALF_HELD),
        "kind": (bool(support.kind), FIGURE_MISSING),
        "year": (bool(support.year) or support.other_year, FIGURE_MISSING),
        "other_site": (support.other_site, FIGURE_MISSING),
        "says_nothing": (support.bare, FIGURE_MISSING),
    }
    return {name: most for name, (lacks, most) in lacking.items() if lacks}


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
