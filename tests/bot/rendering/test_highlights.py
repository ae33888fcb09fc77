"""What is bold in a quote."""

from bot.rendering.quoting import MOST_HIGHLIGHTS
from hyqa import (
    Highlight,
    HighlightKind,
    Quote,
)
from rendering.answers import CITATION, answered, seen


def test_amounts_dates_and_conditions_of_a_quote_are_bold() -> None:
    text = "2025年起，博士 <全职> 补贴10万元。"
    marks = tuple(
        Highlight(HighlightKind.AMOUNT, 100 + text.index(word), 100 + text.index(word) + len(word))
        for word in ("2025年", "<全职>", "10万元")
    )
    [message] = seen(answered(Quote(text, CITATION, 100, 100 + len(text), marks)))
    assert message.quotes == [text]
    assert message.stretches("bold") == ["2025年", "<全职>", "10万元"]


def test_what_is_bold_stays_so_where_a_quote_is_cut() -> None:
    text = "字" * 9000
    marks = (Highlight(HighlightKind.CONDITION, 0, 9000),)
    messages = seen(answered(Quote(text, CITATION, 0, 9000, marks)))
    assert len(messages) > 2
    assert "".join(one for message in messages for one in message.stretches("bold")) == text


def test_where_all_would_be_bold_nothing_is() -> None:
    marks = tuple(
        Highlight(HighlightKind.AMOUNT, 2 * at, 2 * at + 1) for at in range(MOST_HIGHLIGHTS + 1)
    )
    [message] = seen(answered(Quote("1、" * 60, CITATION, 0, 120, marks)))
    assert message.stretches("bold") == []
