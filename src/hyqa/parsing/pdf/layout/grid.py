"""Finding the grids that the ruling lines of a page make: the cells of its tables."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hyqa.parsing.pdf.layout.pages import Rule

NEAR = 3.0
"""Points within which rules meet, and lie on one line: rules are up to 3 points thick."""
MAX_RULES = 600
"""Rules of a page, put together, above which they are a drawing: full tables have some 100."""
LEAST_SIDE = 4.0
"""Points of the narrowest column and the lowest row; what is narrower is a double rule."""


class Span(NamedTuple):
    """A rule as a number line has it: where it lies, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Spans:
    """The rules of a page, pieces of one line put together."""

    level: Sequence[Span]
    upright: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's borders: ``across`` from left to right, ``down`` from top to bottom.

    ``cells[row][column]`` is a number that merged cells share.
    """

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and the column of a point, or None outside."""
        row, column = bisect_right(self.down, y) - 1, bisect_right(self.across, x) - 1
        inside = 0 <= row < len(self.down) - 1 and 0 <= column < len(self.across) - 1
        return (row, column) if inside else None


def find_spans(rules: Sequence[Rule]) -> Spans:
    """Return the level and the upright rules of a page, pieces of one line put together."""
    level, upright = [], []
    for rule in rules:
        if rule.level:
            level.append(Span((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            upright.append(Span((rule.left + rule.right) / 2, rule.top, rule.bottom))
    return Spans(_lines(level), _lines(upright))


def _lines(pieces: Sequence[Span]) -> list[Span]:
    lines: list[list[Span]] = []
    for piece in sorted(pieces):
        if lines and piece.at - lines[-1][-1].at <= NEAR / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [span for line in lines for span in _joined(line)]


def _joined(line: Sequence[Span]) -> Iterator[Span]:
    at = sum(span.at for span in line) / len(line)
    start, end = None, 0.0
    for span in sorted(line, key=attrgetter("start")):
        if start is None:
            start, end = span.start, span.end
        elif span.start <= end + NEAR:
            end = max(end, span.end)
        else:
            yield Span(at, start, end)
            start, end = span.start, span.end
    if start is not None:
        yield Span(at, start, end)


def _meetings(level: Sequence[Span], upright: Sequence[Span]) -> NDArray[np.bool_]:
    """Return which level rules meet which upright ones, of shape (level, upright)."""
    lying, standing = (
        np.array([(span.at, span.start, span.end) for span in spans]).reshape(-1, 3)
        for spans in (level, upright)
    )
    across, down = standing[:, 0], lying[:, :1]
    beside = (lying[:, 1:2] - NEAR <= across) & (across <= lying[:, 2:3] + NEAR)
    within = (standing[:, 1] - NEAR <= down) & (down <= standing[:, 2] + NEAR)
    return np.asarray(beside & within)


def _groups(level: Sequence[Span], upright: Sequence[Span]) -> list[tuple[list[Span], list[Span]]]:
    """Return the rules that hang together."""
    meet, groups = _meetings(level, upright), []
    left = np.ones(len(upright), np.bool_)
    while left.any():
        standing = np.zeros(len(upright), np.bool_)
        standing[np.argmax(left)] = True
        size = 0
        while standing.sum() > size:
            size = int(standing.sum())
            lying = meet[:, standing].any(axis=1)
            standing |= meet[lying].any(axis=0)
        left &= ~standing
        groups.append(
            (
                [level[i] for i in np.flatnonzero(lying).tolist()],
                [upright[j] for j in np.flatnonzero(standing).tolist()],
            )
        )
    return groups


def _borders(values: Sequence[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] >= LEAST_SIDE:
            kept.append(value)
    return tuple(kept)


def _sides(spans: Sequence[Span], borders: Sequence[float]) -> list[list[Span]]:
    """Return the rules on each border."""
    return [[span for span in spans if abs(span.at - at) < LEAST_SIDE] for at in borders]


def _covers(spans: Sequence[Span], point: float) -> bool:
    return any(span.start <= point <= span.end for span in spans)


def _centres(borders: Sequence[float]) -> list[float]:
    return [(one + other) / 2 for one, other in pairwise(borders)]


def _merged(
    level: Sequence[Span], upright: Sequence[Span], across: Sequence[float], down: Sequence[float]
) -> tuple[tuple[int, ...], ...]:
    """Return the number of each cell; where there is no rule between two, they are one."""
    lying, standing = _sides(level, down), _sides(upright, across)
    columns = len(across) - 1
    numbers = list(range((len(down) - 1) * columns))

    def root(cell: int) -> int:
        while numbers[cell] != cell:
            cell = numbers[cell]
        return cell

    for row, y in enumerate(_centres(down)):
        for column, x in enumerate(_centres(across)):
            cell = row * columns + column
            if column and not _covers(standing[column], y):
                numbers[root(cell)] = root(cell - 1)
            if row and not _covers(lying[row], x):
                first, second = sorted((root(cell - columns), root(cell)))
                numbers[second] = first
    roots = list(map(root, range(len(numbers))))
    return tuple(tuple(roots[at : at + columns]) for at in range(0, len(roots), columns))


def find_grids(spans: Spans) -> list[Grid]:
    """Return the grids of at least two rows and two columns, from top to bottom.

    Level rules may reach beyond the outermost upright ones: many tables are open at the sides.
    """
    if len(spans.level) + len(spans.upright) > MAX_RULES:
        return []
    grids = []
    for lying, standing in _groups(spans.level, spans.upright):
        ends = [end for span in lying for end in (span.start, span.end)]
        across = _borders([*(span.at for span in standing), *ends])
        tops = [end for span in standing for end in (span.start, span.end)]
        down = _borders([*(span.at for span in lying), *tops])
        if len(across) > 2 and len(down) > 2:
            grids.append(Grid(across, down, _merged(lying, standing, across, down)))
    return sorted(grids, key=lambda grid: grid.down[0])
