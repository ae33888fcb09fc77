"""The decision: an answer by the quotes that were chosen, or a refusal that names what is near."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hyqa.answer.conflicts import conflicting_quotes
from hyqa.answer.coverage import is_outside, missing_parts, missing_words, years_left_open
from hyqa.answer.quotes import quote_words
from hyqa.index.build import Index
from hyqa.reading.related import known_gap, known_lack, related_questions
from hyqa.text.sounds import readings as pinyin_of
from hyqa.text.tokens import normalize
from hyqa.types import (
    Answer,
    Citation,
    Foresight,
    Hit,
    Language,
    Query,
    QuestionAnalysis,
    Quote,
    Reading,
    Status,
)

NEAREST_WORDS = 0.5
"""Share of the weight of a question's words from which a document that does not answer may be named
as near."""
_NEAREST, _MOST_WORDS = 3, 2
IN_SCOPE = 0.92
"""Likeness of a foreseen question, a near miss or a known gap from which a question is within what
the documents are about, whether they answer it or not."""


def decide(
    index: Index,
    query: Query,
    question: QuestionAnalysis,
    readings: Sequence[Reading],
    quotes: tuple[Quote, ...],
    foresight: Foresight | None = None,
    *,
    as_of: date,
) -> Answer:
    """Answer by quotes, or refuse.

    Args:
        index: where the documents are.
        query: what was searched for.
        question: what it asks.
        readings: of the best hits, the likeliest answer first.
        quotes: what was chosen to be shown; where the first reading does not answer, what comes nearest.
        foresight: how near foreseen questions and known gaps are, where there are any.
        as_of: day on which a document that has ended contradicts none.
    """
    sure = readings[0].answer_probability if readings else 0.0
    answer = Answer(query.question, query.text, Status.NOT_FOUND, query.language, sure)
    if not quotes or not readings[0].answers:
        refused = _refused(index, answer, question, readings, foresight)
        helps = refused.status is Status.NOT_FOUND and _fit(quotes[:1], question)
        return replace(refused, closest=quotes[:1]) if quotes and helps else refused
    apart = conflicting_quotes(index, query, question, readings, quotes, as_of=as_of)
    shown = apart or quotes
    missing = missing_parts(index, query, question, [one.citation.document_id for one in shown])
    if not _fit(shown, question):
        return _refused(index, answer, question, readings, foresight)
    missing = missing or years_left_open(query, question, shown, as_of)
    if not missing and (lack := known_lack(query.language, readings[0])):
        missing = (lack,)
    return replace(
        answer,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        quotes=shown,
        missing=missing,
        differs=bool(apart),
        related=related_questions(query.question, query.language, readings, shown),
    )


def _fit(quotes: Sequence[Quote], question: QuestionAnalysis) -> bool:
    """Whether quotes, or the titles above them, name one of the places abroad, in either language.

    They do where only other places are asked about and what would be shown is about one of them.
    """
    if not question.places_abroad:
        return True
    names = {
        name
        for place in question.places_abroad
        for name in (place, *pinyin_of(place), *question.aliases.get(place, ()))
    }
    texts = [
        normalize("\n".join([one.citation.meta.title, *one.citation.heading_path, one.text]))
        for one in quotes
    ]
    return any(name in text for text in texts for name in names)


def _refused(
    index: Index,
    answer: Answer,
    question: QuestionAnalysis,
    readings: Sequence[Reading],
    foresight: Foresight | None,
) -> Answer:
    found = [one.hit.chunk.document_id for one in readings]
    gap = known_gap(foresight, elsewhere=question.abroad)
    outside = gap is None and not _is_foreseen(foresight) and is_outside(index, question, found)
    near = [one.hit for one in readings if one.features.get("words", 0.0) >= NEAREST_WORDS]
    nearest = _documents(index, gap.nearest, answer.language) if gap else _nearest(index, near)
    words = _words(index, gap.nearest, answer.language) if gap else ()
    return replace(
        answer,
        status=Status.OUT_OF_SCOPE if outside else Status.NOT_FOUND,
        nearest=() if outside else nearest,
        closest=words if _fit(words, question) else (),
        # What is known not to be held of the corpus's own places says nothing of others.
        missing=tuple(map(str.title, question.foreign))
        if gap
        else missing_words(index, question, found[:_NEAREST]),
        pointer=gap.texts.get(answer.language, "") if gap else "",
        related=()
        if outside
        else related_questions(answer.question, answer.language, readings, ()),
    )


def _is_foreseen(foresight: Foresight | None) -> bool:
    """Whether something like the question was foreseen, so that it is within what is talked of."""
    if foresight is None:
        return False
    return max(foresight.best, foresight.best_near_miss, foresight.topic_likeness) >= IN_SCOPE


def _words(index: Index, nearest: Mapping[str, str], language: Language) -> tuple[Quote, ...]:
    """Quote the words that come nearest to a known gap, of documents in the asker's language."""
    own = [
        (name, words)
        for name, words in nearest.items()
        if words and index.store.metadata(name).language is language
    ]
    return tuple(
        quote_words(index.store.document(name), words) for name, words in own[:_MOST_WORDS]
    )


def _documents(index: Index, ids: Iterable[str], language: Language) -> tuple[Citation, ...]:
    """Citations of documents as a whole, those in the asker's language, or all where none is."""
    metas = [(name, index.store.metadata(name)) for name in ids]
    own = [one for one in metas if one[1].language is language]
    return tuple(Citation(name, meta) for name, meta in (own or metas)[:_NEAREST])


def _nearest(index: Index, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Where the best hit of each of the nearest documents stands."""
    best = {hit.chunk.document_id: hit.chunk for hit in reversed(hits)}
    ids = list(dict.fromkeys(hit.chunk.document_id for hit in hits))[:_NEAREST]
    return tuple(
        Citation(id_, index.store.metadata(id_), best[id_].heading_path, best[id_].pages)
        for id_ in ids
    )
