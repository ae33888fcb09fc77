"""Merging the answers to the questions of one message."""

from collections.abc import Mapping

from hyqa import Answer, Language, Status
from hyqa.answer.merging import merge_questions, open_questions
from hyqa.types import Citation, Metadata, Quote


def _quote(document: str, text: str) -> Quote:
    return Quote(text, Citation(document, Metadata(document, Language.CHINESE)), 0, len(text))


def _answer(*quotes: Quote, confidence: float = 0.9) -> Answer:
    status = Status.ANSWERED if quotes else Status.NOT_FOUND
    return Answer("甲？乙？", "甲？乙？", status, Language.CHINESE, confidence, quotes)


_FIRST, _SECOND, _ASIDE = _quote("one", "甲"), _quote("two", "乙"), _quote("three", "丙")
_ANSWERS = {"甲？": _answer(_FIRST), "乙？": _answer(_SECOND, _ASIDE, confidence=0.7)}


def _spoken_of(question: str, answer: Answer) -> float:
    """As far as a quote has the question's first letter."""
    return float(any(question[0] in quote.text for quote in answer.quotes))


def _merged(questions: tuple[str, ...], whole: Answer, answers: Mapping[str, Answer]) -> Answer:
    asked = [questions[place] for place in open_questions(questions, whole, _spoken_of)]
    return merge_questions(asked, whole, [answers[one] for one in asked])


def test_what_the_whole_covers_is_not_asked_again() -> None:
    whole = _answer(_FIRST, _SECOND)
    assert open_questions(("甲？", "乙？"), whole, _spoken_of) == ()
    assert _merged(("甲？", "乙？"), whole, {}) == whole


def test_what_it_leaves_open_is_asked() -> None:
    assert open_questions(("甲？", "乙？"), _answer(_FIRST), _spoken_of) == (1,)
    answer = _merged(("甲？", "乙？"), _answer(_FIRST), _ANSWERS)
    # Of a part, only the document that leads is shown.
    assert (answer.quotes, answer.status) == ((_FIRST, _SECOND), Status.ANSWERED)
    assert (answer.confidence, answer.missing) == (0.7, ())


def test_each_is_asked_where_the_whole_is_refused() -> None:
    answer = _merged(("甲？", "乙？"), _answer(), _ANSWERS)
    assert (answer.quotes, answer.status) == ((_FIRST, _SECOND), Status.ANSWERED)


def test_what_nothing_answers_is_said_to_be_missing() -> None:
    answers = {"甲？": _answer(_FIRST), "丁？": _answer()}
    answer = _merged(("甲？", "丁？"), _answer(), answers)
    assert (answer.quotes, answer.status) == ((_FIRST,), Status.PARTIAL)
    assert answer.missing == ("丁？",)


def test_a_whole_that_answers_stays_where_a_part_does_not() -> None:
    whole = _answer(_FIRST)
    answer = _merged(("甲？", "丁？"), whole, {"丁？": _answer()})
    assert (answer.quotes, answer.missing) == ((_FIRST,), ("丁？",))
    assert answer.status is Status.PARTIAL


def test_a_refusal_stays_as_it_is_where_no_part_is_answered() -> None:
    whole = _answer()
    assert _merged(("丁？", "戊？"), whole, {"丁？": _answer(), "戊？": _answer()}) is whole
