"""The border to PDFium: opening PDF files and taking from their pages what they show."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hyqa.parsing.corpus.progress import step_done
from hyqa.parsing.pdf.layout.faults import find_fault, spread_faults
from hyqa.parsing.pdf.layout.pages import Page, Rule
from hyqa.parsing.pdf.layout.runs import drawn_once, on_page, turn
from hyqa.parsing.pdf.pdfium_drawing import read_drawing
from hyqa.parsing.pdf.pdfium_text import direction, read_glyphs, read_runs
from hyqa.types.errors import ParseError

MAX_PAGES = 3000
"""Pages of the longest file: no official document has as many."""

_LOCK = threading.RLock()
"""PDFium is not made for threads."""


@contextmanager
def open_pdf(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF, and keep other threads from PDFium until it is closed.

    Raises:
        ParseError: It is damaged, protected by a password, or too long.
    """
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data, password="")
        except pdfium.PdfiumError as error:
            # PDFium's last error may be that of the file before.
            locked = b"/Encrypt" in data and getattr(error, "err_code", None) in (
                raw.FPDF_ERR_PASSWORD,
                raw.FPDF_ERR_SECURITY,
            )
            reason = "it is protected by a password" if locked else "it is damaged or no PDF"
            raise ParseError(reason) from error
        try:
            if len(document) > MAX_PAGES:
                raise ParseError(f"it has more than {MAX_PAGES} pages")
            step_done()  # a file is opened anew for each page whose picture is looked at
            yield document
        finally:
            document.close()


def read_pages(document: pdfium.PdfDocument) -> list[Page]:
    """Return what every page shows.

    Raises:
        ParseError: A page is damaged.
    """
    numbers = range(1, len(document) + 1)
    return spread_faults([_read_page(document, number) for number in numbers])


def _read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Return what a page shows; ``number`` counts from 1."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise ParseError(f"its page {number} is damaged") from error
    try:
        textpage = page.get_textpage()
        try:
            return _page(page, textpage.raw, number)
        finally:
            textpage.close()
    finally:
        page.close()


def _page(page: pdfium.PdfPage, text: object, number: int) -> Page:
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    drawn, unmapped = read_glyphs(text)
    quarter = direction(text, drawn) if len(drawn.codes) else page.get_rotation() // 90
    shown = (width, height) if quarter % 2 == 0 else (height, width)
    corner = np.array((left, bottom, left, bottom))
    glyphs = replace(drawn, boxes=turn(drawn.boxes - corner, quarter, width, height))
    drawing = read_drawing(page.raw)
    rules = turn(np.array(drawing.rules).reshape(-1, 4) - corner, quarter, width, height)
    backs = turn(np.array(drawing.backs).reshape(-1, 4) - corner, quarter, width, height)
    walls = rules[(rules[:, 3] - rules[:, 1]) > (rules[:, 2] - rules[:, 0])]
    seen = glyphs.take(on_page(glyphs.boxes, *shown))
    once = drawn_once(seen)
    kept = seen.take(once)
    runs, unseen = read_runs(text, kept, walls, backs, quarter)
    pictured = min(drawing.pictured / (width * height), 1.0)
    return Page(
        number,
        *shown,
        tuple(runs),
        tuple(Rule(*rule) for rule in rules.tolist()),
        find_fault(kept.text, unmapped, pictured, drawing.shapes),
        seen.take(~once).text,
        unseen,
    )
