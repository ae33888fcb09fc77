"""Choose the documents that are quoted, and the one that leads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from hyqa.index.build import Index
from hyqa.index.validity import has_ended
from hyqa.reading.reader import Reader
from hyqa.types import QuestionAnalysis, Reading

MAX_DOCUMENTS = 3
WORTH_READING = 0.25
"""Probability from which the likeliest passage of all is shown as what comes nearest, where it is not
likely enough to be an answer."""
NEAR_SCORE = 0.1
"""How far below the best hit another document's may score and still be quoted."""
NEAR_LOGIT = 1.0
"""How much lower the log-odds of another document's hit may be that is still quoted."""
EQUAL_SCORE, EQUAL_LOGIT = 0.1, 0.7
"""How little a newer hit may fall short of the best one to lead in its place. Log-odds of the fitted
models that are this near are of passages that hold the same words, one of them closer together."""
CHANGING_KINDS = frozenset({"number", "money", "percentage"})
"""Kinds of answer that change from year to year: the day of a decree does not."""


def leading_readings(
    index: Index,
    reader: Reader,
    question: QuestionAnalysis,
    readings: Sequence[Reading],
    *,
    as_of: date,
) -> tuple[Reading, ...]:
    """Find the best reading of each document that is quoted, with the scores of its sentences.

    Args:
        index: where the documents are.
        reader: scores the sentences.
        question: what is asked.
        readings: of the best hits, the one that answers best first.
        as_of: day on which a document leads only if it is in force.

    Returns:
        The reading whose document leads first. Of documents that are as likely to answer as the
        best, the newest leads. Where no reading answers, the first alone if it is worth reading; else ().
    """
    if not readings or readings[0].answer_probability < WORTH_READING:
        return ()
    if not readings[0].answers:
        return (_with_sentences(index, reader, question, readings[0], readings),)
    return tuple(
        _with_sentences(index, reader, question, one, readings)
        for one in _leading(readings, index, question, as_of)
    )


def with_sentences(readings: Sequence[Reading], leading: Sequence[Reading]) -> tuple[Reading, ...]:
    """Put the scores of sentences into the readings that lead; the order stays."""
    scored = {id(one.hit): one for one in leading}
    return tuple(scored.get(id(one.hit), one) for one in readings)


def _with_sentences(
    index: Index,
    reader: Reader,
    question: QuestionAnalysis,
    leading: Reading,
    readings: Sequence[Reading],
) -> Reading:
    document = index.store.document(leading.hit.chunk.document_id)
    own = [one for one in readings if one.hit.chunk.document_id == document.id]
    own.sort(key=lambda one: one.hit.chunk is not leading.hit.chunk)
    sentences, scores = reader.score_sentences(question, document, own)
    return replace(leading, sentences=sentences, sentence_scores=scores)


def _leading(
    readings: Sequence[Reading], index: Index, question: QuestionAnalysis, as_of: date
) -> list[Reading]:
    """The best hit of each document that is quoted, the document that leads first.

    What has expired or was repealed stands behind what has not, unless a year is asked about.
    """
    near = _originals_first(list(_near(readings, index)), index)
    if question.years:
        return near
    ended = {id(item): _has_ended(item, index, as_of) for item in near}
    near.sort(key=lambda item: ended[id(item)])
    best = near[0]
    if question.sentence_kind is None or question.sentence_kind.name not in CHANGING_KINDS:
        return near
    equal = [
        item
        for item in near
        if ended[id(item)] == ended[id(best)]
        and item.hit.score >= best.hit.score - EQUAL_SCORE
        and item.logit >= best.logit - EQUAL_LOGIT
    ]
    newest = max(equal, key=lambda item: _year(item, index))
    lead = newest if _year(best, index) and _year(newest, index) > _year(best, index) else best
    return [lead, *(item for item in near if item is not lead)]


def _originals_first(near: Sequence[Reading], index: Index) -> list[Reading]:
    """Put an original before its digest, where both answer about as surely: it is the source."""
    metas = [index.store.document(item.hit.chunk.document_id).meta for item in near]
    order = list(near)
    for place, meta in enumerate(metas):
        ids = [item.hit.chunk.document_id for item in order]
        before = min((ids.index(name) for name in meta.original_of if name in ids), default=place)
        if before < ids.index(near[place].hit.chunk.document_id):
            order.remove(near[place])
            order.insert(before, near[place])
    return order


def _near(readings: Sequence[Reading], index: Index) -> Iterator[Reading]:
    """The best hit, and of each other document in its language the best that is about as sure."""
    first = readings[0]
    language = index.store.document(first.hit.chunk.document_id).meta.language
    seen: set[str] = set()
    for item in readings:
        near = item.hit.score >= first.hit.score - NEAR_SCORE
        sure = item.answers and item.logit >= first.logit - NEAR_LOGIT
        fits = item is first or (near and sure)
        if len(seen) == MAX_DOCUMENTS or item.hit.chunk.document_id in seen or not fits:
            continue
        if index.store.document(item.hit.chunk.document_id).meta.language is language:
            seen.add(item.hit.chunk.document_id)
            yield item


def _has_ended(item: Reading, index: Index, day: date) -> bool:
    meta = index.store.document(item.hit.chunk.document_id).meta
    return has_ended(meta, day)


def _year(item: Reading, index: Index) -> int:
    """The year a hit's document was issued, 0 where it is not known."""
    return int(index.store.document(item.hit.chunk.document_id).meta.issued[:4] or 0)
