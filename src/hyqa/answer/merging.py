"""Merge answers: to the questions of one message, or about the things of one comparison.

A comparison is answered by what is quoted of each thing that is compared; which one is larger is
for the reader to see, as no text says it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hyqa.answer.citing import leading, words_shown
from hyqa.question.comparison import Comparison
from hyqa.text.tokens import normalize
from hyqa.types import Answer, Quote, Status

SPOKEN_OF = 2 / 3
"""How far a document that is quoted speaks of a question that it covers; a question that it holds
only half of is asked by itself, which costs no more than time."""


def open_questions(
    questions: Sequence[str], whole: Answer, spoken_of: Callable[[str, Answer], float]
) -> tuple[int, ...]:
    """Find the questions of a message that the answer to all of it leaves open, by place.

    Args:
        questions: the questions in the message.
        whole: the answer to all of it as one question.
        spoken_of: how far an answer's documents speak of what a question is about, 0 to 1.
    """
    return tuple(
        place
        for place, question in enumerate(questions)
        if not whole.quotes or spoken_of(question, whole) < SPOKEN_OF
    )


def merge_questions(questions: Sequence[str], whole: Answer, answers: Sequence[Answer]) -> Answer:
    """Merge the answers to the open questions of a message into the answer to all of it.

    Args:
        questions: those that the answer to the whole left open.
        whole: the answer to all of it as one question.
        answers: one for each of the questions.

    Returns:
        What answers any of them, those without an answer being named as missing; the answer to the
        whole where nothing is quoted at all.
    """
    told = [answer for answer in (whole, *answers) if answer.quotes]
    if not told:
        return whole
    quotes = dict.fromkeys(
        quote
        for answer in told
        for quote in (answer.quotes if answer is whole else leading(answer.quotes))
    )
    refused = [
        (question, answer)
        for question, answer in zip(questions, answers, strict=True)
        if not answer.quotes
    ]
    missing = dict.fromkeys([
        *(whole.missing if whole.quotes else ()), *(question for question, _ in refused)
    ])  # fmt: skip
    pointers = dict.fromkeys(answer.pointer for _, answer in refused if answer.pointer)
    return replace(
        whole,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        quotes=tuple(quotes),
        nearest=(),
        closest=(),
        missing=tuple(missing),
        pointer="\n".join(pointers),
        confidence=min(answer.confidence for answer in told),
    )


def merge_comparison(compared: Comparison, whole: Answer, answers: Sequence[Answer]) -> Answer:
    """Merge what is quoted of each thing that is compared.

    Args:
        compared: the comparison.
        whole: the answer to it as one question.
        answers: one for each of its questions.

    Returns:
        The quotes about each thing, those without any being named as missing; the answer to the
        whole where nothing is quoted about any.
    """
    each = [_quotes_about(name, one) for name, one in zip(compared.names, answers, strict=True)]
    told = [one for one in each if one]
    if not told:
        return whole
    quotes = dict.fromkeys(quote for one in told for quote in one)
    missing = tuple(name for name, one in zip(compared.names, each, strict=True) if not one)
    return replace(
        whole,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        quotes=tuple(quotes),
        nearest=(),
        closest=(),
        missing=missing,
        confidence=min(one.confidence for one, shown in zip(answers, each, strict=True) if shown),
        differs=False,
        pointer="",
    )


def shows_all(answer: Answer, names: Sequence[str]) -> bool:
    """Say whether each of some names is seen in the quotes of at least one document."""
    sources = {quote.citation.document_id for quote in answer.quotes}
    shown = [
        normalize(words_shown([q for q in answer.quotes if q.citation.document_id == source]))
        for source in sources
    ]
    return all(any(normalize(name) in words for words in shown) for name in names)


def shows(answer: Answer, name: str) -> bool:
    """Say whether the quotes of the first document name a thing."""
    return bool(_quotes_about(name, answer))


def _quotes_about(name: str, answer: Answer) -> tuple[Quote, ...]:
    """The quotes of the first document, if they name a thing; else none."""
    quotes = leading(answer.quotes)
    return quotes if normalize(name) in normalize(words_shown(quotes)) else ()
