"""Putting the runs of a page together to lines, in the order in which they are read."""

from collections.abc import Sequence

from hyqa.parsing.characters import is_wide
from hyqa.parsing.pages import Run

ALIKE = 0.5
"""Share of the lower run's height that two runs on a line have in common."""
OVERLAP = 0.5
"""Ems by which neighbours on a line may overlap; what overlaps more is drawn twice."""
GAP = 0.2
"""Ems between runs of a line that are seen as a space, unless both are Chinese."""
WIDE_GAP = 0.6
"""Ems between Chinese runs that are seen as a space."""


def rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Returns the runs from top to bottom, those on one line together, from left to right."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if found and _is_level(found[-1], run):
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(row, key=lambda run: run.left) for row in found]


def _is_level(row: Sequence[Run], run: Run) -> bool:
    highest = max(row[-3:], key=lambda other: other.bottom - other.top)
    common = min(highest.bottom, run.bottom) - max(highest.top, run.top)
    return common >= ALIKE * min(highest.bottom - highest.top, run.bottom - run.top)


def gap(left: Run, right: Run) -> str:
    """Returns what stands between two runs of a line: a space or nothing."""
    ems = (right.left - left.right) / max(right.bottom - right.top, 1.0)
    wide = is_wide(left.text[-1]) or is_wide(right.text[0])
    return " " if ems > (WIDE_GAP if wide else GAP) else ""


def _unseen(line: str, end: float, run: Run) -> str:
    """Returns what a run adds to a line that ends at ``end``: strips that overlap repeat some."""
    if run.left >= end - OVERLAP * run.size:
        return run.text
    if run.right <= end + OVERLAP * run.size and run.text in line[-2 * len(run.text) - 2 :]:
        return ""
    shared = range(min(len(line), len(run.text)), 0, -1)
    return run.text[next((size for size in shared if line.endswith(run.text[:size])), 0) :]


def row_text(row: Sequence[Run]) -> str:
    """Returns the words of a line, what is drawn twice once."""
    line, last = row[0].text, row[0]
    for run in row[1:]:
        line += gap(last, run) + _unseen(line, last.right, run)
        last = run if run.right > last.right else last
    return line
