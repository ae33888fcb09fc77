"""What a PDF says of itself beside its pages: its title and its bookmarks.

Text processors write a bookmark for each heading, also where nothing in its look tells one.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium

MAX_BOOKMARKS = 5_000
"""Bookmarks that are read: a book of a thousand pages has some hundred."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a file's own outline; levels and pages count from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What a file says of itself; empty where it says nothing, or nothing that can be read."""

    title: str = ""
    bookmarks: tuple[Bookmark, ...] = ()


def read_structure(document: pdfium.PdfDocument) -> Structure:
    """Return a file's title and bookmarks, those without a title or a page left out."""
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of bookmarks in a circle
    title = _words(lambda: document.get_metadata_value("Title"))
    return Structure(title, tuple(_bookmarks(islice(document.get_toc(), MAX_BOOKMARKS))))


def _words(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except UnicodeDecodeError:  # half a character; what cannot be read counts as missing
        return ""


def _bookmarks(entries: Iterator[pdfium.PdfBookmark]) -> Iterator[Bookmark]:
    for entry in entries:
        title, place = _words(entry.get_title), entry.get_dest()
        number = place.get_index() if place else None
        if title and number is not None:
            yield Bookmark(title, entry.level + 1, number + 1)
