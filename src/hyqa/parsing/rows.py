"""Tables of documents that tell their cells: a paragraph a row, and which rows name the columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hyqa.parsing.blocks import Block
from hyqa.parsing.characters import clean_line
from hyqa.text.figures import YEAR

DIVIDER = " | "
MAX_REPEATED = 40
"""Characters of a cell beside several rows that is said again in each, as a reader sees it there."""
MAX_NAME = 30
"""Characters of the longest name of a column."""
MAX_SPAN = 1000
"""Rows and columns that one cell can take: HTML allows no more columns either."""

_FIGURE = re.compile(rf"(?!{YEAR}年?$)[\d¥$+-].*|.*\d[%％]$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, how many rows and columns it takes, and whether it is marked a heading."""

    text: str
    rows: int = 1
    columns: int = 1
    heading: bool = False


def _spread(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Cell]]:
    """Yield each row's cells with those among them that reach down from rows above."""
    reaching: dict[int, Cell] = {}
    for row in rows:
        cells: list[Cell] = []
        below: dict[int, Cell] = {}
        column, waiting = 0, list(row)
        while waiting or any(place >= column for place in reaching):
            again = reaching.pop(column, None)
            if again is None and not waiting:
                column = min(place for place in reaching if place >= column)
                continue
            cell = again if again is not None else waiting.pop(0)
            short = len(cell.text) <= MAX_REPEATED
            cells.append(cell if again is None or short else replace(cell, text=""))
            if cell.rows > 1:
                below[column] = replace(cell, rows=cell.rows - 1)
            column += max(1, min(cell.columns, MAX_SPAN))
        reaching = below
        yield cells


def _line(cells: Sequence[Cell]) -> str:
    """Return the words of a row; empty cells stay between others, so that columns stay in line."""
    words = [clean_line(cell.text) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return DIVIDER.join(words) if any(words) else ""


def _names_columns(cells: Sequence[Cell]) -> bool:
    names = [clean_line(cell.text) for cell in cells]
    short = all(len(name) <= MAX_NAME and not _FIGURE.match(name) for name in names)
    return len([name for name in names if name]) > 1 and short


def _count_headers(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows name the columns: those marked, else the first if it reads so."""
    marked = 0
    while marked < len(rows) and rows[marked] and all(cell.heading for cell in rows[marked]):
        marked += 1
    if marked or len(rows) < 2 or not _names_columns(rows[0]):
        return marked if marked < len(rows) else 0
    return 1


def read_rows(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Return a paragraph for each row of a table that says something.

    A cell that takes several columns is said once, one that takes several rows in each of them,
    so that a row can be read alone. A table of one column is no table but paragraphs.
    """
    full = [cells for cells in _spread(rows) if any(clean_line(cell.text) for cell in cells)]
    if all(len(cells) < 2 for cells in full):
        return [Block(cell.text) for cells in full for cell in cells]
    headers = _count_headers(full)
    return [Block(_line(cells), header=place < headers) for place, cells in enumerate(full)]
