"""Tables that have level rules alone: one above and one below their header, one at their end."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hyqa.parsing.pdf.layout.grid import MAX_RULES, NEAR, Grid, Span
from hyqa.parsing.pdf.layout.pages import Run
from hyqa.parsing.pdf.layout.rows import rows

LEAST_RULES = 3
"""Rules as wide as each other that make a table; two are those of a page's head and foot."""
TALLEST_HEADER = 6.0
"""Ems from the first rule to the second at most: names of columns take one to three lines."""
STRIP = 1.0
"""Ems of white between two columns, on every line."""

Lines = Sequence[Sequence[Run]]


def _alike(spans: Sequence[Span]) -> list[list[Span]]:
    """Return the rules that begin and end below each other, from top to bottom."""
    groups: list[list[Span]] = []
    for span in spans:
        for group in groups:
            if abs(group[0].start - span.start) <= NEAR and abs(group[0].end - span.end) <= NEAR:
                group.append(span)
                break
        else:
            groups.append([span])
    return [group for group in groups if len(group) >= LEAST_RULES]


def _strips(runs: Sequence[Run]) -> Iterator[float]:
    """Yield the middle of each strip that no run stands in."""
    end = None
    for run in sorted(runs, key=lambda run: run.left):
        if end is not None and run.left - end >= STRIP * run.size:
            yield (run.left + end) / 2
        end = run.right if end is None else max(end, run.right)


def _borders(lines: Lines, group: Sequence[Span], first: float) -> list[float]:
    """Return where rows begin: at rules, and at lines that begin in the first column."""
    tops = [span.at for span in group]
    for above, line in pairwise(lines):
        at = (max(run.bottom for run in above) + min(run.top for run in line)) / 2
        apart = all(abs(at - top) > line[0].size for top in tops)
        if at > group[1].at and apart and line[0].left < first:
            tops.append(at)
    return sorted(tops)


def _grid(group: Sequence[Span], runs: Sequence[Run]) -> Grid | None:
    top, bottom, start, end = group[0].at, group[-1].at, group[0].start, group[0].end
    inside = [run for run in runs if top < run.middle < bottom and start - NEAR <= run.left <= end]
    lines = rows(inside)
    if len(lines) < LEAST_RULES or group[1].at - top > TALLEST_HEADER * lines[0][0].size:
        return None
    strips = list(_strips(inside))
    names = [run for run in inside if run.middle < group[1].at]
    if not strips or len(list(_strips(names))) < len(strips):
        return None
    across = (start, *strips, end)
    down = _borders(lines, group, strips[0])
    columns = len(across) - 1
    cells = (range(row * columns, (row + 1) * columns) for row in range(len(down) - 1))
    return Grid(across, tuple(down), tuple(map(tuple, cells)))


def find_open_grids(
    level: Sequence[Span], runs: Sequence[Run], closed: Sequence[Grid]
) -> list[Grid]:
    """Return the grids of tables without upright rules.

    Args:
        level: All level rules of a page.
        runs: All its runs.
        closed: The grids that its rules make by themselves.
    """
    if len(level) > MAX_RULES:
        return []
    free = [
        span
        for span in level
        if not any(grid.down[0] - NEAR <= span.at <= grid.down[-1] + NEAR for grid in closed)
    ]
    grids = (_grid(group, runs) for group in _alike(free))
    return [grid for grid in grids if grid]
