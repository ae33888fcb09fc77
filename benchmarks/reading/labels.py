"""What people saw on pages: where paragraphs begin and end, as hashes, never as words."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hyqa.types import PageStart

LETTERS = 6
"""Letters and digits at either end of a paragraph that are hashed."""
FILE = Path(__file__).with_name("pdf_labels.json")


@dataclass(frozen=True, slots=True)
class PageLabel:
    """A page that was looked at: hashes of how its paragraphs, headings and rows begin and end.

    A paragraph counts where it begins; ``top`` is of the first words on the page, which may
    go on with a paragraph of the page before it.
    """

    file: str
    page: int
    top: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]


def read_labels() -> list[PageLabel]:
    """Returns the labels of all pages."""
    return [
        PageLabel(row["file"], row["page"], row["top"], tuple(row["starts"]), tuple(row["ends"]))
        for row in json.loads(FILE.read_text("utf-8"))
    ]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _hash(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()[:8]


def head(text: str) -> str:
    """Returns the hash of how a text begins."""
    return _hash(_letters(text)[:LETTERS])


def tail(text: str) -> str:
    """Returns the hash of how a text ends."""
    return _hash(_letters(text)[-LETTERS:])


def label(file: str, page: int, text: str, page_starts: tuple[PageStart, ...]) -> PageLabel:
    """Returns what a document's text says of a page, in the form of a label."""
    offsets = {start.page: start.offset for start in page_starts}
    later = [start.offset for start in page_starts if start.page > page]
    begin, end = offsets.get(page, len(text)), min(later, default=len(text))
    whole, starts, ends = 0, [], []
    for line in text.split("\n"):
        if begin <= whole < end and _letters(line):
            starts.append(head(line))
            ends.append(tail(line))
        whole += len(line) + 1
    return PageLabel(
        file, page, head(text[begin:end].replace("\n", "")), tuple(starts), tuple(ends)
    )


def found(labelled: PageLabel, read: PageLabel) -> tuple[int, int, int]:
    """Returns how many paragraphs were labelled, how many were read, and how many are the same."""
    pairs = [Counter(zip(each.starts, each.ends, strict=True)) for each in (labelled, read)]
    return len(labelled.starts), len(read.starts), (pairs[0] & pairs[1]).total()
