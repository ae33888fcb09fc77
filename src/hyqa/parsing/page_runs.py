"""Rebuilding lines that a PDF draws in pieces, glyph by glyph or in overlapping strips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hyqa.parsing.characters import width

TOUCHING_SHARE = 0.6
"""Share of neighbours on a height that touch or overlap, from which they are pieces of a line.

On 15 official PDFs it is .62 and more where lines are drawn in pieces, and under .4 in tables.
"""
TOUCHING_GAP = 0.4
"""Ems between pieces of a line; between cells of a table there is more."""
ROWS_SHARE = 0.75
"""Share of rows among extracted lines above which the lines are whole as they are."""

Matrix = Sequence[float]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are drawn at once, from a point of the page; ``size`` is of one em."""

    text: str
    x: float
    y: float
    size: float

    @property
    def end(self) -> float:
        """Where it ends, roughly: a Latin letter takes half an em."""
        return self.x + self.size * width(self.text) / 2


def collector(runs: list[Run]) -> Callable[[str, Matrix, Matrix, object, float], None]:
    """Returns a visitor for pypdf that notes what is drawn where."""

    def visit(text: str, outer: Matrix, inner: Matrix, font: object, size: float) -> None:
        written = text.strip("\n")
        if written.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            runs.append(Run(written, x, y, abs(size * inner[3] * outer[3]) or 1.0))

    return visit


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Returns the runs from top to bottom and from left to right, those of a height together."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if rows and rows[-1][0].y - run.y < run.size / 3:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x) for row in rows]


def _is_shredded(rows: Sequence[Sequence[Run]], raw: str) -> bool:
    """Returns whether the lines of a page's raw text are pieces of its rows, but no cells."""
    gaps = [(right.x - left.end) / left.size for row in rows for left, right in pairwise(row)]
    touching = sum(gap < TOUCHING_GAP for gap in gaps)
    lines = sum(bool(line.strip()) for line in raw.splitlines())
    return len(rows) < ROWS_SHARE * lines and touching >= TOUCHING_SHARE * len(gaps)


def _append(line: str, end: float, run: Run) -> str:
    """Returns a line with one more run, without what both draw where strips overlap."""
    if run.x >= end - run.size / 4:
        return line + (" " if run.x > end + run.size / 2 else "") + run.text
    if run.end <= end + run.size / 4 and run.text in line[-2 * len(run.text) - 2 :]:
        return line
    shared = range(min(len(line), len(run.text)), 0, -1)
    count = next((size for size in shared if line.endswith(run.text[:size])), 0)
    return line + run.text[count:]


def _line(runs: Sequence[Run]) -> str:
    line, end = "", runs[0].x
    for run in runs:
        line = _append(line, end, run)
        end = max(end, run.end)
    return line


def whole_lines(raw: str, runs: Sequence[Run]) -> str:
    """Returns a page's text: as it was extracted, or rebuilt where its lines are in pieces."""
    rows = _rows(runs)
    return "\n".join(map(_line, rows)) if _is_shredded(rows, raw) else raw
