"""Merging the answers to several questions into one: to each of a message, or of each thing compared.

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


def together(
    questions: tuple[str, ...],
    whole: Answer,
    spoken_of: Callable[[str, Answer], float],
    ask: Callable[[str, Sequence[str]], Answer],
) -> Answer:
    """What is quoted for a message of several questions.

    Args:
        questions: those of :func:`questions_in`.
        whole: the answer to all of it as one question.
        spoken_of: how far an answer's documents speak of what a question is about, 0 to 1.
        ask: answers a question that follows others.

    Returns:
        The answer to the whole with what answers the questions that it leaves open, those that
        nothing speaks of being said to be missing; as it is where it leaves none, or where it
        quotes nothing and no question is answered.
    """
    told = [whole] if whole.quotes else []
    asked = [
        place
        for place, question in enumerate(questions)
        if not told or spoken_of(question, whole) < SPOKEN_OF
    ]
    told += (ask(questions[place], questions[:place]) for place in asked)
    told = [answer for answer in told if answer.quotes]
    if not told:
        return whole
    quotes = dict.fromkeys(
        quote
        for answer in told
        for quote in (answer.quotes if answer is whole else leading(answer.quotes))
    )
    answer = replace(whole, quotes=tuple(quotes), nearest=(), missing=())
    missing = dict.fromkeys([
        *(whole.missing if whole.quotes else ()),
        *(questions[place] for place in asked if not spoken_of(questions[place], answer)),
    ])  # fmt: skip
    return replace(
        answer,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        missing=tuple(missing),
        confidence=min(answer.confidence for answer in told),
    )


def joined(compared: Comparison, answer: Answer, ask: Callable[[str], Answer]) -> Answer:
    """What is quoted of each thing that is compared; the answer as it is where of neither.

    Args:
        compared: the comparison.
        answer: the answer to it as one question.
        ask: answers a question that stands alone.
    """
    pairs = list(zip(compared.names, compared.questions, strict=True))
    answers = [ask(question) for _, question in pairs]
    each = [_about(name, one) for (name, _), one in zip(pairs, answers, strict=True)]
    told = [one for one in each if one]
    if not told:
        return answer
    quotes = dict.fromkeys(quote for one in told for quote in one)
    missing = tuple(name for name, one in zip(compared.names, each, strict=True) if not one)
    return replace(
        answer,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        quotes=tuple(quotes),
        nearest=(),
        missing=missing,
        confidence=min(one.confidence for one, shown in zip(answers, each, strict=True) if shown),
        differs=False,
    )


def shows_all(answer: Answer, names: Sequence[str]) -> bool:
    """Whether the documents that an answer quotes are seen to name some things, each in one at least."""
    sources = {quote.citation.document_id for quote in answer.quotes}
    shown = [
        normalize(words_shown([q for q in answer.quotes if q.citation.document_id == source]))
        for source in sources
    ]
    return all(any(normalize(name) in words for words in shown) for name in names)


def shows(answer: Answer, name: str) -> bool:
    """Whether the document that leads an answer is seen to name something."""
    return bool(_about(name, answer))


def _about(name: str, answer: Answer) -> tuple[Quote, ...]:
    """The quotes of the document that leads an answer, if it names what was asked about."""
    quotes = leading(answer.quotes)
    return quotes if normalize(name) in normalize(words_shown(quotes)) else ()
