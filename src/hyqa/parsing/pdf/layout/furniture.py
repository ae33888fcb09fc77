"""What a page repeats or only leads through: running heads and feet, page numbers, contents."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hyqa.parsing.pdf.layout.lines import Line

EDGE = 4
"""Lines at the top and at the bottom of a page among which a running head or foot is."""
MARGIN = 0.17
"""Share of a page's height at its top and bottom in which running heads and feet stand."""
REPEATED_SHARE = 0.3
"""Share of pages from which an edge line is a running head: left and right ones often differ."""
REPEATED_LEAST = 3
ENTRY_SHARE = 0.6
"""Share of lines that end in a number on a page that goes on with a table of contents."""

_PAGE_NUMBER = re.compile(
    r"(?:[-—–－•·~]\s*)?(?:\d{1,4}|[IVXivx]{1,6})(?:\s*[-—–－•·~])?"
    r"|第?\s*\d{1,4}\s*页?\s*(?:[/,，]|共|of)\s*\d{1,4}\s*页?"
    r"|第\s*\d{1,4}\s*页|共\s*\d{1,4}\s*页|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?"
)
_ENTRY = re.compile(r"(?:[.．·…‥⋯_-]\s?){4,}\s*(?:[-(（]?\s*(?:\d{1,4}|[IVXivx]{1,6})\s*[-)）]?)?$")
_ENDS_IN_NUMBER = re.compile(r"\S\s*(?:\d{1,4}|[IVXivx]{1,6})$")
_CONTENTS_HEAD = re.compile(r"^(?:目\s*[录次錄]|Contents|Table of Contents)$", re.IGNORECASE)


@dataclass(slots=True)
class Sifted:
    """The lines of all pages: those that are read, and those left out, by what they are."""

    kept: list[list[Line]] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)


def _key(text: str) -> str:
    return re.sub(r"\d+|\b[IVXivx]+\b", "#", re.sub(r"\s+", "", text))


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom <= MARGIN * height or line.top >= (1 - MARGIN) * height


def _edges(lines: Sequence[Line], height: float) -> list[Line]:
    found = sorted(lines, key=lambda line: line.top)
    edges = [*found[:EDGE], *found[EDGE:][-EDGE:]]
    return [line for line in edges if _at_edge(line, height)]


def _furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Return the running heads, feet and page numbers of each page."""
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    counts = Counter(key for page in edges for key in {_key(line.text) for line in page})
    least = max(REPEATED_LEAST, REPEATED_SHARE * len(pages))
    return [
        [
            line
            for line in page
            if counts[_key(line.text)] >= least or _PAGE_NUMBER.fullmatch(line.text)
        ]
        for page in edges
    ]


def _contents(lines: Sequence[Line], goes_on: bool) -> list[Line]:
    """Return what of a page's lines is a table of contents."""
    heads = [index for index, line in enumerate(lines) if _CONTENTS_HEAD.match(line.text)]
    dotted = [index for index, line in enumerate(lines) if _ENTRY.search(line.text)]
    tabbed = [
        i for i, line in enumerate(lines) if line.tabbed and _ENDS_IN_NUMBER.search(line.text)
    ]
    entries = sorted({*dotted, *tabbed}) if heads or goes_on else dotted
    if not entries or (not heads and len(entries) < ENTRY_SHARE * len(lines)):
        return [lines[index] for index in dotted]
    first = heads[0] if heads else 0
    return [line for line in lines[first : entries[-1] + 1]]


def sift(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Sifted:
    """Return the lines of pages without running heads and feet, numbers and contents.

    Args:
        pages: The lines of each page, without those in tables.
        heights: The height of each page in points.
    """
    sifted = Sifted()
    goes_on = False
    for lines, furniture in zip(pages, _furniture(pages, heights), strict=True):
        body = [line for line in lines if line not in furniture]
        contents = _contents(body, goes_on)
        goes_on = bool(contents) and contents[-1] is body[-1]
        sifted.kept.append([line for line in body if line not in contents])
        sifted.furniture += furniture
        sifted.contents += contents
    return sifted
