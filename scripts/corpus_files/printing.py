"""A draft as PDF."""

import re
from collections.abc import Iterator
from pathlib import Path

from drafting import CREATED, Draft
from fpdf import FPDF
from fpdf.fonts import TTFFont

FAMILY = "corpus"
MM_PER_POINT = 25.4 / 72
FOOT = 28.0
NUMERALS = "一二三四五六七八九十"
NO_LINE_START = "，。；：、！？）》〕】”’％%—…·,.;:!?)"
NO_LINE_END = "（《〔【“‘("


class Layout:
    """An A4 document with one embedded font, written from top to bottom."""

    def __init__(self, font: Path, draft: Draft) -> None:
        """Open the document and set what its properties say."""
        self.pdf = FPDF(format="A4")
        self.number = draft.labels["page"]
        self.pdf.set_margins(28, 30, 26)
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.add_font(FAMILY, fname=str(font))
        self.pdf.set_creation_date(CREATED)
        self.pdf.set_title(draft.title)
        self.pdf.set_author(str(draft.fields["publisher"]))
        self.pdf.set_lang("zh-CN" if draft.language == "zh" else "en")
        self.pdf.add_page()

    def block(
        self, text: str, size: float, leading: float, indent: float = 0, align: str = "L"
    ) -> None:
        """Write a paragraph, breaking lines as Chinese and English typesetting do."""
        self.pdf.set_font(FAMILY, size=size)
        height = size * leading * MM_PER_POINT
        for number, line in enumerate(self.lines(text, indent)):
            self.need(height)
            offset = indent if number == 0 else 0
            self.pdf.set_x(self.pdf.l_margin + offset)
            width = self.pdf.epw - offset
            self.pdf.cell(w=width, h=height, text=line, align=align, new_x="LMARGIN", new_y="NEXT")

    def lines(self, text: str, indent: float) -> Iterator[str]:
        """Yield the lines of a paragraph in the current font."""
        line, used = "", indent
        for unit in units(text):
            if line and used + self.pdf.get_string_width(unit.rstrip()) > self.pdf.epw:
                yield line.rstrip()
                line, used = "", 0.0
            line, used = line + unit, used + self.pdf.get_string_width(unit)
        yield line.rstrip()

    def need(self, height: float) -> None:
        """Start a new page unless this much room is left."""
        if self.pdf.get_y() + height > self.pdf.h - FOOT:
            size, color = self.pdf.font_size_pt, self.pdf.text_color
            self.number_page()
            self.pdf.add_page()
            self.pdf.set_font(FAMILY, size=size)
            if color is not None:
                self.pdf.set_text_color(color)

    def number_page(self) -> None:
        """Write the page number at the foot of the page."""
        self.pdf.set_y(-20)
        self.pdf.set_font(FAMILY, size=10)
        self.pdf.set_text_color(90)
        self.pdf.cell(w=0, h=8, text=self.number.format(self.pdf.page_no()), align="C")

    def rule(self) -> None:
        """Draw the line between the issue line and the text."""
        pdf = self.pdf
        pdf.ln(3)
        pdf.set_draw_color(150, 20, 20)
        pdf.set_line_width(0.5)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
        pdf.ln(2)

    def finish(self) -> bytes:
        """Number the last page and return the file."""
        self.number_page()
        return bytes(self.pdf.output())


def units(text: str) -> Iterator[str]:
    """Yield the pieces of a paragraph between which a line may break.

    A Latin word or a figure stays whole, a word keeps the space after it, closing punctuation
    stays with what it closes and opening punctuation with what it opens.
    """
    unit = ""
    for piece in re.findall(r"[\x21-\x7e–’·]+ ?|.", text):
        glued = piece[0] in NO_LINE_START or (unit != "" and unit[-1] in NO_LINE_END)
        if unit and not glued:
            yield unit
            unit = ""
        unit += piece
    yield unit


def heading_text(draft: Draft, number: int, heading: str) -> str:
    """Number a heading as printed documents do."""
    return (
        f"{NUMERALS[number]}、{heading}" if draft.language == "zh" else f"{number + 1}. {heading}"
    )


def make_pdf(draft: Draft, font: Path) -> bytes:
    """Make a PDF document."""
    layout = Layout(font, draft)
    check_glyphs(layout.pdf, draft)
    layout.pdf.set_text_color(150, 20, 20)
    layout.block(draft.title, size=18, leading=1.5, align="C")
    layout.pdf.ln(3)
    layout.pdf.set_text_color(90)
    for part in draft.issue_line():
        layout.block(part, size=10.5, leading=1.6, align="C")
    layout.rule()
    write_sections(layout, draft)
    return layout.finish()


def write_sections(layout: Layout, draft: Draft) -> None:
    """Write the headings and paragraphs of a PDF document."""
    chinese = draft.language == "zh"
    size, leading, indent, gap = (14.0, 1.9, 28 * MM_PER_POINT, 0) if chinese else (12.0, 1.6, 0, 3)
    for number, (heading, paragraphs) in enumerate(draft.sections):
        layout.need(32)
        layout.pdf.ln(3)
        layout.pdf.set_text_color(20, 45, 95)
        layout.block(heading_text(draft, number, heading), size=size + 2, leading=1.8)
        layout.pdf.set_text_color(0)
        for paragraph in paragraphs:
            layout.block(paragraph, size, leading, indent)
            layout.pdf.ln(gap)


def check_glyphs(pdf: FPDF, draft: Draft) -> None:
    """Raise ``ValueError`` if the font lacks a character of the draft."""
    font = pdf.fonts[FAMILY]
    if not isinstance(font, TTFFont):
        raise TypeError(f"{FAMILY}: not a TrueType font")
    text = draft.title + "".join(draft.issue_line())
    text += "".join(heading + "".join(paragraphs) for heading, paragraphs in draft.sections)
    lacking = sorted({char for char in text if ord(char) not in font.cmap})
    if lacking:
        raise ValueError(f"{draft.target}: the font lacks {''.join(lacking)}")
