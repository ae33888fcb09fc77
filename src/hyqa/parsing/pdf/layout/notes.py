"""Footnotes: which lines at the foot of a page they are."""

from collections.abc import Sequence

from hyqa.parsing.pdf.layout.lines import Line
from hyqa.parsing.pdf.layout.marks import LOWER, NOTE, SMALL


def split_notes(lines: Sequence[Line], size: float, height: float) -> tuple[list[Line], list[Line]]:
    """Return the lines of a page's text, and those of its notes.

    Args:
        lines: The lines of a page or a column, in order.
        size: Points of an em of the document's text.
        height: The page's height in points.
    """
    first = len(lines)
    while first and lines[first - 1].size < SMALL * size and lines[first - 1].top > LOWER * height:
        first -= 1
    while first < len(lines) and not NOTE.match(lines[first].text):
        first += 1
    return list(lines[:first]), list(lines[first:])
