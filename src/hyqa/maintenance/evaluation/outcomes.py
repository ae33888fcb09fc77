"""Asking labelled questions, and keeping of each answer what the figures need."""

import time
from dataclasses import dataclass

from hyqa.engine import Engine
from hyqa.maintenance.evaluation.metrics import all_inside, answer_inside, first_rank
from hyqa.maintenance.evaluation.questions import LabelledQuestion
from hyqa.types import Quote, Status, Trace

UNDERSPECIFIED = "underspecified"
"""Label of a question that does not say what it is about: it should be asked back."""
RANKED_CHUNKS = 50
"""Hits whose documents are ranked: enough for five documents nearly always."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled question.

    ``ranking`` are the documents as the engine ranks them, whether or not it answers; ``quoted``
    are the documents of the quotes, ``inside`` says whether these hold an accepted answer,
    ``evidenced`` whether they hold every sentence that proves it.
    """

    question: LabelledQuestion
    status: Status
    language: str
    confidence: float
    ranking: tuple[str, ...]
    quoted: tuple[str, ...]
    inside: bool
    evidenced: bool
    characters: int
    not_verbatim: int
    seconds: float

    @property
    def answered(self) -> bool:
        """Whether anything was quoted as an answer, be it to a part of the question."""
        return bool(self.quoted)

    @property
    def asked_back(self) -> bool:
        """Whether the question was asked back."""
        return self.status is Status.CLARIFY

    @property
    def refused(self) -> bool:
        """Whether nothing was answered; asking back is no refusal but of what is underspecified."""
        return not self.answered and (not self.asked_back or self.question.label == UNDERSPECIFIED)

    @property
    def rank(self) -> int | None:
        """Rank of the first right document."""
        return first_rank(self.ranking, self.question.document_ids)

    @property
    def right_first(self) -> bool:
        """Whether the first quote is from a right document."""
        return first_rank(self.quoted, self.question.document_ids) == 1

    @property
    def correct(self) -> bool:
        """Whether what leads answers, quoted or not: what the confidence is the probability of.

        Where the right documents are not known, an accepted answer must stand in the quotes.
        """
        if self.question.document_ids:
            return self.question.answerable and self.rank == 1
        return self.question.answerable and (self.inside or not self.question.groups)


def judge(engine: Engine, question: LabelledQuestion) -> Outcome:
    """Ask one question, as of its day or today, and judge the answer."""
    started = time.perf_counter()
    trace = ask(engine, question)
    seconds = time.perf_counter() - started
    answer = trace.answer
    texts = [quote.text for quote in answer.quotes]
    return Outcome(
        question=question,
        status=answer.status,
        language=question.language or answer.language.value,
        confidence=answer.confidence,
        ranking=trace.documents,
        quoted=tuple(quote.citation.document_id for quote in answer.quotes),
        inside=answer_inside(question.groups, texts),
        evidenced=all_inside(question.evidence, texts),
        characters=sum(map(len, texts)),
        not_verbatim=sum(not is_verbatim(engine, quote) for quote in answer.quotes),
        seconds=seconds,
    )


def ask(engine: Engine, question: LabelledQuestion) -> Trace:
    """Ask one question, as of its day or today."""
    request = question.request
    conversation = engine.conversation([dict(message) for message in request.history])
    return engine.trace(
        request.words, conversation=conversation, as_of=request.as_of, top_k=RANKED_CHUNKS
    )


def is_verbatim(engine: Engine, quote: Quote) -> bool:
    """Say whether a quote is what its document holds at its place."""
    text = engine.document(quote.citation.document_id).text
    return bool(quote.text) and text[quote.start : quote.end] == quote.text
