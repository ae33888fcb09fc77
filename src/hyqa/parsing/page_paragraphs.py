"""Putting together the paragraphs that the lines of PDF pages were broken from."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from hyqa.parsing.blocks import Block
from hyqa.parsing.characters import width
from hyqa.parsing.headings import ENDS_SENTENCE, could_head, is_list_item, numbered_level
from hyqa.parsing.lines import join_lines
from hyqa.parsing.page_lines import Line
from hyqa.types import PageStart

FULL = 0.9
"""Share of the text's width from which a line is full: letters of English vary in width."""
SHORT = 0.72
"""Share of the text's width below which a line ends its paragraph, however it ends."""
WIDTH_RANK = 0.85
"""The text's width is that of the line at this rank: a few lines are wider, as in tables."""
LEAST_WIDTH = 30
"""Columns of the narrowest line that says something of the text's width."""

_ENDS_CLAUSE = re.compile(r"[。！？；：.!?;:…][”’」』）)\"']*$")
_BRACKETS = (("（", "）"), ("《", "》"), ("〔", "〕"), ("(", ")"), ("“", "”"))
_ARTICLE = re.compile(r"^第[〇零一二三四五六七八九十百\d]{1,5}条[\s　]")
_REFERENCE = re.compile(r"^[（(][一二三四五六七八九十\d]{1,3}[）)]\s*[项款目至、和]")


def text_width(lines: Sequence[Line]) -> int:
    """Returns the columns of a full line."""
    widths = sorted(size for size in (width(line.text) for line in lines) if size >= LEAST_WIDTH)
    return widths[int(WIDTH_RANK * (len(widths) - 1))] if widths else LEAST_WIDTH


def page_widths(lines: Sequence[Line]) -> dict[int, int]:
    """Returns each page's columns of a full line; those of a page of tables are the file's."""
    whole = text_width(lines)
    pages = groupby(lines, key=lambda line: line.page)
    return {page: max(whole, text_width(list(group))) for page, group in pages}


def _opens(text: str) -> bool:
    """Returns whether a line begins with the number of a heading, an article or a list item."""
    if _REFERENCE.match(text):
        return False
    numbered = numbered_level(text, decimal=True) is not None
    return numbered or bool(_ARTICLE.match(text)) or is_list_item(text)


def _is_heading(text: str) -> bool:
    return numbered_level(text, decimal=True) is not None and could_head(text)


def ends_paragraph(line: Line, following: Line, full_width: int) -> bool:
    """Returns whether a paragraph ends between two lines."""
    if _is_inside(line.text, following.text):
        return False
    share = width(line.text) / full_width
    clause = bool(_ENDS_CLAUSE.search(line.text))
    if share < SHORT or _opens(following.text):
        return True
    if share < FULL and (clause or _is_heading(line.text)):
        return True
    return (
        following.fresh
        and (clause or share < FULL)
        and bool(ENDS_SENTENCE.search(line.text) or line.page == following.page)
    )


def _is_inside(text: str, following: str) -> bool:
    """Returns whether a bracket that is open at a line's end closes in the next line."""
    for opening, closing in _BRACKETS:
        if text.rfind(opening) > text.rfind(closing):
            head = following.split(opening)[0]
            return closing in head
    return False


def _block(lines: Sequence[Line], page: int) -> Block:
    """Returns a paragraph; ``page`` is the page that was begun before it."""
    text, starts = join_lines([line.text for line in lines])
    marks = []
    for line, start in zip(lines, starts, strict=True):
        if line.page != page:
            marks.append(PageStart(start, line.page))
            page = line.page
    return Block(text, None, tuple(marks))


def build_paragraphs(lines: Sequence[Line]) -> Iterator[Block]:
    """Yields the paragraphs of all pages' lines, with the pages that begin inside each."""
    widths = page_widths(lines)
    page = 0
    held: list[Line] = []
    for line in lines:
        if held and ends_paragraph(held[-1], line, widths[held[-1].page]):
            yield _block(held, page)
            page, held = held[-1].page, []
        held.append(line)
    if held:
        yield _block(held, page)
