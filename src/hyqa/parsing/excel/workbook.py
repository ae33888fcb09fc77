"""Excel workbooks: each sheet a section, each row a paragraph that knows its table's header."""

import io
import re
import warnings
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import openpyxl
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from hyqa.parsing.blocks import TITLE, Block, Parsed, assemble
from hyqa.parsing.characters import clean_line
from hyqa.parsing.excel.values import display
from hyqa.parsing.headings import MAX_TITLE
from hyqa.parsing.packages import BROKEN, check_package
from hyqa.parsing.rows import Cell, read_rows
from hyqa.types.errors import ParseError

MAX_CELLS = 500_000
"""Cells with something in them: a register of 20,000 firms with 25 columns has as many."""
LAST_ROW = 1_048_576
"""Excel's last row."""
MAX_COLUMNS = 200
"""Columns that are read."""
MAX_MERGED = 20_000
"""Merged cells that are heeded."""
LONG_REMARK = 40
"""Characters of a lone cell from which it is a remark below a table rather than a row of it."""

_DEFAULT_NAME = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.IGNORECASE)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_NUMBER, _FIRST, _LAST = (
    re.compile(rb'\b%s="(\d{1,7})"' % name) for name in (b"r", b"min", b"max")
)
_REMARK = re.compile(r"^(?:备?注|说明|[数资]\w来源|Notes?\b|Source\b)", re.IGNORECASE)

Spans = Mapping[tuple[int, int], tuple[int, int]]
"""How many rows and columns merged cells take, by their first row and column, from 1."""


def _part(data: bytes, sheet: ReadOnlyWorksheet) -> bytes:
    """Return a sheet as it is written."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(sheet._worksheet_path.lstrip("/"))


def _merged(part: bytes) -> Spans:
    """Return a sheet's merged cells, which openpyxl reads only with all others in memory."""
    spans = {}
    for match in islice(_MERGED.finditer(part), MAX_MERGED):
        left, top, right, bottom = range_boundaries(match[1].decode())
        spans[top, left] = (bottom - top + 1, right - left + 1)
    return spans


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The numbers of a sheet's rows and columns that a reader does not see, from 1."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def _hidden(part: bytes) -> _Hidden:
    """Return what a sheet hides, which openpyxl does not tell of a sheet that it streams."""
    rows = {int(found[1]) for one in _ROW.findall(part) if (found := _NUMBER.search(one))}
    columns: set[int] = set()
    for one in _COLUMN.findall(part):
        first, last = _FIRST.search(one), _LAST.search(one)
        if first and last:
            columns.update(range(int(first[1]), min(int(last[1]), MAX_COLUMNS) + 1))
    return _Hidden(frozenset(rows), frozenset(columns))


def _filled_rows(sheet: ReadOnlyWorksheet, hidden: _Hidden) -> Iterator[tuple[int, list[str]]]:
    """Yield the numbers and words of rows with something in them; of empty ones, one of a run.

    Raises:
        ParseError: There are too many.
    """
    count, blank = 0, True
    for number, row in enumerate(sheet.iter_rows(), start=1):
        words = [
            "" if column in hidden.columns else _word(cell)
            for column, cell in enumerate(row[:MAX_COLUMNS], start=1)
        ]
        if number in hidden.rows:
            continue
        while words and not words[-1]:
            words.pop()
        count += sum(map(bool, words))
        if count > MAX_CELLS or number > LAST_ROW:
            raise ParseError(f"sheet {sheet.title!r} has more than {MAX_CELLS} cells; split it")
        if words or not blank:
            yield number, words
        blank = not words


def _word(cell: ReadOnlyCell | EmptyCell) -> str:
    if cell.value is None or cell.data_type == "e":
        return ""
    return clean_line(display(cell.value, cell.number_format or "General"))


