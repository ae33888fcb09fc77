"""Reading the tables of a page: each row is one paragraph, its cells divided by bars."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress, pairwise

from hyqa.parsing.characters import is_wide, squeeze
from hyqa.parsing.lines import join_lines, join_pair
from hyqa.parsing.pdf.layout.grid import Grid
from hyqa.parsing.pdf.layout.pages import Run
from hyqa.parsing.pdf.layout.rows import first_word_width, row_text, rows
from hyqa.parsing.rows import DIVIDER

LEAST_FILLED = 0.25
"""Share of a table's cells that hold text, below which its rules are those of a drawing."""
LEAST_CELLS = 3
"""Cells with text from which rules make a table."""
SLACK = 1.0
"""Ems of room beside a cell's line from which the next one was begun by choice."""
LONGEST_NAME = 30
"""Characters of the longest name of a column."""
LEAST_ALIKE = 0.5
"""Share of rows that have as many cells as a header: forms put names and values side by side."""
SAME_EDGE = 6.0
"""Points by which the columns of a table on two pages may differ: margins change sides."""

_COLUMN = re.compile(
    r"^序号$|(?:名称|编号|项目?|类型|类别|种类|级别|等级|内容|指标|角色|职责|说明|标准|依据|部门|单位|职务"
    r"|备注|情形|事项|方式|区域|年[份度]|时间|日期|期限|金额|额度|条件|对象|要求|措施|比例|电话|地址)$"
)
"""How names of columns end, where nothing else tells a header."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its words, where it begins, how it is set.

    ``full`` tells whether its last line leaves no room for more.
    """

    left: float
    text: str = ""
    full: bool = False
    bold: bool = False
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a merged cell counts in the row and the column where it begins.

    ``turn`` is where in its text another page begins, None where it is on one page. ``aligned``
    tells whether a header names its columns, so that an empty cell keeps its place.
    """

    cells: tuple[Cell, ...]
    page: int
    header: bool = False
    turn: int | None = None
    aligned: bool = False

    @property
    def text(self) -> str:
        """Its cells divided by bars: those that hold something, the empty ones before the last too."""
        words = [cell.text for cell in self.cells if cell.text or self.aligned]
        while words and not words[-1]:
            words.pop()
        return DIVIDER.join(words).lstrip()


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that stands on a page."""

    rows: tuple[Row, ...]
    across: tuple[float, ...]
    page: int
    top: float
    bottom: float


def _join(lines: Sequence[Sequence[Run]], right: float) -> str:
    """Return the words of a cell's lines; a word that fills its line goes on in the next."""
    said = [(line, words) for line in lines if (words := squeeze(row_text(line)))]
    text = said[0][1] if said else ""
    for (line, left), (_, following) in pairwise(said):
        room = right - line[-1].right
        by_choice = room > (first_word_width(following) + SLACK) * line[-1].size
        divided = not by_choice and " " not in left and join_pair(left, following) == " "
        if by_choice and not (is_wide(text[-1]) and is_wide(following[0]) and len(left) == 1):
            text += " " + following
        else:
            text = text + following if divided else join_lines([text, following])[0]
    return text


def _cell(runs: Sequence[Run], left: float, right: float) -> Cell:
    if not runs:
        return Cell(left)
    lines = rows(runs)
    room = right - lines[-1][-1].right
    full = room <= SLACK * 2 * lines[-1][-1].size
    bold = all(run.bold for run in runs)
    return Cell(left, _join(lines, right), full, bold, len(lines))


