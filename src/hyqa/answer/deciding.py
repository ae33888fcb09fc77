"""The decision: an answer by the quotes that were chosen, or a refusal that names what is near."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hyqa.answer.conflicts import conflicting_quotes
from hyqa.answer.coverage import is_outside, missing_parts, missing_words
from hyqa.index.build import Index
from hyqa.types import Answer, Citation, Hit, Query, QuestionAnalysis, Quote, Reading, Status

NEAREST_WORDS = 0.5
"""Share of the weight of a question's words from which a document that does not answer may be named
as near."""
_NEAREST = 3


def decide(
    index: Index,
    query: Query,
    question: QuestionAnalysis,
    readings: Sequence[Reading],
    quotes: tuple[Quote, ...],
    *,
    as_of: date,
) -> Answer:
    """Answer by quotes, or refuse.

    Args:
        index: where the documents are.
        query: what was searched for.
        question: what it asks.
        readings: of the best hits, the likeliest answer first.
        quotes: what was chosen to be shown; () where no reading is likely enough.
        as_of: day on which a document that has ended contradicts none.
    """
    sure = readings[0].answer_probability if readings else 0.0
    answer = Answer(query.question, query.text, Status.NOT_FOUND, query.language, sure)
    if not quotes:
        return _refused(index, answer, question, readings)
    apart = conflicting_quotes(index, query, question, readings, quotes, as_of=as_of)
    shown = apart or quotes
    missing = missing_parts(index, query, question, [one.citation.document_id for one in shown])
    return replace(
        answer,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        quotes=shown,
        missing=missing,
        differs=bool(apart),
    )


def _refused(
    index: Index, answer: Answer, question: QuestionAnalysis, readings: Sequence[Reading]
) -> Answer:
    found = [one.hit.chunk.document_id for one in readings]
    outside = is_outside(index, question, found)
    near = [one.hit for one in readings if one.features.get("words", 0.0) >= NEAREST_WORDS]
    return replace(
        answer,
        status=Status.OUT_OF_SCOPE if outside else Status.NOT_FOUND,
        nearest=() if outside else _nearest(index, near),
        missing=missing_words(index, question, found[:_NEAREST]),
    )


def _nearest(index: Index, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Where the best hit of each of the nearest documents stands."""
    best = {hit.chunk.document_id: hit.chunk for hit in reversed(hits)}
    ids = list(dict.fromkeys(hit.chunk.document_id for hit in hits))[:_NEAREST]
    return tuple(
        Citation(id_, index.store.metadata(id_), best[id_].heading_path, best[id_].pages)
        for id_ in ids
    )
