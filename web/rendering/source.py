"""A document as blocks of its stored text, in which quotes are marked where they stand.

Each character of the text is shown once and in its order, but for the line ends and the cell
borders of tables, which blocks and cells stand for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hyqa import Document, HighlightKind, highlights_of, limits_of
from web.rendering.links import Span
from web.rendering.pieces import Piece, Stretch, cut

QUOTE, LIMIT = "quote", "limit"
MOST_SPANS = 20
"""Places of a document that one link may mark; an answer quotes six at most."""
CELL_BORDER = " | "
"""Between the cells of a row of a table, as documents are read."""
_DEEPEST = 6
"""The deepest of HTML's headings; the title of the page is the first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell of a table, or in one line of the text."""

    pieces: list[Piece]

    @property
    def runs(self) -> list[tuple[bool, list[Piece]]]:
        """Pieces that follow each other and are quoted, or are not, each with which it is."""
        found = groupby(self.pieces, lambda piece: QUOTE in piece.kinds)
        return [(is_quoted, list(run)) for is_quoted, run in found]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a document, or a table.

    ``kind`` is ``heading``, ``line`` or ``table``; ``anchor`` is its ``id`` in the page, '' for
    none; ``level`` is of a heading; ``page`` is the number of the page that begins with the block,
    0 where none does. ``rows`` are those of a table, the first ``header`` of which name columns;
    all else has one row of one cell.
    """

    kind: str
    rows: list[list[Cell]]
    anchor: str = ""
    level: int = 0
    page: int = 0
    header: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """A heading of the document as an entry of its contents."""

    words: str
    anchor: str
    level: int


def read_spans(value: str, length: int) -> tuple[Span, ...]:
    """Read the places of a link, as ``10-20,40-60``; () where one is none of the text.

    Args:
        value: as it came.
        length: of the document's text.
    """
    found: list[Span] = []
    for part in value.split(",")[: MOST_SPANS + 1]:
        start, dash, end = part.partition("-")
        if not (dash and _is_offset(start) and _is_offset(end)):
            return ()
        if not int(start) < int(end) <= length:
            return ()
        found.append((int(start), int(end)))
    return tuple(found) if len(found) <= MOST_SPANS else ()


def marks_of(document: Document, spans: Sequence[Span]) -> list[Stretch]:
    """What to mark: the quotes, the sentences that limit them, and conditions inside of them."""
    marks = [Stretch(QUOTE, start, end) for start, end in spans]
    marks += [Stretch(LIMIT, start, end) for start, end in limits_of(document, spans)]
    for start, end in spans:
        marks += [
            Stretch(LIMIT, one.start, one.end)
            for one in highlights_of(document.text[start:end], start)
            if one.kind is HighlightKind.CONDITION
        ]
    return marks


def blocks_of(document: Document, marks: Sequence[Stretch]) -> list[Block]:
    """The whole text as blocks, in order."""
    return list(_Writer(document, marks).blocks())


def contents_of(document: Document) -> list[Contents]:
    """The headings of a document that have titles."""
    return [
        Contents(one.words, _anchor(one.start), one.level) for one in document.outline if one.title
    ]


class _Writer:
    """Goes through a document once, line by line."""

    def __init__(self, document: Document, marks: Sequence[Stretch]) -> None:
        self._text = document.text
        self._marks = marks
        self._headings = {one.start: one for one in document.outline}
        self._tables = {one.start: one for one in document.tables}
        self._pages = [(one.offset, one.page) for one in document.page_starts]

    def blocks(self) -> Iterator[Block]:
        """All blocks."""
        start = 0
        while start < len(self._text):
            end, header = self._table_at(start)
            if end > start:
                yield self._table(start, end, header)
                start = end
                continue
            end = self._line_end(start)
            if self._text[start:end].strip():
                yield self._line(start, end)
            start = end + 1 if self._text[end : end + 1] == "\n" else end

    def _table_at(self, start: int) -> tuple[int, int]:
        """Where a table ends that begins at a place, and how many rows head it; no end, no table.

        Formats without tables of their own have lines of cells: two or more with as many cells
        each are shown as a table, too, without a head.
        """
        if table := self._tables.get(start):
            heads = self._text[table.header_start : table.header_end]
            return table.end, len(list(_lines(heads, 0, len(heads))))
        end, row = start, self._text[start : self._line_end(start)]
        cells, rows = row.count(CELL_BORDER), 0
        while cells and row.count(CELL_BORDER) == cells:
            rows += 1
            at = end + len(row)
            end = at + 1 if self._text[at : at + 1] == "\n" else at
            row = self._text[end : self._line_end(end)] if end > at else ""
        return (end, 0) if rows > 1 else (start, 0)

    def _table(self, start: int, end: int, header: int) -> Block:
        rows = [self._row(low, high) for low, high in _lines(self._text, start, end)]
        return Block("table", rows, page=self._page(start, end), header=header)

    def _line_end(self, start: int) -> int:
        """Where a line ends: at a line's end of the text, or where a table begins."""
        found = self._text.find("\n", start)
        end = len(self._text) if found < 0 else found
        return min([end, *(at for at in self._tables if start < at < end)])

    def _line(self, start: int, end: int) -> Block:
        first = start + len(self._text[start:end]) - len(self._text[start:end].lstrip())
        heading = self._headings.get(first)
        whole = heading is not None and not self._text[heading.end : end].strip(" \t。：:")
        return Block(
            "heading" if whole else "line",
            [[Cell(self._cut(start, end))]],
            anchor=_anchor(first) if heading else "",
            level=min(1 + heading.level, _DEEPEST) if heading else 0,
            page=self._page(start, end),
        )

    def _row(self, start: int, end: int) -> list[Cell]:
        cells = []
        for part in self._text[start:end].split(CELL_BORDER):
            cells.append(Cell(self._cut(start, start + len(part))))
            start += len(part) + len(CELL_BORDER)
        return cells

    def _cut(self, start: int, end: int) -> list[Piece]:
        return cut(self._text[start:end], start, self._marks)

    def _page(self, start: int, end: int) -> int:
        """The page that begins in a stretch, 0 where none does; of several, the last."""
        inside = [page for offset, page in self._pages if start <= offset <= max(start, end - 1)]
        return inside[-1] if inside else 0


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _anchor(start: int) -> str:
    return f"h{start}"


def _is_offset(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10
