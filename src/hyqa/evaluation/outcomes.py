"""Asking labelled questions, and keeping of each answer what the figures need."""

import time
from dataclasses import dataclass
from datetime import date

from hyqa.engine import Engine
from hyqa.evaluation.metrics import answer_inside, first_rank
from hyqa.evaluation.questions import LabelledQuestion
from hyqa.questions import make_query
from hyqa.types import Answer, Quote, Status

RANKED_CHUNKS = 50
"""Hits whose documents are ranked: enough for five documents nearly always."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled question.

    ``ranking`` are the documents in the order of their best hits, whether or not it was answered;
    ``quoted`` are the documents of the quotes.
    """

    question: LabelledQuestion
    status: Status
    language: str
    confidence: float
    ranking: tuple[str, ...]
    quoted: tuple[str, ...]
    inside: bool
    characters: int
    not_verbatim: int
    seconds: float

    @property
    def answered(self) -> bool:
        """Whether anything was quoted as an answer."""
        return self.status is Status.ANSWERED

    @property
    def rank(self) -> int | None:
        """Rank of the first right document, by retrieval."""
        return first_rank(self.ranking, self.question.document_ids)

    @property
    def right_first(self) -> bool:
        """Whether the first quote is from a right document."""
        return first_rank(self.quoted, self.question.document_ids) == 1


def judge(engine: Engine, question: LabelledQuestion) -> Outcome:
    """Ask one question, as of its day or today, and judge the answer."""
    request = question.request
    started = time.perf_counter()
    conversation = engine.conversation([dict(message) for message in request.history])
    answer = engine.ask(request.words, conversation=conversation, as_of=request.as_of)
    seconds = time.perf_counter() - started
    texts = [quote.text for quote in answer.quotes]
    return Outcome(
        question=question,
        status=answer.status,
        language=question.language or answer.language.value,
        confidence=answer.confidence,
        ranking=_ranking(engine, answer, request.as_of),
        quoted=tuple(quote.citation.document_id for quote in answer.quotes),
        inside=answer_inside(question.groups, texts),
        characters=sum(map(len, texts)),
        not_verbatim=sum(not is_verbatim(engine, quote) for quote in answer.quotes),
        seconds=seconds,
    )


def is_verbatim(engine: Engine, quote: Quote) -> bool:
    """Whether a quote is what its document holds at its place."""
    text = engine.document(quote.citation.document_id).text
    return bool(quote.text) and text[quote.start : quote.end] == quote.text


def _ranking(engine: Engine, answer: Answer, as_of: date | None) -> tuple[str, ...]:
    query = make_query(answer.query, answer.language)
    hits = engine.search(query, top_k=RANKED_CHUNKS, as_of=as_of)
    return tuple(dict.fromkeys(hit.chunk.document_id for hit in hits))
