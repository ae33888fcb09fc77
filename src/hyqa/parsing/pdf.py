"""PDF files."""

from collections.abc import Sequence

from hyqa.errors import ParseError
from hyqa.parsing.blocks import Block, Parsed, assemble
from hyqa.parsing.characters import clean_line
from hyqa.parsing.headings import guess_headings
from hyqa.parsing.page_lines import drop_contents, drop_furniture, split_page
from hyqa.parsing.page_paragraphs import build_paragraphs
from hyqa.parsing.page_rows import row_text, rows
from hyqa.parsing.page_title import lift_title, plain_title
from hyqa.parsing.pages import Page, Recognise, Run
from hyqa.parsing.pdfium import open_pdf, read_page, read_title

MAX_FAULTY = 0.5
"""Share of pages without a text layer from which a file is refused; the rest says too little."""


def read_pages(data: bytes) -> list[Page]:
    """Returns what the text layer of every page holds; ``needs_ocr`` marks what it does not tell.

    Raises:
        ParseError: It is damaged, protected, or too long.
    """
    with open_pdf(data) as document:
        return [read_page(document, number) for number in range(1, len(document) + 1)]


def _runs(page: Page, data: bytes, recognise: Recognise | None) -> Sequence[Run]:
    if not page.needs_ocr:
        return page.runs
    return (recognise(data, page.number) if recognise else None) or ()


def _check(pages: Sequence[Page], read: Sequence[Sequence[Run]]) -> None:
    if not pages:
        raise ParseError("it has no pages")
    faults = [page.fault for page, runs in zip(pages, read, strict=True) if page.fault and not runs]
    if len(faults) > MAX_FAULTY * len(pages):
        raise ParseError(f"{max(faults, key=faults.count)}; run text recognition first")
    if not any(read):
        raise ParseError("there is no text in it")


def _raw(runs: Sequence[Run]) -> str:
    """Returns the lines of a page, those indented that are."""
    lines = rows(runs)
    margin = min((line[0].left for line in lines), default=0.0)
    indented = [line[0].left > margin + line[0].size for line in lines]
    return "\n".join(
        "  " * indent + row_text(line) for line, indent in zip(lines, indented, strict=True)
    )


def read_blocks(pages: Sequence[str], known_title: str = "") -> tuple[list[Block], str]:
    """Returns the paragraphs and headings of all pages' raw texts, and the title among them."""
    split = [split_page(raw, number) for number, raw in enumerate(pages, start=1)]
    lines = [line for page in drop_furniture(split) for line in drop_contents(page)]
    blocks, title = lift_title(list(build_paragraphs(lines)), known_title)
    return guess_headings(blocks, decimal=True, plain=False), title


def parse_pdf(data: bytes, recognise: Recognise | None = None) -> Parsed:
    """Returns the reading text of a PDF, its paragraphs joined over lines and pages.

    Args:
        data: The file.
        recognise: Reads the pages whose text layer is missing or broken; without it they are
            left out, and a file that is mostly of such pages is refused.

    Raises:
        ParseError: It is damaged, protected, too long, or too little of it can be read.
    """
    with open_pdf(data) as document:
        title = read_title(document)
        pages = [read_page(document, number) for number in range(1, len(document) + 1)]
    read = [_runs(page, data, recognise) for page in pages]
    _check(pages, read)
    written = plain_title(clean_line(title))
    blocks, first_line = read_blocks([_raw(runs) for runs in read], written)
    return assemble(blocks, found={"title": first_line or written})
