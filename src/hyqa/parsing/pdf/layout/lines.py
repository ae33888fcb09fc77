"""The lines of a page as a reader sees them: words, place and look of each."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hyqa.parsing.characters import squeeze, width
from hyqa.parsing.pdf.layout.columns import in_order
from hyqa.parsing.pdf.layout.marks import note_marks, without_marks
from hyqa.parsing.pdf.layout.pages import Run
from hyqa.parsing.pdf.layout.rows import row_text

WIDE = 50
"""Columns of a line of body text, in which a space between characters is typesetting.

In a shorter one, as in 第一章 总则, it divides words.
"""
TAB = 1.5
"""Ems of a gap in a line that is no space between words."""

_STRAY_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff，、]{5})(?<![章节条款项]) (?=[\u4e00-\u9fff，、；。]{4})"
    r"|(?<=[\u4e00-\u9fff])(?<=[，、；。][\u4e00-\u9fff]) (?=[\u4e00-\u9fff]{4})"
)
_SPREAD = re.compile(r"[\u4e00-\u9fff]{1,2}(?: [\u4e00-\u9fff]{1,2})+")
_SOFT_HYPHEN = re.compile("\u00ad\\s*$")
SPREAD_SHARE = 0.7
"""Share of single characters among the words of a line from which its letters are spaced."""
_GLYPH_NAMES = re.compile(r"(?:/[gG][0-9A-F]{1,4}){2,}|/g\d{1,4}|\(cid:\d+\)")
_SHOWN = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Fonts of some PDFs name a character by its radical, which looks the same but is not found."""
_SHOWN |= dict(
    zip(map(ord, "\uf0b7\uf06c\uf06e\uf0a7\uf075\uf0d8\uf0fc\uf0b2"), "•●■▪◆➢✓◆", strict=True)
)
"""Bullets of Symbol and Wingdings, which have no character of their own in those fonts."""
_IN_FONTS = re.compile(f"[{''.join(map(chr, _SHOWN))}]")


class Line(NamedTuple):
    """A line of a page; points from the top left of the page, ``size`` of one em.

    ``column`` is the number of the column of text on its page. ``tabbed`` tells whether its last
    words stand apart from those before, as page numbers in a table of contents do.
    """

    text: str
    page: int
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 1.0
    font: str = ""
    bold: bool = False
    column: int = 0
    tabbed: bool = False


def _is_spread(words: Sequence[str]) -> bool:
    return sum(len(word) == 1 for word in words) >= SPREAD_SHARE * len(words)


def tidy(written: str) -> str:
    """Return a line's words without the spaces that typesetting puts inside them."""
    named = _GLYPH_NAMES.sub("", written) if "/" in written or "(" in written else written
    text = squeeze(named.translate(_SHOWN) if _IN_FONTS.search(named) else named)
    if _SPREAD.fullmatch(text) and _is_spread(text.split(" ")):
        return text.replace(" ", "")
    return _STRAY_SPACE.sub("", text) if width(text) >= WIDE else text


def _line(row: Sequence[Run], column: int, page: int) -> Line:
    main = max(row, key=lambda run: len(run.text))
    return Line(
        tidy(_SOFT_HYPHEN.sub("-", row_text(row))),
        page,
        row[0].left,
        min(run.top for run in row),
        max(run.right for run in row),
        max(run.bottom for run in row),
        main.size,
        main.font,
        all(run.bold for run in row),
        column,
        len(row) > 1 and row[-1].left - row[-2].right > TAB * main.size,
    )


def read_lines(runs: Sequence[Run], page: int, height: float) -> Iterator[Line]:
    """Yield the lines of a page in reading order, without the marks that call its notes.

    Args:
        runs: What stands on the page outside of tables.
        page: Its number.
        height: Its height in points.
    """
    rows = in_order(runs)
    marks = note_marks([row for _, row in rows], height)
    for column, row in rows:
        line = _line(without_marks(row, marks) if marks else row, column, page)
        if line.text:
            yield line
