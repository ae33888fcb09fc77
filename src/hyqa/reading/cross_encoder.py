"""A reader that adds a cross-encoder, which reads question and passage together, to the lexical one."""

from collections.abc import Sequence

from hyqa.index.build import Index
from hyqa.models import Reranker
from hyqa.reading.confidence import readings_of
from hyqa.reading.lexical import LexicalReader
from hyqa.reading.reranking import candidates_of
from hyqa.types import Document, Query, QuestionAnalysis, Ranking, Reading, Sentence


class CrossEncoderReader:
    """Orders passages by a cross-encoder, and lets it have its say in how likely each answers.

    Its log-odds are a feature beside those of the lexical reader: weighed by the index's own
    calibration where `hyqa calibrate` was run with it, with half a say where not. What a passage
    lacks (the kind of figure, the year, the place that is asked for) bounds the probability as it
    does without. Sentences are chosen by the lexical reader.

    Args:
        index: where the passages come from.
        model: gives each pair of question and passage its log-odds.
    """

    def __init__(self, index: Index, model: Reranker) -> None:
        self._index = index
        self._model = model
        self._lexical = LexicalReader(index)

    def read(
        self, query: Query, question: QuestionAnalysis, ranking: Ranking
    ) -> tuple[Reading, ...]:
        """See :class:`hyqa.reading.reader.Reader`."""
        candidates = candidates_of(self._index, query, question, ranking)
        texts = [f"{one.meta.title}\n{one.hit.chunk.text}" for one in candidates]
        logits = [float(score) for score in self._model.scores(query.text, texts)]
        order = sorted(range(len(candidates)), key=lambda place: -logits[place])
        return readings_of(
            self._index,
            query,
            [candidates[place] for place in order],
            ranking,
            [logits[place] for place in order],
        )

    def score_sentences(
        self, question: QuestionAnalysis, document: Document, hits: Sequence[Reading]
    ) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
        """See :class:`hyqa.reading.reader.Reader`."""
        return self._lexical.score_sentences(question, document, hits)
