"""What was asked before a question that stands by itself."""

from datetime import date

from hyqa import Conversation, Engine
from hyqa.index.build import Index
from hyqa.models import HashEncoder
from hyqa.question.follow_ups import Turn

TODAY = date(2025, 11, 1)


def _ask(index: Index, *questions: str) -> tuple[str, tuple[str, ...], str]:
    engine, conversation = Engine(index, HashEncoder()), Conversation()
    for question in questions[:-1]:
        answer = engine.ask(question, conversation=conversation, as_of=TODAY)
        conversation = conversation.add(question, answer)
    trace = engine.trace(questions[-1], conversation=conversation, as_of=TODAY)
    return trace.query.text, trace.query.earlier, trace.answer.quotes[0].citation.document_id


def test_a_question_that_stands_by_itself_is_sought_near_the_earlier_ones(index: Index) -> None:
    text, earlier, _ = _ask(index, "青螺洲工业园规划面积多大", "博士每月生活补贴多少钱")
    assert text == "博士每月生活补贴多少钱"
    assert earlier == ("青螺洲工业园规划面积多大",)


def test_another_subject_is_answered_as_if_nothing_had_been_asked(index: Index) -> None:
    _, _, document = _ask(index, "青螺洲工业园规划面积多大", "博士每月生活补贴多少钱")
    assert document == _ask(index, "博士每月生活补贴多少钱")[2] == "talent.md"


def test_a_follow_up_that_holds_what_it_follows_has_nothing_earlier(index: Index) -> None:
    text, earlier, _ = _ask(index, "博士每月生活补贴多少钱", "那硕士呢")
    assert "硕士" in text and earlier == ()


def test_the_opening_question_and_the_last_are_what_is_earlier() -> None:
    turns = (Turn("a", "a"), Turn("b", "a\nb"), Turn("c", "a\nb\nc"))
    assert Conversation(turns).earlier == ("a", "c")
    assert Conversation(turns[:1]).earlier == ("a",)
    assert Conversation().earlier == ()
