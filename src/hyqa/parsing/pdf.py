"""PDF files."""

import io
import logging
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from hyqa.errors import ParseError
from hyqa.parsing.blocks import Block, Parsed, assemble
from hyqa.parsing.characters import clean_line
from hyqa.parsing.headings import guess_headings
from hyqa.parsing.page_lines import NAMELESS_GLYPHS, drop_contents, drop_furniture, split_page
from hyqa.parsing.page_paragraphs import build_paragraphs
from hyqa.parsing.page_runs import Run, collector, whole_lines
from hyqa.parsing.page_title import lift_title, plain_title

MAX_PAGES = 3000
"""Pages of the longest file: a page takes some 50 ms, and no official document has as many."""
SCANNED = 20
"""Letters and digits a page on average below which there is no text layer worth the name."""

MAX_NAMELESS = 0.1
"""Share of characters that fonts do not name from which the rest is of no use."""

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    UnicodeError,
    ValueError,
    zlib.error,
)
"""What pypdf raises, beside its own errors, on files that break its assumptions."""


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what pypdf thinks of a file from the user's terminal."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ParseError("it is protected by a password")
    if len(reader.pages) > MAX_PAGES:
        raise ParseError(f"it has more than {MAX_PAGES} pages")
    return reader


def _extract(data: bytes) -> tuple[list[str], str]:
    """Returns the raw text of each page, and the title in its properties.

    Raises:
        ParseError: The file is damaged, protected, or too long.
    """
    try:
        with _quiet():
            reader = _open(data)
            pages = [_page_text(page) for page in reader.pages]
            info = reader.metadata
            title = str(info.title or "") if info else ""
    except (FileNotDecryptedError, DependencyError) as error:
        raise ParseError(
            "it is protected by a password, or in a way that cannot be read"
        ) from error
    except (PyPdfError, *_BROKEN) as error:
        raise ParseError("it is damaged or no PDF") from error
    return pages, title


def _page_text(page: PageObject) -> str:
    runs: list[Run] = []
    raw = page.extract_text(visitor_text=collector(runs))
    return whole_lines(raw, runs)


def _check_text_layer(pages: Sequence[str]) -> None:
    if not pages:
        raise ParseError("it has no pages")
    letters = sum(character.isalnum() for page in pages for character in page)
    if letters < SCANNED * len(pages):
        raise ParseError("it has no text layer and looks like a scan; run text recognition first")
    nameless = sum(len(name) for page in pages for name in NAMELESS_GLYPHS.findall(page))
    if nameless > MAX_NAMELESS * letters:
        raise ParseError("its fonts do not tell which characters they show; save it as another PDF")


def read_blocks(pages: Sequence[str], known_title: str = "") -> tuple[list[Block], str]:
    """Returns the paragraphs and headings of all pages' raw texts, and the title among them."""
    split = [split_page(raw, number) for number, raw in enumerate(pages, start=1)]
    lines = [line for page in drop_furniture(split) for line in drop_contents(page)]
    blocks, title = lift_title(list(build_paragraphs(lines)), known_title)
    return guess_headings(blocks, decimal=True, plain=False), title


def parse_pdf(data: bytes) -> Parsed:
    """Returns the reading text of a PDF, its paragraphs joined over lines and pages.

    Raises:
        ParseError: It is damaged, protected, too long, or has no text layer.
    """
    pages, title = _extract(data)
    _check_text_layer(pages)
    written = plain_title(clean_line(title))
    blocks, first_line = read_blocks(pages, written)
    found = {"title": first_line or written}
    return assemble(blocks, found=found)
