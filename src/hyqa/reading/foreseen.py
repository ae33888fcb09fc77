"""A reader that has seen foreseen questions: what was written for a passage, learned from examples.

It adds to the lexical reader what :mod:`hyqa.reading.foresight` measures. How much each of these says
was learned from the foreseen questions themselves, each asked as if nobody had foreseen it
(:mod:`hyqa.maintenance.evaluation.leave_one_out`), and from golden questions.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from hyqa.index.build import Index
from hyqa.index.foreseen import NONE
from hyqa.models.boosting import Boosting
from hyqa.reading.close_reading import CloseReader
from hyqa.reading.confidence import lexical_readings
from hyqa.reading.foresight import features_of
from hyqa.reading.lexical import LexicalReader
from hyqa.reading.reranking import Candidate, candidates_of
from hyqa.types import Document, Match, Query, QuestionAnalysis, Ranking, Reading, Sentence

THRESHOLD = 0.5
"""Probability from which a passage is shown as an answer. Of the fourth study's 70 single questions that
the documents answer, .4, .5 and .6 show 43, 39 and 30 rightly, and 2 others each; of 69 golden questions
that nothing answers, .5 answers 8 (:mod:`tests.golden.test_investors`)."""
IN_CONVERSATION = 0.6
"""The same for a question that follows others, of which more are taken wrongly: of the fourth study's
conversations .5 shows 16 of 32 rightly and 11 others, .6 shows 14 and 7, .65 shows 12 and 7."""
OWN_LANGUAGE = 1.0
"""Log-odds by which a passage in the asker's language may be less likely to answer than one in the
other, and still stand before it: most is told in both."""
FAR_FROM_ANY, AS_GOOD_AS_ASKED = 0.7, 0.85
"""Likeness up to which a foreseen question says nothing about sentences, and from which it says all."""
LESS_LIKELY = 0.03
"""How much less like the nearest foreseen question one is whose words are 1/e as likely to answer."""
BESIDE_FORESEEN = 0.15
"""What words count for in a sentence that answers no foreseen question that is near."""
FILE = "foresight.json"
"""The model, in this folder."""


@cache
def shipped_model() -> Boosting:
    """Read the model that comes with hyqa, fitted by ``python -m benchmarks.quality.foresee``."""
    return Boosting.from_json(files("hyqa.reading").joinpath(FILE).read_text(encoding="utf-8"))


class ForeseenReader:
    """Reads with the help of foreseen questions; a :class:`hyqa.reading.reader.Reader`.

    Args:
        index: where passages and foreseen questions come from.
        model: weighs what is measured.
        close: reads the likeliest passages together with the question, where there is such a reader.
    """

    def __init__(self, index: Index, model: Boosting, close: CloseReader | None = None) -> None:
        self._index, self._model, self._close = index, model, close
        self._lexical = LexicalReader(index)

    def read(
        self, query: Query, question: QuestionAnalysis, ranking: Ranking
    ) -> tuple[Reading, ...]:
        """See :class:`hyqa.reading.reader.Reader`."""
        candidates = candidates_of(self._index, query, question, ranking)
        readings = described(self._index, query, candidates, ranking)
        logits = self._model.logits([one.features for one in readings])
        weighed = [replace(one, logit=logit) for one, logit in zip(readings, logits, strict=True)]
        if self._close:
            weighed = self._close.read(query, weighed)
        return tuple(self._in_order(weighed, query))

    def _in_order(self, readings: Sequence[Reading], query: Query) -> list[Reading]:
        """The likeliest first, text in the asker's language before what is hardly likelier."""

        def standing(one: Reading) -> tuple[bool, float]:
            meta = self._index.store.document(one.hit.chunk.document_id).meta
            return one.answers, one.logit + OWN_LANGUAGE * (meta.language is query.language)

        return sorted(readings, key=standing, reverse=True)

    def score_sentences(
        self, question: QuestionAnalysis, document: Document, hits: Sequence[Reading]
    ) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
        """See :class:`hyqa.reading.reader.Reader`: the nearest foreseen questions tell.

        They were right about the sentence that answers for .78 of 462 questions that nobody had
        foreseen, words and places for .49, and both together for no more.
        """
        sentences, lexical = self._lexical.score_sentences(question, document, hits)
        matches = [match for hit in hits for match in hit.hit.foreseen]
        return sentences, tuple(_foreseen_scores(sentences, lexical, matches))


def _foreseen_scores(
    sentences: Sequence[Sentence], lexical: Sequence[float], matches: Sequence[Match]
) -> Iterator[float]:
    """Scores by the nearest foreseen question that the words of a sentence answer.

    Where none is near, words tell; in between, both.
    """
    best = max((match.likeness for match in matches), default=NONE)
    trust = min(1.0, max(0.0, (best - FAR_FROM_ANY) / (AS_GOOD_AS_ASKED - FAR_FROM_ANY)))
    for one, said in zip(sentences, lexical, strict=True):
        near = max(
            (match.likeness for match in matches if _holds(one, match)),
            default=NONE,
        )
        told = math.exp((near - best) / LESS_LIKELY)
        yield (1 - trust) * said + trust * max(BESIDE_FORESEEN * said, told)


def _holds(one: Sentence, match: Match) -> bool:
    return one.start < match.end and one.end > match.start


def described(
    index: Index, query: Query, candidates: Sequence[Candidate], ranking: Ranking
) -> list[Reading]:
    """Measure candidates: readings with their features, weighed by the lexical reader alone."""
    lexical = lexical_readings(index, query, candidates, ranking)
    told = [(one.logit, one.features) for one in lexical]
    features = features_of(index, query, candidates, ranking, told)
    threshold = IN_CONVERSATION if query.follows else THRESHOLD
    return [
        replace(one, features=numbers, threshold=threshold)
        for one, numbers in zip(lexical, features, strict=True)
    ]
