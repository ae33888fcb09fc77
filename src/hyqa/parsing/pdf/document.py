"""PDF files."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hyqa.parsing.blocks import TITLE, Block, Parsed, assemble
from hyqa.parsing.characters import clean_line
from hyqa.parsing.headings import guess_headings
from hyqa.parsing.pdf import pdfium
from hyqa.parsing.pdf.layout.bookmarks import mark_bookmarked
from hyqa.parsing.pdf.layout.flow import PageBody, flow
from hyqa.parsing.pdf.layout.furniture import Sifted, sift
from hyqa.parsing.pdf.layout.grid import find_grids, find_spans
from hyqa.parsing.pdf.layout.headings import body_size, mark_headings
from hyqa.parsing.pdf.layout.lines import read_lines
from hyqa.parsing.pdf.layout.margins import find_margins, leading
from hyqa.parsing.pdf.layout.notes import split_notes
from hyqa.parsing.pdf.layout.open_tables import find_open_grids
from hyqa.parsing.pdf.layout.pages import Page, Recognise, Run
from hyqa.parsing.pdf.layout.paragraphs import Layout, Look
from hyqa.parsing.pdf.layout.recognition import read_runs, recognised_pages, remarks_on
from hyqa.parsing.pdf.layout.tables import PageTable, Row, read_table
from hyqa.parsing.pdf.layout.title import lift_title, plain_title
from hyqa.parsing.pdf.pdfium import open_pdf
from hyqa.parsing.pdf.structure import Structure, read_structure


def read_pages(data: bytes) -> list[Page]:
    """Return what the text layer of every page holds; ``needs_ocr`` marks what it does not tell.

    Raises:
        ParseError: It is damaged, protected, or too long.
    """
    with open_pdf(data) as document:
        return pdfium.read_pages(document)


def _read(data: bytes) -> tuple[list[Page], Structure]:
    with open_pdf(data) as document:
        return pdfium.read_pages(document), read_structure(document)


def _tables(page: Page, runs: Sequence[Run]) -> Iterator[tuple[PageTable, list[Run]]]:
    """Yield the tables of a page, each with the runs that stand in it."""
    spans = find_spans(page.rules)
    closed = find_grids(spans)
    for grid in [*closed, *find_open_grids(spans.level, runs, closed)]:
        inside = [run for run in runs if grid.cell((run.left + run.right) / 2, run.middle)]
        table = read_table(grid, inside, page.number) if inside else None
        if table:
            yield table, inside


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a file's pages, sorted by what they are, and the tables of each page."""

    lines: Sifted
    tables: list[list[PageTable]]


def read_parts(pages: Sequence[Page], read: Sequence[Sequence[Run]]) -> Parts:
    """Return lines and tables of pages, given what was read of each."""
    tables, lines = [], []
    for page, runs in zip(pages, read, strict=True):
        found = list(_tables(page, runs))
        taken = {id(run) for _, inside in found for run in inside}
        rest = [run for run in runs if id(run) not in taken] if taken else runs
        tables.append([table for table, _ in found])
        lines.append(list(read_lines(rest, page.number, page.height)))
    return Parts(sift(lines, [page.height for page in pages]), tables)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def read_blocks(
    pages: Sequence[Page], parts: Parts, title: str = ""
) -> tuple[list[Block], str, list[Row]]:
    """Return the paragraphs, headings and rows of pages.

    Returns:
        The blocks, the title among them, and the headers left out that tables repeat.
    """
    kept = [line for lines in parts.lines.kept for line in lines]
    size = body_size([(line.size, len(line.text)) for line in kept])
    margins = find_margins(kept, {page.number: page.width for page in pages})
    layout = Layout(margins, leading(kept))
    bodies = [
        PageBody(*split_notes(lines, size, page.height), tables)
        for page, lines, tables in zip(pages, parts.lines.kept, parts.tables, strict=True)
    ]
    pieces, headers = flow(bodies, layout)
    looks = {id(block): look for block, look in pieces}
    sizes = [look.size for _, look in pieces]
    blocks, found = lift_title([block for block, _ in pieces], title, sizes)
    blocks = mark_headings([(block, looks.get(id(block), Look())) for block in blocks])
    said = _letters(found)
    named = [
        replace(block, level=TITLE) if block.level and _letters(block.text) == said else block
        for block in blocks
    ]
    return guess_headings(named, decimal=True, plain=False), found, headers


def parse_pdf(data: bytes, recognise: Recognise | None = None) -> Parsed:
    """Return the reading text of a PDF, its paragraphs joined over lines and pages.

    Args:
        data: The file.
        recognise: Reads the pages whose text layer is missing or broken; without it they are
            left out, and a file that is mostly of such pages is refused.

    Raises:
        ParseError: It is damaged, protected, too long, or too little of it can be read.
    """
    pages, structure = _read(data)
    written = plain_title(clean_line(structure.title))
    read = read_runs(pages, data, recognise)
    blocks, first_line, _ = read_blocks(pages, read_parts(pages, read), written)
    blocks = mark_bookmarked(blocks, structure.bookmarks)
    parsed = assemble(blocks, found={"title": first_line or written})
    remarks = remarks_on(pages, read, can_read=recognise is not None)
    return replace(parsed, recognised=recognised_pages(pages, read), remarks=remarks)
