"""Putting together the paragraphs that the lines of PDF pages were broken from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyqa.parsing.blocks import Block
from hyqa.parsing.headings import numbered_level
from hyqa.parsing.lines import join_lines, trim_hyphen
from hyqa.parsing.pdf.layout.lines import Line
from hyqa.parsing.pdf.layout.margins import Margins
from hyqa.parsing.pdf.layout.rows import first_word_width
from hyqa.text.figures import NUMERAL, ORDINAL
from hyqa.text.lists import LINE_ITEM_MARK, REFERRING
from hyqa.types import PageStart

SLACK = 1.2
"""Ems of room beyond the next word from which a line was ended by choice: justified lines have
up to one, as marks are squeezed."""
INDENT = 0.8
"""Ems from the margin from which a line is indented."""
ALIKE = 1.12
"""How many times larger a line of the same paragraph may be: figures are of another font."""
APART = 1.45
"""How many times the usual distance between lines parts two paragraphs."""

_ENDS_CLAUSE = re.compile(r"[。！？；：.!?;:…][”’」』）)\"']*$")
_BRACKETS = (("（", "）"), ("《", "》"), ("〔", "〕"), ("(", ")"), ("“", "”"))
_CLOSES = re.compile(r"^[，。、；：？！）》」』】〕”’,;:?!)\]}]")
_ARTICLE = re.compile(rf"^{ORDINAL}条\s")
_REFERENCE = re.compile(rf"^[（(](?:{NUMERAL}|\d{{1,3}})[）)]{REFERRING}")
_BULLET = re.compile(r"^[•●■◆▪○➢✓]")
_DASH = re.compile(r"^[-—*·]")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: points of an em, font, weight, whether in the middle."""

    size: float = 0.0
    font: str = ""
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a document's pages: margins by page and column, ems from line to line."""

    margins: Mapping[tuple[int, int], Margins]
    leading: float

    def room(self, line: Line) -> float:
        """Return the ems between a line's end and the margin."""
        return (self.margins[line.page, line.column].end - line.right) / line.size

    def indent(self, line: Line) -> float:
        """Return the ems between the margin and a line's beginning."""
        return (line.left - self.margins[line.page, line.column].start) / line.size

    def centred(self, line: Line) -> bool:
        """Return whether a line stands in the middle, with room on both sides."""
        room, indent = self.room(line), self.indent(line)
        return min(room, indent) > 2 * INDENT and abs(room - indent) < 1.5


def _opens(text: str) -> bool:
    """Return whether a line begins with the number of a heading, an article or a list item."""
    if _REFERENCE.match(text):
        return False
    numbered = numbered_level(text, decimal=True) is not None
    return numbered or bool(_ARTICLE.match(text) or LINE_ITEM_MARK.match(text))


def _is_inside(text: str, following: str) -> bool:
    """Return whether the next line must go on: with the rest of a word, or a closing mark."""
    if _CLOSES.match(following) or trim_hyphen(text, following) != text:
        return True
    for opening, closing in _BRACKETS:
        if text.rfind(opening) > text.rfind(closing):
            head = following.split(opening)[0]
            return closing in head
    return False


def _is_below(line: Line, following: Line) -> bool:
    return (line.page, line.column) == (following.page, following.column)


def ends_paragraph(held: Sequence[Line], following: Line, layout: Layout) -> bool:
    """Return whether a paragraph, whose lines so far are given, ends before a line."""
    line = held[-1]
    larger, smaller = max(line.size, following.size), min(line.size, following.size)
    if line.tabbed and following.tabbed:  # rows of a table without rules
        return True
    changed = line.page == following.page and (line.column > 0) != (following.column > 0)
    if larger > ALIKE * smaller or changed or _is_apart(line, following, layout):
        return True
    if _is_stacked(line, following, layout):
        return line.bold != following.bold or line.font != following.font
    if _is_inside(line.text, following.text):
        return False
    if layout.room(line) > first_word_width(following.text) + SLACK:
        return True
    return _begins(held, following, layout)


def _is_stacked(line: Line, following: Line, layout: Layout) -> bool:
    """Return whether two lines stand in the middle, one below the other."""
    centred = layout.centred(line) and layout.centred(following)
    aligned = abs(line.left - following.left) < INDENT * line.size
    return centred and not aligned and _is_below(line, following) and not _opens(following.text)


def _is_apart(line: Line, following: Line, layout: Layout) -> bool:
    step = (following.top - line.top) / line.size
    return _is_below(line, following) and step > APART * layout.leading


def _begins(held: Sequence[Line], following: Line, layout: Layout) -> bool:
    """Return whether a line begins a paragraph, though the one before it is full."""
    line, indent = held[-1], layout.indent(following)
    clause = bool(_ENDS_CLAUSE.search(line.text))
    if _BULLET.match(following.text):
        return True
    if line.text.endswith(">") and following.text.startswith("<"):  # a listing of tags
        return True
    if _opens(following.text) or _DASH.match(following.text):
        return indent > INDENT or clause or line.bold != following.bold
    if indent <= INDENT:
        return False
    step = indent - layout.indent(line)
    if step > INDENT:  # further in than the last line: a new first line, unless items hang
        return not (len(held) == 1 and (_opens(line.text) or _DASH.match(line.text)))
    if abs(step) <= INDENT:
        return clause and len(held) == 1
    return clause


def look_of(lines: Sequence[Line], layout: Layout) -> Look:
    """Return how a paragraph is set."""
    main = max(lines, key=lambda line: len(line.text))
    bold, centred = all(line.bold for line in lines), all(map(layout.centred, lines))
    return Look(main.size, main.font, bold, centred)


def block_of(lines: Sequence[Line], page: int) -> Block:
    """Return a paragraph; ``page`` is the page that was begun before it."""
    text, starts = join_lines([line.text for line in lines])
    marks = []
    for line, start in zip(lines, starts, strict=True):
        if line.page > page:
            marks.append(PageStart(start, line.page))
            page = line.page
    return Block(text, None, tuple(marks))