def _edges(grid: Grid, held: dict[int, list[Run]]) -> dict[int, float]:
    """Return how far to the right the text of each cell reaches, or may reach."""
    rights: dict[int, float] = {}
    for row in grid.cells:
        for column, number in enumerate(row):
            rights[number] = max(rights.get(number, 0.0), grid.across[column + 1])
    pads = [
        min(rights[number] - max(run.right for run in runs), runs[0].size)
        for number, runs in held.items()
    ]
    pad = max(0.0, sorted(pads)[len(pads) // 10]) if pads else 0.0
    return {number: right - pad for number, right in rights.items()}


def read_table(grid: Grid, runs: Sequence[Run], page: int) -> PageTable | None:
    """Return the table that a grid's rules make of the runs inside it; None where they do not."""
    held: dict[int, list[Run]] = {}
    for run in runs:
        place = grid.cell((run.left + run.right) / 2, run.middle)
        if place:
            held.setdefault(grid.cells[place[0]][place[1]], []).append(run)
    numbers = {number for row in grid.cells for number in row}
    if len(held) < max(LEAST_CELLS, LEAST_FILLED * len(numbers)):
        return None
    rights = _edges(grid, held)
    seen: set[int] = set()
    found = []
    for row in grid.cells:
        cells = []
        for left, number in zip(grid.across, row, strict=False):
            inside = held.get(number, ()) if number not in seen else ()
            cells.append(_cell(inside, left, rights[number]))
            seen.add(number)
        found.append(Row(tuple(cells), page))
    count = _header_rows(grid, found)
    columns = [any(row.cells[at].text for row in found) for at in range(len(found[0].cells))]
    marked = (
        Row(tuple(compress(row.cells, columns)), page, index < count, aligned=count > 0)
        for index, row in enumerate(found)
    )
    kept = tuple(row for row in marked if row.text)
    return PageTable(kept, grid.across, page, grid.down[0], grid.down[-1])


def _header_rows(grid: Grid, found: Sequence[Row]) -> int:
    """Return how many rows at the top name the columns: one, more where its cells go deeper."""
    first, rest = found[0], found[1:]
    begun, filled = set(grid.cells[0]), [cell for cell in first.cells if cell.text]
    names = all(len(c.text) <= LONGEST_NAME and not c.text[0].isdigit() for c in filled)
    alike = sum(len(set(row)) == len(begun) for row in grid.cells[1:])
    if len(filled) < max(2, len(begun)) or not names or alike < LEAST_ALIKE * len(rest):
        return 0
    plain_below = any(cell.text and not cell.bold for row in rest for cell in row.cells)
    bold = all(cell.bold for cell in filled) and plain_below
    if not bold and len(filled) < 3 and not all(_COLUMN.search(cell.text) for cell in filled):
        return 0
    deep = [sum(number in row for row in grid.cells) for number in begun]
    return max(deep) if min(deep) < max(deep) < len(found) else 1


def _is_below(last: PageTable, table: PageTable) -> bool:
    """Return whether a table on the next page is as wide as the one before it."""
    wide = [part.across[-1] - part.across[0] for part in (last, table)]
    return table.page == last.page + 1 and abs(wide[0] - wide[1]) <= SAME_EDGE


def _pairs(last: Row, row: Row, shift: float) -> list[tuple[int, Cell]] | None:
    """Return the cells of a row, each with the index of the cell above it; None if one has none."""
    lefts = [cell.left for cell in last.cells]
    pairs = []
    for cell in row.cells:
        near = [i for i, left in enumerate(lefts) if abs(cell.left - shift - left) <= SAME_EDGE]
        if cell.text and not near:
            return None
        pairs += [(near[0], cell)] if cell.text else []
    return pairs


def _rest_of(last: Row, row: Row, shift: float) -> Row | None:
    """Return the last row of a page with its rest from the top of the next; None if it is whole.

    A row that was divided has an empty cell in its rest, and goes on only where a line is full,
    or in a single cell of more lines.
    """
    pairs = _pairs(last, row, shift)
    if not pairs or last.header:
        return None
    above = [last.cells[index] for index, _ in pairs]
    divided = len(pairs) < sum(bool(cell.text) for cell in last.cells)
    goes_on = all(cell.text and cell.full for cell in above)
    goes_on |= len(pairs) == 1 and above[0].lines > 1
    if not divided or not goes_on:
        return None
    cells = list(last.cells)
    for index, cell in pairs:
        cells[index] = replace(cell, text=join_lines([cells[index].text, cell.text])[0])
    index, cell = pairs[-1]
    before = replace(last, cells=tuple(cells[: index + 1])).text
    return replace(last, cells=tuple(cells), turn=len(before) - len(cell.text))


def continue_table(last: PageTable, table: PageTable) -> tuple[PageTable, tuple[Row, ...]] | None:
    """Join the parts of a table that goes over a page; returns it, and the header rows left out as repeated.

    A row that stands at the top of both parts is a header, however it is set.
    """
    if not _is_below(last, table):
        return None
    kept, rest = list(last.rows), list(table.rows)
    header = sum(row.header for row in kept) or 1
    again = [row.text for row in kept[:header]] == [row.text for row in rest[:header]]
    left_out = tuple(rest[:header]) if again else ()
    if again:
        kept[:header] = [replace(row, header=True) for row in kept[:header]]
    aligned = kept[0].aligned and len(kept[0].cells) == len(rest[0].cells)
    rest = [replace(row, header=False, aligned=aligned) for row in rest[len(left_out) :]]
    joined = _rest_of(kept[-1], rest[0], table.across[0] - last.across[0]) if rest else None
    if joined:
        kept[-1:] = [joined]
        rest = rest[1:]
    whole = PageTable((*kept, *rest), table.across, table.page, last.top, table.bottom)
    return whole, left_out
