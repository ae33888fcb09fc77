"""Putting the runs of a page together to lines, in the order in which they are read."""

import re
from collections.abc import Sequence
from itertools import pairwise

from hyqa.parsing.characters import is_wide, width
from hyqa.parsing.pdf.layout.pages import Run

ALIKE = 0.5
"""Share of the lower run's height that two runs on a line have in common."""
TALLER = 2.4
"""How many times higher than its neighbour a run on a line may be: a raised mark is half as high,
an emblem beside the first lines of a cover more."""
GAP = 0.2
"""Ems between runs of a line that are seen as a space, unless both are Chinese."""
WIDE_GAP = 0.6
"""Ems between Chinese runs that are seen as a space."""

_CLOSERS = r"[，。、；：？！）》」』】〕”’,.;:?!)\]}%‰℃]"
_FIRST_WORD = re.compile(rf"(?:[^\s\u2e80-\uffef]+|\S){_CLOSERS}*")


def rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs from top to bottom, those on one line together, from left to right."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if found and _is_level(found[-1], run):
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(row, key=lambda run: run.left) for row in found]


def _is_level(row: Sequence[Run], run: Run) -> bool:
    highest = max(row[-3:], key=lambda other: other.bottom - other.top)
    heights = sorted((highest.bottom - highest.top, run.bottom - run.top))
    common = min(highest.bottom, run.bottom) - max(highest.top, run.top)
    return common >= ALIKE * heights[0] and heights[1] <= TALLER * heights[0]


def gap(left: Run, right: Run) -> str:
    """Return what stands between two runs of a line: a space or nothing."""
    ems = (right.left - left.right) / max(right.bottom - right.top, 1.0)
    wide = is_wide(left.text[-1]) or is_wide(right.text[0])
    return " " if ems > (WIDE_GAP if wide else GAP) else ""


def row_text(row: Sequence[Run]) -> str:
    """Return the words of a line."""
    return row[0].text + "".join(gap(one, two) + two.text for one, two in pairwise(row))


def first_word_width(text: str) -> float:
    """Return how many ems the first word takes, with the marks that may not begin a line."""
    match = _FIRST_WORD.match(text)
    return width(match[0]) / 2 if match else 0.0
