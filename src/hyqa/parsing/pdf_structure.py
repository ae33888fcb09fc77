"""What a PDF says of itself beside its pages: its title and its bookmarks, read by pypdf.

PDFium tells what a page shows. pypdf reads the objects of the file, and so how its author divided
it: text processors write a bookmark for each heading, also where nothing in its look tells one.
"""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import Destination

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


def read_structure(data: bytes) -> Structure:
    """Returns a file's title and bookmarks.

    A file whose pages can be read is not refused for them: what is damaged counts as missing.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of each oddity of each object
    try:
        reader = PdfReader(io.BytesIO(data))
        title = reader.metadata.title if reader.metadata else ""
        return Structure(str(title or ""), tuple(islice(_bookmarks(reader), MAX_BOOKMARKS)))
    except Exception:  # on a damaged file it raises whatever its objects lead to
        return Structure()


def _bookmarks(reader: "PdfReader") -> Iterator[Bookmark]:
    below: list[tuple[int, Iterator[object]]] = [(1, iter(reader.outline))]
    while below:
        level, entries = below[-1]
        entry = next(entries, None)
        if entry is None:
            below.pop()
        elif isinstance(entry, list):  # those below the entry before
            below.append((level + 1, iter(entry)))
        else:
            yield from _bookmark(reader, cast("Destination", entry), level)


def _bookmark(reader: "PdfReader", entry: "Destination", level: int) -> Iterator[Bookmark]:
    number = reader.get_destination_page_number(entry)
    if entry.title and number is not None:
        yield Bookmark(str(entry.title), level, number + 1)
