"""Where the text of a page begins and ends: what tells a broken line from one that ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hyqa.parsing.pdf.layout.lines import Line

WIDTH_RANK = 0.9
"""The text's width is that of the line at this rank: a few lines are wider, as in tables."""
LEAST_WIDTH = 10
"""Ems of the shortest line that says something of the text's width."""
LEAST_SHARE = 0.6
"""Share of the room between equal margins below which no line is a full one: it is a list."""
SHARED = 0.5
"""Ems within which lines begin at one edge."""
LEADING = 1.5
"""Ems from line to line where a document has too few lines to tell."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The left and the right edge of a column of text, in points."""

    start: float
    end: float


def _text_width(lines: Sequence[Line]) -> float:
    """Return the points of a full line."""
    widths = sorted(
        line.right - line.left for line in lines if line.right - line.left > LEAST_WIDTH * line.size
    )
    return widths[int(WIDTH_RANK * (len(widths) - 1))] if widths else 0.0


def _start(lines: Sequence[Line]) -> float:
    """Return the leftmost edge that two lines share, or that of the line at the very left."""
    lefts = sorted(line.left for line in lines)
    sizes = lines[0].size
    shared = (one for one, two in pairwise(lefts) if two - one <= SHARED * sizes)
    return next(shared, lefts[0])


def _at_edge(lines: Sequence[Line], known: set[int]) -> list[float]:
    """Return where lines begin that begin where the text of other pages does."""
    return [line.left for line in lines if known & {int(line.left), int(line.left) + 1}]


def _low(values: Sequence[float]) -> float:
    """Return the lower quartile: on some pages every line is indented, on few one juts out."""
    return sorted(values)[len(values) // 4]


def _sides(line: Line, width: float) -> tuple[int, bool, int]:
    """Return what lines with the same margins share: left and right pages may differ."""
    return round(width / 10), line.column > 0, (line.column or line.page) % 2


def find_margins(
    lines: Sequence[Line], widths: Mapping[int, float]
) -> dict[tuple[int, int], Margins]:
    """Return the margins of each page and column.

    A page of short lines has those of the other pages that are as wide, and a document of
    nothing else as much on the right as on the left.

    Args:
        lines: All lines of a document that are text.
        widths: The width of each page in points.
    """
    groups: dict[tuple[int, int], list[Line]] = {}
    alike: dict[tuple[int, bool], list[Line]] = {}
    starts: dict[tuple[int, bool, int], list[float]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
        alike.setdefault(_sides(line, widths[line.page])[:2], []).append(line)
    for group in groups.values():
        sides = _sides(group[0], widths[group[0].page])
        starts.setdefault(sides, []).append(_start(group))
    full = {key: _text_width(group) for key, group in alike.items()}
    known: dict[tuple[int, bool], set[int]] = {}
    for sides, found in starts.items():
        known.setdefault(sides[:2], set()).update(map(round, found))
    margins = {}
    for place, group in groups.items():
        page, sides = widths[place[0]], _sides(group[0], widths[place[0]])
        start = min(_start(group), _low(starts[sides]), *_at_edge(group, known[sides[:2]]))
        reach = start + full[sides[:2]]
        if not sides[1] and full[sides[:2]] < LEAST_SHARE * (page - 2 * start):
            reach = page - start
        margins[place] = Margins(start, max(*(line.right for line in group), reach))
    return margins


def leading(lines: Sequence[Line]) -> float:
    """Return how many ems it is from a line to the next, as a rule."""
    steps = [
        (two.top - one.top) / one.size
        for one, two in pairwise(lines)
        if one.page == two.page and one.column == two.column and two.top > one.top
    ]
    return median(steps) if steps else LEADING
