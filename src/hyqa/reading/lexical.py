"""The lexical reader: goes by which of a question's words, names and years a passage holds, and where."""

from collections.abc import Sequence

from hyqa.index.build import Index
from hyqa.reading.confidence import readings_of
from hyqa.reading.relevance import probabilities
from hyqa.reading.reranking import candidates_of
from hyqa.reading.sentences import sentences_of
from hyqa.types import Document, Query, QuestionAnalysis, Ranking, Reading, Sentence

REACH = 400
"""Characters around a found chunk that are looked at; of a short document, all are."""
WHOLE_DOCUMENT = 6000
"""Characters up to which a document is looked at as a whole."""
SECOND_STANDING = 0.5
"""What a document's further hits count for beside its best."""


class LexicalReader:
    """Reads by words, names, years and kinds of answers; a :class:`hyqa.reading.reader.Reader`.

    Args:
        index: where the passages come from.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def read(
        self, query: Query, question: QuestionAnalysis, ranking: Ranking
    ) -> tuple[Reading, ...]:
        """Look closely at the best hits, and estimate how likely each answers."""
        candidates = candidates_of(self._index, query, question, ranking)
        return readings_of(self._index, query, candidates, ranking)

    def score_sentences(
        self, question: QuestionAnalysis, document: Document, hits: Sequence[Reading]
    ) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
        """Score the sentences near the hits by a small logistic model of their words and place."""
        chunks = [one.hit.chunk for one in hits]
        spans = [
            ((chunk.start, chunk.end), SECOND_STANDING if place else 1.0)
            for place, chunk in enumerate(chunks)
        ]
        whole = len(document.text) <= WHOLE_DOCUMENT
        near = [(0, len(document.text))] if whole else [span for span, _ in spans]
        near += [(table.header_start, table.header_end) for table in document.tables]
        sentences = sentences_of(document, near, REACH)
        likely = probabilities(document, sentences, spans, question)
        return tuple(sentences), tuple(likely.tolist())