def _rows(sheet: ReadOnlyWorksheet, spans: Spans, hidden: _Hidden) -> list[list[Cell]]:
    filled = list(_filled_rows(sheet, hidden))
    numbers = [number for number, _ in filled]
    starts: dict[int, dict[int, tuple[int, int]]] = {}
    for (top, left), (high, wide) in spans.items():
        # Empty rows were left out, so that a cell takes fewer of those that are left.
        starts.setdefault(top, {})[left] = (
            max(1, bisect_left(numbers, top + high) - bisect_left(numbers, top)),
            wide,
        )
    rows = []
    covered: dict[int, int] = {}
    unseen = dict.fromkeys(hidden.columns, LAST_ROW)
    for number, words in filled:
        covered = {column: last for column, last in covered.items() if last >= number}
        seen = _cells(number, words, starts.get(number, {}), {**covered, **unseen})
        rows.append(list(seen))
        for left, (_, wide) in starts.get(number, {}).items():
            last = number + spans[number, left][0] - 1
            covered |= dict.fromkeys(range(left, min(left + wide, MAX_COLUMNS)), last)
    return rows


def _cells(
    number: int,
    words: Sequence[str],
    starts: Mapping[int, tuple[int, int]],
    covered: Mapping[int, int],
) -> Iterator[Cell]:
    """Yield a row's cells without those that a merged cell covers, in this row or from above."""
    beyond = 0
    for column, word in enumerate(words, start=1):
        if column in starts:
            high, wide = starts[column]
            beyond = column + wide - 1
            yield Cell(word, high, wide)
        elif column > beyond and column not in covered:
            yield Cell(word)


def _lone(row: Sequence[Cell]) -> str:
    """Return the words of a row that holds but one cell; an empty string for other rows."""
    words = [cell.text for cell in row if cell.text]
    return words[0] if len(words) == 1 else ""


def _sheet(rows: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    """Yield the tables of a sheet, and the lines above and below them."""
    table: list[Sequence[Cell]] = []
    blank = False
    for row in rows:
        lone = _lone(row)
        remark = bool(lone) and (len(lone) > LONG_REMARK or bool(_REMARK.match(lone)))
        if lone and (remark or blank or not table):
            yield from read_rows(table)
            table = []
            yield Block(lone)
        else:
            table.append(row)
        blank = not any(cell.text for cell in row)
    yield from read_rows(table)


def _headed(blocks: list[Block], level: int) -> list[Block]:
    """Return a sheet's blocks with a first line that names it as a heading of that level."""
    if len(blocks) > 1 and blocks[0].header is None and len(blocks[0].text) <= MAX_TITLE:
        return [replace(blocks[0], level=level), *blocks[1:]]
    return blocks


def _remark(title: str, hidden: _Hidden) -> str:
    parts = [name for name in ("rows", "columns") if getattr(hidden, name)]
    return f"hidden {' and '.join(parts)} of sheet {title!r} were left out" if parts else ""


def _blocks(data: bytes) -> tuple[list[Block], str, list[str]]:
    """Return the blocks of a workbook, its title, and remarks on what it hides."""
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        found, remarks = [], []
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                remarks.append(f"hidden sheet {sheet.title!r} was left out")
                continue
            sheet.reset_dimensions()  # what a file says of its size is often wrong
            part = _part(data, sheet)
            hidden = _hidden(part)
            blocks = list(_sheet(_rows(sheet, _merged(part), hidden)))
            found += [(sheet.title, blocks)] if blocks else []
            remarks += [_remark(sheet.title, hidden)] if hidden != _Hidden() else []
    finally:
        workbook.close()
    if len(found) == 1:
        name, blocks = found[0]
        headed = _headed(blocks, TITLE)
        named = "" if _DEFAULT_NAME.match(name) else name
        return headed, headed[0].text if headed[0].level == TITLE else named, remarks
    named_blocks = [[Block(name, 1), *_headed(blocks, 2)] for name, blocks in found]
    return [block for blocks in named_blocks for block in blocks], "", remarks


def parse_excel(data: bytes) -> Parsed:
    """Return the visible sheets of a workbook, values as they are displayed.

    Formulas show the result that was saved with them.

    Raises:
        ParseError: It is damaged, protected, too large, or without text.
    """
    check_package(data, "Excel file", ".xls", ".xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not support
            blocks, title, remarks = _blocks(data)
    except BROKEN as error:
        raise ParseError("it is damaged or no Excel file") from error
    return replace(assemble(blocks, found={"title": title}), remarks=tuple(remarks))
