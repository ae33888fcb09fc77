"""What is said of each kind of answer, in the language of the page."""

from dataclasses import replace
from datetime import date

import pytest

from hyqa import (
    Answer,
    Citation,
    Form,
    Highlight,
    HighlightKind,
    Language,
    Quote,
    Statement,
    Status,
)
from page.corpus import QUESTION
from web.languages import Tongue
from web.library import Shelf
from web.rendering.answers import MOST_HIGHLIGHTS, Shown, View, shown
from web.rendering.links import original_url
from web.texts import TEXTS

VIEW = View(Tongue.SIMPLIFIED, date(2026, 3, 1))
TOLD = TEXTS[Tongue.SIMPLIFIED]


@pytest.fixture(scope="module")
def answer(shelf: Shelf) -> Answer:
    found = shelf.engine.ask(QUESTION, as_of=VIEW.day)
    assert found.status is Status.ANSWERED and len(found.quotes) == 2
    return replace(found, differs=False, related=())


def without(answer: Answer, status: Status, **more: object) -> Answer:
    near = tuple(one.citation for one in answer.quotes)
    return replace(answer, quotes=(), status=status, nearest=near, **more)  # type: ignore[arg-type]


def lines(it: Shown) -> list[str]:
    return [*it.lines, *it.after_nearest]


def test_an_answer_is_its_quotes_and_nothing_else(answer: Answer, shelf: Shelf) -> None:
    it = shown(answer, shelf, VIEW)
    assert lines(it) == [] and it.nearest == []
    assert [one.number for one in it.sources] == [1, 2]
    assert it.said == "有答复，引文 2 段"
    for source, quote in zip(it.sources, answer.quotes, strict=True):
        (passage,) = source.passages
        assert "".join(piece.text for piece in passage.pieces) == quote.text


def test_differing_figures_and_missing_parts_are_told_above(answer: Answer, shelf: Shelf) -> None:
    it = shown(replace(answer, differs=True), shelf, VIEW)
    assert it.lines == [TOLD.differs]
    partial = replace(answer, status=Status.PARTIAL, missing=("硕士", "本科"))
    assert shown(partial, shelf, VIEW).lines == [f"{TOLD.partial}硕士、本科"]
    english = shown(partial, shelf, replace(VIEW, tongue=Tongue.ENGLISH))
    assert english.lines[0].endswith("硕士, 本科")


def test_a_summary_stands_above_its_quotes(answer: Answer, shelf: Shelf) -> None:
    written = replace(answer, summary=(Statement("一句。", (1,)), Statement("二句。", (2,))))
    assert shown(written, shelf, VIEW).lines == ["一句。 二句。"]


def test_what_is_not_found_is_told_with_what_is_near(answer: Answer, shelf: Shelf) -> None:
    it = shown(without(answer, Status.NOT_FOUND, missing=("地铁",)), shelf, VIEW)
    assert lines(it) == [TOLD.not_found, f"{TOLD.not_mentioned}地铁", TOLD.ask_better]
    assert it.nearest_lead == TOLD.nearest and len(it.nearest) == 2
    assert it.nearest[0].url.startswith("/d/talent-2026.md")


def test_a_pointer_takes_the_place_of_general_words(answer: Answer, shelf: Shelf) -> None:
    it = shown(without(answer, Status.NOT_FOUND, pointer="请问园区。"), shelf, VIEW)
    assert lines(it) == ["请问园区。"] and it.nearest_lead == TOLD.nearby


def test_words_that_come_closest_stand_apart_from_answers(answer: Answer, shelf: Shelf) -> None:
    closest = answer.quotes[:1]
    it = shown(without(answer, Status.NOT_FOUND, closest=closest), shelf, VIEW)
    assert it.sources == [] and it.closest_lead == TOLD.closest
    [source] = it.closest
    assert "".join(piece.text for piece in source.passages[0].pieces) == closest[0].text
    assert source.line.url.startswith(f"/d/{closest[0].citation.document_id}?q=")
    assert all(closest[0].citation.meta.title != line.title for line in it.nearest)
    assert shown(answer, shelf, VIEW).closest == []


