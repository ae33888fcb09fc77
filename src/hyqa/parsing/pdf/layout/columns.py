"""The order in which the lines of a page are read: column by column where it has two."""

from collections.abc import Iterator, Sequence

from hyqa.parsing.pdf.layout.pages import Run
from hyqa.parsing.pdf.layout.rows import rows

GUTTER = 0.9
"""Ems between two columns of text, at least."""
MIDDLE = (0.3, 0.7)
"""Where between the edges of the text the gap between two columns may be."""
LEAST_ROWS = 6
"""Lines side by side that make columns; fewer are two things on one line."""
MOST_CROSSING = 0.2
"""Share of lines among columns that may go across both, as headings and figures do."""
LEAST_FILLED = 0.6
"""Share of a column that its lines fill in the middle; names and figures side by side fill less."""

Rows = Sequence[Sequence[Run]]


def _gaps(row: Sequence[Run]) -> Iterator[tuple[float, float]]:
    """Yield the gaps of a line that are wide enough to be between columns."""
    end = row[0].right
    for run in row[1:]:
        if run.left - end >= GUTTER * run.size:
            yield end, run.left
        end = max(end, run.right)


def _gutter(lines: Rows, left: float, right: float) -> float | None:
    """Return the place that most gaps in the middle of lines have in common."""
    low, high = (left + share * (right - left) for share in MIDDLE)
    events = []
    for row in lines:
        for start, end in _gaps(row):
            start, end = max(start, low), min(end, high)
            if start < end:
                events += [(start, 1), (end, -1)]
    depth = most = 0
    place = None
    for at, step in sorted(events):
        depth += step
        if depth > most:
            most, place = depth, at
    return place if most >= LEAST_ROWS else None


def _crosses(row: Sequence[Run], place: float) -> bool:
    return any(run.left < place - run.size / 4 and run.right > place + run.size / 4 for run in row)


def _sides(row: Sequence[Run], place: float) -> tuple[list[Run], list[Run]]:
    left = [run for run in row if (run.left + run.right) / 2 <= place]
    return left, [run for run in row if run not in left]


def _are_columns(lines: Rows, place: float, left: float, right: float) -> bool:
    parted = [_sides(row, place) for row in lines if not _crosses(row, place)]
    both = [(one, two) for one, two in parted if one and two]
    if len(both) < LEAST_ROWS or len(lines) - len(parted) > MOST_CROSSING * len(lines):
        return False
    ends = sorted((one[-1].right - left) / (place - left) for one, _ in both)
    lengths = sorted((two[-1].right - place) / (right - place) for _, two in both)
    middle = len(both) // 2
    return min(ends[middle], lengths[middle]) >= LEAST_FILLED


def _stretch(lines: Rows, place: float) -> tuple[int, int]:
    """Return the first and the last of the lines that stand side by side."""
    both = [
        i for i, row in enumerate(lines) if not _crosses(row, place) and all(_sides(row, place))
    ]
    return (both[0], both[-1] + 1) if both else (0, 0)


def in_order(runs: Sequence[Run]) -> list[tuple[int, list[Run]]]:
    """Return the lines in reading order, each with the number of its column.

    It is 0 for a line across the page, and goes up with each column that begins.
    """
    lines = rows(runs)
    if not lines:
        return []
    left, right = min(row[0].left for row in lines), max(run.right for run in runs)
    place = _gutter(lines, left, right)
    first, last = _stretch(lines, place) if place is not None else (0, 0)
    if place is None or not _are_columns(lines[first:last], place, left, right):
        return [(0, row) for row in lines]
    ordered = [(0, row) for row in lines[:first]]
    held: tuple[list[Run], list[Run]] = ([], [])
    number = 1
    for row in [*lines[first:last], ()]:
        if row and not _crosses(row, place):
            for side, part in zip(held, _sides(row, place), strict=True):
                side += part
            continue
        for step, side in enumerate(held):
            ordered += [(number + step, part) for part in rows(side)]
        number, held = number + 2, ([], [])
        if row:
            ordered.append((0, list(row)))
    return ordered + [(0, row) for row in lines[last:]]
