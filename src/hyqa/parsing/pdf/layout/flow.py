"""From the lines and tables of pages to one flow of paragraphs, headings and rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hyqa.parsing.blocks import Block
from hyqa.parsing.pdf.layout.grid import NEAR
from hyqa.parsing.pdf.layout.lines import Line
from hyqa.parsing.pdf.layout.paragraphs import Layout, Look, block_of, ends_paragraph, look_of
from hyqa.parsing.pdf.layout.tables import PageTable, Row, continue_table
from hyqa.types import PageStart

Piece = tuple[Block, Look]
"""A paragraph or a row, and how it is set; a row has no look."""


@dataclass(frozen=True, slots=True)
class PageBody:
    """What is read of a page: lines in order, its footnotes, its tables from top to bottom."""

    lines: Sequence[Line]
    notes: Sequence[Line]
    tables: Sequence[PageTable]

    def items(self) -> list[Line | PageTable]:
        """Return lines and tables in reading order: a table after the last line above it."""
        items: list[Line | PageTable] = list(self.lines)
        for table in self.tables:
            above = [index for index, item in enumerate(items) if _is_above(item, table)]
            items.insert(above[-1] + 1 if above else 0, table)
        return items


def _is_above(item: Line | PageTable, table: PageTable) -> bool:
    if isinstance(item, PageTable):
        return item.bottom <= table.top + NEAR
    beside = item.right < table.across[0] or item.left > table.across[-1]
    return not beside and (item.top + item.bottom) / 2 <= table.top + NEAR


class _Flow:
    """Holds what may go on in the next line or on the next page, and gives out what is whole."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lines: list[Line] = []
        self._table: PageTable | None = None
        self._notes: list[Line] = []
        self._page = 0
        self.headers: list[Row] = []

    def line(self, line: Line) -> Iterator[Piece]:
        if self._table or (self._lines and ends_paragraph(self._lines, line, self._layout)):
            yield from self.finish()
        self._lines.append(line)

    def table(self, table: PageTable) -> Iterator[Piece]:
        joined = continue_table(self._table, table) if self._table else None
        if joined is None:
            yield from self.finish()
            self._table = table
        else:
            self._table, headers = joined
            self.headers += headers

    def notes(self, notes: Sequence[Line]) -> None:
        self._notes += notes

    def finish(self) -> Iterator[Piece]:
        """Yield what is held, with the notes before it that stand below its first part."""
        pages = [line.page for line in self._lines]
        pages += [row.page for row in self._table.rows] if self._table else []
        before = [note for note in self._notes if pages and pages[0] == note.page < pages[-1]]
        after = self._notes[len(before) :]
        if before and pages[0] > self._page:  # its page begins with the note then
            before = []
            after = self._notes
        yield from self._paragraphs(before)
        if self._lines:
            yield self._piece(self._lines)
        if self._table:
            yield from self._rows(self._table)
        yield from self._paragraphs(after)
        self._lines, self._table, self._notes = [], None, []

    def _piece(self, lines: Sequence[Line]) -> Piece:
        block = block_of(lines, self._page)
        self._page = max(self._page, lines[-1].page)
        return block, look_of(lines, self._layout)

    def _paragraphs(self, lines: Sequence[Line]) -> Iterator[Piece]:
        held: list[Line] = []
        for line in lines:
            if held and ends_paragraph(held, line, self._layout):
                yield self._piece(held)
                held = []
            held.append(line)
        if held:
            yield self._piece(held)

    def _rows(self, table: PageTable) -> Iterator[Piece]:
        for row in table.rows:
            marks = [PageStart(0, row.page)] if row.page > self._page else []
            self._page = max(self._page, row.page)
            if row.turn is not None:
                self._page = row.page + 1
                marks.append(PageStart(row.turn, self._page))
            yield Block(row.text, None, tuple(marks), row.header), Look()


def flow(pages: Sequence[PageBody], layout: Layout) -> tuple[list[Piece], list[Row]]:
    """Return the paragraphs and rows of all pages, joined where a page turns inside them.

    Footnotes stand before the paragraph that goes on beyond their page, else at its end.

    Returns:
        The pieces in order, and the headers that a table repeats on its next pages.
    """
    held = _Flow(layout)
    pieces: list[Piece] = []
    for page in pages:
        for item in page.items():
            pieces += held.line(item) if isinstance(item, Line) else held.table(item)
        held.notes(page.notes)
    pieces += held.finish()
    return pieces, held.headers