def test_what_is_out_of_scope_is_told(answer: Answer, shelf: Shelf) -> None:
    it = shown(replace(without(answer, Status.OUT_OF_SCOPE), nearest=()), shelf, VIEW)
    assert lines(it) == [TOLD.out_of_scope] and it.said == TOLD.said_none


def test_choices_stand_alone(answer: Answer, shelf: Shelf) -> None:
    asked = without(answer, Status.CLARIFY, choices=("一？", "二？"), related=("三？",))
    it = shown(asked, shelf, VIEW)
    assert (lines(it), it.choices, it.related, it.nearest) == (
        [TOLD.clarify], ("一？", "二？"), (), [],
    )  # fmt: skip


def test_a_page_of_figures_marks_conditions_alone(answer: Answer, shelf: Shelf) -> None:
    quote = answer.quotes[0]
    amounts = tuple(
        Highlight(HighlightKind.AMOUNT, quote.start + at % 20, quote.start + at % 20 + 1)
        for at in range(MOST_HIGHLIGHTS)
    )
    condition = Highlight(HighlightKind.CONDITION, quote.start + 25, quote.start + 28)
    crowded = replace(quote, highlights=(*amounts, condition))
    it = shown(replace(answer, quotes=(crowded,)), shelf, VIEW)
    kinds = {kind for piece in it.sources[0].passages[0].pieces for kind in piece.kinds}
    assert kinds == {"condition"}


def test_the_original_is_gone_to_where_it_can_be(answer: Answer) -> None:
    citation = answer.quotes[0].citation

    def to(url: str, words: str = "", form: Form = Form.ORIGINAL, page: int = 0) -> str:
        meta = replace(citation.meta, url=url, form=form)
        return original_url(Citation("x", meta, pages=(page, page) if page else None), words)

    assert to("https://a.example/x.pdf", "词", page=3) == "https://a.example/x.pdf#page=3"
    assert to("https://a.example/x.PDF?y=1", page=3) == "https://a.example/x.PDF?y=1#page=3"
    assert to("https://a.example/x.pdf") == "https://a.example/x.pdf"
    assert to("https://a.example/x", "a-b, c&d") == "https://a.example/x#:~:text=a%2Db%2C%20c%26d"
    assert to("https://a.example/x#y", "z") == "https://a.example/x#y:~:text=z"
    assert to("https://a.example/x", "z", Form.DIGEST) == "https://a.example/x"
    long = to("https://a.example/x", "甲" * 40 + "\n" + "乙 | 丙" + "丁" * 40)
    assert (
        long.count("text=") == 1
        and long.count(",") == 1
        and "%0A" not in long
        and "%7C" not in long
    )
    for no in ("", "javascript:alert(1)", "http://localhost/x", "https://u:p@a.example", "ftp://a.example",
               "https://a.example/ x", "//a.example/x"):  # fmt: skip
        assert to(no, "z") == ""


def test_quotes_of_one_section_stand_under_one_source(answer: Answer, shelf: Shelf) -> None:
    first = answer.quotes[0]
    end = first.start + 10
    parts = (
        Quote(first.text[:10], first.citation, first.start, end),
        Quote(first.text[12:], first.citation, first.start + 12, first.end),
    )
    (source,) = shown(replace(answer, quotes=parts), shelf, VIEW).sources
    assert len(source.passages) == 2
    spans = f"{first.start}-{end},{first.start + 12}-{first.end}"
    assert f"q={spans}&" in source.line.url and source.line.url.endswith("#q")


def test_the_language_of_a_title_is_its_own(answer: Answer, shelf: Shelf) -> None:
    english = shown(answer, shelf, replace(VIEW, tongue=Tongue.ENGLISH))
    assert english.sources[0].line.lang == "zh-Hans"
    assert answer.language is Language.CHINESE
