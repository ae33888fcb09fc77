"""The reader protocol: a question and the passages found for it in, how likely each answers out."""

from collections.abc import Sequence
from typing import Protocol

from hyqa.types import Document, Query, QuestionAnalysis, Ranking, Reading, Sentence


class Reader(Protocol):
    """Reads passages for a question.

    Both methods may be called from several threads at once.
    """

    def read(
        self, query: Query, question: QuestionAnalysis, ranking: Ranking
    ) -> tuple[Reading, ...]:
        """Read the best hits of a search.

        Args:
            query: what was searched for.
            question: what it asks.
            ranking: the passages that the search found, with their scores.

        Returns:
            Readings of the passages that were looked at, the likeliest answer first.
        """

    def score_sentences(
        self, question: QuestionAnalysis, document: Document, hits: Sequence[Reading]
    ) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
        """Score the sentences of a document that is quoted: how likely each is part of the answer.

        Asked for only of the few documents that are quoted: reading all sentences of all passages
        would cost more than the search.

        Args:
            question: what is asked.
            document: what is quoted.
            hits: its readings, the one that leads first.

        Returns:
            The sentences near the hits, in order, and a score of 0 to 1 for each.
        """
