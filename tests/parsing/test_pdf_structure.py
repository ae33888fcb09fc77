"""The title and the bookmarks of a PDF, and the headings that bookmarks name."""

import io

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, TextStringObject

from hyqa.parsing.blocks import Block
from hyqa.parsing.pdf.document import parse_pdf
from hyqa.parsing.pdf.layout.bookmarks import mark_bookmarked
from hyqa.parsing.pdf.pdfium import open_pdf
from hyqa.parsing.pdf.structure import Bookmark, Structure, read_structure
from hyqa.types import PageStart

BODY = "The office of the park gives support to firms that move there and stay for three years. "


def bookmarked_pdf(*headings: tuple[str, int]) -> bytes:
    """A PDF whose headings look like its text, two on a page, each with a bookmark of a level."""
    pdf = FPDF()
    pdf.set_title("Measures of Yunling")
    pdf.set_font("Helvetica", size=11)
    for number, (heading, level) in enumerate(headings):
        if number % 2 == 0:
            pdf.add_page()
        if number == 0:
            pdf.cell(0, 8, "Measures of Yunling", new_x="LMARGIN", new_y="NEXT")
        pdf.start_section(heading, level - 1)
        pdf.cell(0, 8, heading, new_x="LMARGIN", new_y="NEXT")
        pdf.multi_cell(0, 8, BODY * 4, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def cyclic_pdf() -> bytes:
    """A PDF whose bookmarks follow each other in a circle."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    entry = DictionaryObject({NameObject("/Title"): TextStringObject("Endless")})
    first = writer._add_object(entry)
    entry[NameObject("/Next")] = entry[NameObject("/First")] = first
    outline = writer._add_object(
        DictionaryObject({NameObject("/First"): first, NameObject("/Last"): first})
    )
    writer._root_object[NameObject("/Outlines")] = outline
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def odd_pdf(title: bytes) -> bytes:
    """A PDF with a bookmark of this title, in UTF-16, which leads nowhere."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    words = ByteStringObject(b"\xfe\xff" + title)
    entry = writer._add_object(DictionaryObject({NameObject("/Title"): words}))
    outline = writer._add_object(
        DictionaryObject({NameObject("/First"): entry, NameObject("/Last"): entry})
    )
    writer._root_object[NameObject("/Outlines")] = outline
    writer.add_metadata({"/Title": ""})
    assert writer._info is not None
    writer._info[NameObject("/Title")] = words
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def structure_of(data: bytes) -> Structure:
    with open_pdf(data) as document:
        return read_structure(document)


def test_title_and_bookmarks_are_read_with_their_levels_and_pages() -> None:
    found = structure_of(bookmarked_pdf(("Grants", 1), ("Rent", 2), ("Talent", 1)))
    assert found.title == "Measures of Yunling"
    assert [(one.title, one.level, one.page) for one in found.bookmarks] == [
        ("Grants", 1, 1),
        ("Rent", 2, 1),
        ("Talent", 1, 2),
    ]


def test_a_heading_that_only_a_bookmark_tells_is_one() -> None:
    parsed = parse_pdf(bookmarked_pdf(("Grants", 1), ("Rent", 2), ("Talent", 1)))
    assert [part.heading_path for part in parsed.sections] == [
        ("Grants",),
        ("Grants", "Rent"),
        ("Talent",),
    ]


def test_bookmarks_that_name_something_else_make_no_headings() -> None:
    blocks = [Block("Grants"), Block("Page 1"), Block("Rent")]
    pages = [Bookmark(f"Page {number}", 1, number) for number in range(1, 10)]
    assert mark_bookmarked(blocks, pages) == blocks


def test_words_of_another_page_and_rows_are_no_headings() -> None:
    blocks = [
        Block("Grants", pages=(PageStart(0, 1),)),
        Block("Rent", header=False),
        Block("Grants", pages=(PageStart(0, 2),)),
    ]
    marked = mark_bookmarked(blocks, [Bookmark("Grants", 1, 2), Bookmark("Rent", 1, 1)])
    assert [block.level for block in marked] == [None, None, 1]


def test_levels_are_those_of_headings_that_were_told() -> None:
    blocks = [Block("一、总则", level=2), Block("租金"), Block("二、附则", level=2)]
    bookmarks = [Bookmark("总则", 1, 1), Bookmark("租 金", 1, 1), Bookmark("二、附则", 1, 1)]
    assert [block.level for block in mark_bookmarked(blocks, bookmarks)] == [2, 2, 2]


def test_half_a_character_counts_as_no_title() -> None:
    assert structure_of(odd_pdf(b"\x4e\x00\xd8\x00")) == Structure()


def test_a_bookmark_that_leads_nowhere_is_left_out() -> None:
    assert structure_of(odd_pdf(b"\x4e\x00")) == Structure("一")


def test_bookmarks_in_a_circle_end(caplog: pytest.LogCaptureFixture) -> None:
    assert len(structure_of(cyclic_pdf()).bookmarks) <= 5_000
    assert not caplog.records


@given(st.lists(st.sampled_from(["Grants", "Rent", "租金", ""]), max_size=6))
def test_marking_changes_levels_alone(texts: list[str]) -> None:
    blocks = [Block(text) for text in texts]
    marked = mark_bookmarked(blocks, [Bookmark("Rent", 1, 1), Bookmark("租金", 2, 1)])
    assert [block.text for block in marked] == texts
