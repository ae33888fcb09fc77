"""The raised marks in a text that call the notes at the foot of its page."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from hyqa.parsing.pdf.layout.pages import Run

SMALL = 0.93
"""Share of the text's size from which a line is no note: 9 points under 10.5, and 8 under 9."""
LOWER = 0.5
"""Share of a page's height below which notes begin."""
RAISED = 0.8
"""Share of a line's size that a raised mark is smaller than."""

_MARK = re.compile(r"[\[(（〔【]?(\d{1,2}|[①-⑳*※†])[\])）〕】]?")
NOTE = re.compile(r"[\[(（〔【]?(\d{1,2}|[①-⑳*※†])(?:[\])）〕】.．、]|\s|(?=[^\W\d_])|(?=[《“]))")
"""How a note begins."""


def _usual_size(runs: Sequence[Run]) -> float:
    """Return the size of the character in the middle, when they are put in order of size."""
    ordered = sorted(runs, key=lambda run: run.size)
    ends = list(accumulate(len(run.text) for run in ordered))
    return ordered[bisect_left(ends, ends[-1] / 2)].size if ends else 0.0


def note_marks(lines: Sequence[Sequence[Run]], height: float) -> frozenset[str]:
    """Return the marks with which the notes at the foot of a page begin.

    Args:
        lines: The runs of each line.
        height: The page's height in points.
    """
    usual = _usual_size([run for row in lines for run in row])
    marks = set()
    for row in lines:
        text = "".join(run.text for run in row[:2])
        small = max(run.size for run in row) < SMALL * usual
        match = NOTE.match(text) if small and row[0].top > LOWER * height else None
        if match:
            marks.add(match[1])
    return frozenset(marks)


def without_marks(row: Sequence[Run], marks: frozenset[str]) -> list[Run]:
    """Return a line without the raised marks that call its page's notes; powers stay."""
    main = max(row, key=lambda run: len(run.text))
    kept: list[Run] = []
    for run in row:
        match = _MARK.fullmatch(run.text)
        raised = run.size < RAISED * main.size and run.middle < main.middle
        unit = kept and kept[-1].text[-1:].isascii() and kept[-1].text[-1:].isalpha()
        if not (kept and raised and match and match[1] in marks and not unit):
            kept.append(run)
    return kept
