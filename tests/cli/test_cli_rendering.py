"""An answer as plain text."""

from dataclasses import replace
from datetime import date

import pytest

from hyqa import Answer, Citation, Language, Metadata, Quote, Status
from hyqa.cli.output import Paint
from hyqa.cli.rendering import render

TODAY = date(2026, 1, 2)


def _quote(text: str, document: str = "a.md", **meta: str) -> Quote:
    citation = Citation(document, Metadata(title="办法", **meta))  # type: ignore[arg-type]
    return Quote(text, citation, 0, len(text))


def _answer(*quotes: Quote, nearest: tuple[Citation, ...] = (), language: str = "zh") -> Answer:
    status = Status.ANSWERED if quotes else Status.NOT_FOUND
    return Answer("?", "?", status, Language(language), 0.5, quotes, nearest)


def test_each_line_of_a_quote_has_a_bar_and_each_quote_a_number() -> None:
    first = _quote("一\n\n二", url="https://example.org/a", expires="2025")
    assert render(_answer(first, _quote("three", "b.md")), as_of=TODAY).split("\n") == [
        "│ 一",
        "│ ",
        "│ 二",
        "[1] 《办法》；已于2025年到期",
        "    https://example.org/a",
        "│ three",
        "[2] 《办法》",
    ]


def test_places_of_one_text_stand_together_under_one_source() -> None:
    assert render(_answer(_quote("一"), _quote("二")), as_of=TODAY).split("\n") == [
        "│ 一",
        "│ ……",
        "│ 二",
        "[1] 《办法》",
    ]


@pytest.mark.parametrize(
    ("language", "lead"), [("zh", "您问的是哪一个？"), ("en", "Which one do you mean?")]
)
def test_a_question_asked_back_numbers_its_choices(language: str, lead: str) -> None:
    answer = replace(_answer(language=language), status=Status.CLARIFY, choices=("甲？", "乙？"))
    assert render(answer, as_of=TODAY).split("\n") == [lead, "1. 甲？", "2. 乙？"]


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("zh", "两份文件的数字不同，较新的在前。"),
        ("en", "The documents give different figures; the newer one comes first."),
    ],
)
def test_documents_that_differ_are_told_to(language: str, lead: str) -> None:
    answer = replace(_answer(_quote("一"), _quote("二", "b.md"), language=language), differs=True)
    shown = render(answer, as_of=TODAY).split("\n")
    assert shown[:2] == [lead, "│ 一"]


def test_colours_leave_the_words_of_a_quote_alone() -> None:
    text = render(_answer(_quote("三")), as_of=TODAY, paint=Paint(colours=True))
    assert text == "\x1b[2m│\x1b[0m 三\n\x1b[1m[1]\x1b[0m 《办法》"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh",
            [
                "抱歉，收录的文件里没有找到能回答这个问题的内容。",
                "下面的文件内容相近，但并不能回答这个问题：",
                "- 《办法》",
                "  https://example.org/a",
                "换个问法也许有帮助：写明园区、行业、政策名称或年份，一次只问一件事。",
            ],
        ),
        (
            "en",
            [
                "Sorry, the documents hold nothing that answers this question.",
                "These documents are close, but do not answer it:",
                "- “办法”",
                "  https://example.org/a",
                "It may help to name the park, industry, policy or year, and ask one thing at a time.",
            ],
        ),
    ],
)
def test_nothing_found_names_the_nearest(language: str, lines: list[str]) -> None:
    near = Citation("a.md", Metadata(title="办法", url="https://example.org/a"))
    assert render(_answer(nearest=(near,), language=language), as_of=TODAY).split("\n") == lines


def test_nothing_near_is_not_announced() -> None:
    assert len(render(_answer(), as_of=TODAY).split("\n")) == 2


@pytest.mark.parametrize(
    ("language", "line"),
    [("zh", "下面的引文没有涉及：长沙、电话"), ("en", "The quotes below do not cover: 长沙, 电话")],
)
def test_a_part_that_is_left_open_is_told_before_the_quotes(language: str, line: str) -> None:
    answer = replace(_answer(_quote("三"), language=language), missing=("长沙", "电话"))
    shown = render(replace(answer, status=Status.PARTIAL), as_of=TODAY).split("\n")
    assert shown[:2] == [line, "│ 三"]


@pytest.mark.parametrize(("language", "word"), [("zh", "范围"), ("en", "about other things")])
def test_a_question_about_other_things_is_told_as_such(language: str, word: str) -> None:
    answer = replace(_answer(language=language), status=Status.OUT_OF_SCOPE, missing=("电影",))
    text = render(answer, as_of=TODAY)
    assert word in text and "电影" not in text


def test_what_the_nearest_documents_lack_is_told_below_them() -> None:
    near = Citation("a.md", Metadata(title="办法"))
    answer = replace(_answer(nearest=(near,)), missing=("租金",))
    assert render(answer, as_of=TODAY).split("\n")[2:4] == [
        "- 《办法》",
        "相近的文件没有提到：租金",
    ]


@pytest.mark.parametrize(
    ("language", "nearby"),
    [("zh", "收录的文件里与此相近的："), ("en", "What the documents hold nearby:")],
)
def test_a_pointer_is_said_in_place_of_nothing_found_and_of_how_to_ask(
    language: str, nearby: str
) -> None:
    near = Citation("a.md", Metadata(title="办法"))
    answer = replace(_answer(nearest=(near,), language=language), pointer="电价由甲公布。")
    first, second, source = render(answer, as_of=TODAY).split("\n")
    assert (first, second) == ("电价由甲公布。", nearby)
    assert source.startswith("- ") and "办法" in source
    alone = replace(answer, nearest=())
    assert render(alone, as_of=TODAY) == "电价由甲公布。"


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("zh", "最接近的原文，不一定回答您的问题："),
        ("en", "The words that come closest, which may not answer it:"),
    ],
)
def test_words_that_come_closest_are_quoted_with_their_source(language: str, lead: str) -> None:
    near = Citation("a.md", Metadata(title="办法"))
    answer = replace(
        _answer(nearest=(near,), language=language), closest=(Quote("甲。", near, 0, 2),)
    )
    _, said, words, source, *_ = render(answer, as_of=TODAY).split("\n")
    assert (said, words) == (lead, "│ 甲。")
    assert source.startswith("- ") and "办法" in source
    assert render(answer, as_of=TODAY).count("办法") == 1


@pytest.mark.parametrize(
    ("language", "lead"), [("zh", "您也可以问："), ("en", "You can also ask:")]
)
def test_related_questions_end_an_answer_and_a_refusal(language: str, lead: str) -> None:
    for answer in (_answer(_quote("三"), language=language), _answer(language=language)):
        plain = render(answer, as_of=TODAY).split("\n")
        shown = render(replace(answer, related=("甲？", "乙？")), as_of=TODAY).split("\n")
        assert shown == [*plain, lead, "- 甲？", "- 乙？"]


def test_a_question_asked_back_offers_its_choices_alone() -> None:
    answer = replace(_answer(), status=Status.CLARIFY, choices=("甲？",), related=("乙？",))
    assert render(answer, as_of=TODAY).split("\n") == ["您问的是哪一个？", "1. 甲？"]
