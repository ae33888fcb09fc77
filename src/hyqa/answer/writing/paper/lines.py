"""Breaking a text into lines: Chinese anywhere but before a stop, other words between them."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_NOT_FIRST = set("，。、；：！？）》〉」』】〕”’…—％·,.;:!?)]}%")
"""Signs that begin no line."""
_NOT_LAST = set("（《〈「『【〔“‘([{")
"""Signs that end no line."""


class Cell(NamedTuple):
    """A sign, and what it is a part of: an amount, a condition."""

    sign: str
    kinds: frozenset[str] = frozenset()


def broken(
    cells: Iterable[Cell], width: float, measure: Callable[[str], float]
) -> Iterator[list[Cell]]:
    """Break cells into lines; joined, they are the cells without those that break lines.

    Args:
        cells: in their order; a line ends where one is a line break.
        width: of a line, in the unit of ``measure``. Blanks at its end may stand beyond.
        measure: the width of a sign.
    """
    line: list[Cell] = []
    used = 0.0
    for cell in cells:
        if cell.sign == "\n":
            yield line
            line, used = [], 0.0
            continue
        wide = measure(cell.sign)
        while line and used + wide > width and cell.sign != " ":
            cut = _border(line, cell.sign)
            yield line[:cut]
            line = line[cut:]
            used = sum(measure(one.sign) for one in line)
        line.append(cell)
        used += wide
    yield line


def _border(line: list[Cell], following: str) -> int:
    """Where a full line is cut: at the last good place of its later half, else at its end."""
    after = following
    for place in range(len(line), len(line) // 2, -1):
        before = line[place - 1].sign
        if _may_break(before, after):
            return place
        after = before
    return len(line)


def _may_break(before: str, after: str) -> bool:
    if unicodedata.combining(after) or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before in " -/&=" or _is_wide(before) or _is_wide(after)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
