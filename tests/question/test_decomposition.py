"""Several questions in one message."""

import pytest

from hyqa import Answer, Language, Status
from hyqa.answer.merging import together
from hyqa.question.decomposition import MOST_QUESTIONS, asks, questions_in
from hyqa.types import Citation, Metadata, Quote


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("机场跑道多长，综保区哪年批的", ("机场跑道多长", "综保区哪年批的")),
        ("跑道多长？公交票价呢？", ("跑道多长？", "公交票价呢？")),
        ("面积多少 税收多少", ("面积多少", "税收多少")),
        ("我是做眼镜的，小镇在哪，有什么补贴", ("我是做眼镜的，小镇在哪", "有什么补贴")),
        ("小镇在哪，还有，补贴怎么拿，急", ("小镇在哪，还有", "补贴怎么拿，急")),
        (
            "How long is the runway, and when was the zone approved?",
            ("How long is the runway", "when was the zone approved?"),
        ),
        ("Is it open? Where is the valley?", ("Is it open?", "Where is the valley?")),
        ("runway length? and bus fare?", ("runway length?", "and bus fare?")),
        # One question each:
        ("博士补贴多少", ()),
        ("结合公告，公司如何通过分红、增资和合规来保护股东权益？", ()),
        ("时间谷（总投资多少，占地多少）在哪", ()),
        ("When did Syria and Egypt attack Israel?", ()),
        ("What did the Conference on Weights and Measures name after Tesla?", ()),
        ("What kind is given when a firm gets a plan and must build it?", ()),
        ("In the park, where rents are low, who decides?", ()),
        ("网上有好几个说法，到底哪个对", ()),
        ("", ()),
        ("？？？", ()),
        # More than are asked one by one:
        ("？".join(f"第{n}个在哪" for n in range(MOST_QUESTIONS + 1)), ()),
    ],
)
def test_what_a_message_asks(message: str, questions: tuple[str, ...]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize(
    "clause", ["在哪", "有没有补贴", "and why is that", "how much", "so is it open"]
)
def test_a_clause_that_asks(clause: str) -> None:
    assert asks(clause)


@pytest.mark.parametrize("clause", ["我是做陶瓷的", "the park, where rents are low", "不到几乎"])
def test_a_clause_that_does_not(clause: str) -> None:
    assert not asks(clause)


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


def test_what_the_whole_covers_is_not_asked_again() -> None:
    whole = _answer(_FIRST, _SECOND)
    asked: list[str] = []

    def ask(question: str, others: object) -> Answer:
        asked.append(question)
        return _answer()

    assert together(("甲？", "乙？"), whole, _spoken_of, ask) == whole
    assert asked == []


def test_what_it_leaves_open_is_asked_after_the_questions_before_it() -> None:
    seen: list[tuple[str, tuple[str, ...]]] = []

    def ask(question: str, others: object) -> Answer:
        assert isinstance(others, tuple)
        seen.append((question, others))
        return _ANSWERS[question]

    answer = together(("甲？", "乙？"), _answer(_FIRST), _spoken_of, ask)
    assert seen == [("乙？", ("甲？",))]
    # Of a part, only the document that leads is shown.
    assert (answer.quotes, answer.status) == ((_FIRST, _SECOND), Status.ANSWERED)
    assert (answer.confidence, answer.missing) == (0.7, ())


def test_each_is_asked_where_the_whole_is_refused() -> None:
    answer = together(("甲？", "乙？"), _answer(), _spoken_of, lambda one, _: _ANSWERS[one])
    assert (answer.quotes, answer.status) == ((_FIRST, _SECOND), Status.ANSWERED)


def test_what_nothing_answers_is_said_to_be_missing() -> None:
    answers = {"甲？": _answer(_FIRST), "丁？": _answer()}
    answer = together(("甲？", "丁？"), _answer(), _spoken_of, lambda one, _: answers[one])
    assert (answer.quotes, answer.status) == ((_FIRST,), Status.PARTIAL)
    assert answer.missing == ("丁？",)


def test_a_whole_that_answers_stays_where_a_part_does_not() -> None:
    whole = _answer(_FIRST)
    answer = together(("甲？", "丁？"), whole, _spoken_of, lambda *_: _answer())
    assert (answer.quotes, answer.missing) == ((_FIRST,), ("丁？",))
    assert answer.status is Status.PARTIAL


def test_a_refusal_stays_as_it_is_where_no_part_is_answered() -> None:
    whole = _answer()
    assert together(("丁？", "戊？"), whole, _spoken_of, lambda *_: _answer()) is whole
