"""Headings that a PDF names in its bookmarks."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hyqa.parsing.blocks import TITLE, Block
from hyqa.parsing.pdf.structure import Bookmark
from hyqa.text.figures import NUMERAL, ORDINAL

LEAST_FOUND = 0.5
"""Share of the bookmarks whose words stand on their pages, below which they name something else:
scanners write a bookmark for each page, and compilers one for each file."""
_NUMBER = re.compile(rf"^(?:{ORDINAL}[章节条编]|[\d.]+|{NUMERAL}、)")


def mark_bookmarked(blocks: Sequence[Block], bookmarks: Sequence[Bookmark]) -> list[Block]:
    """Return the blocks, with a level for those that a bookmark names and nothing else told.

    The level is that of the headings that were told and have bookmarks of the same level; where
    there are none, the bookmark's own.
    """
    named = dict(_named(blocks, bookmarks)) if bookmarks else {}
    if not named or len(named) < LEAST_FOUND * len(bookmarks):
        return list(blocks)
    votes: dict[int, Counter[int]] = {}
    for place, bookmark in named.items():
        if told := blocks[place].level:
            votes.setdefault(bookmark.level, Counter())[told] += 1
    marked = list(blocks)
    for place, bookmark in named.items():
        if blocks[place].level is None:
            alike = votes.get(bookmark.level)
            level = alike.most_common(1)[0][0] if alike else bookmark.level
            marked[place] = replace(blocks[place], level=level)
    return marked


def _named(
    blocks: Sequence[Block], bookmarks: Sequence[Bookmark]
) -> Iterator[tuple[int, Bookmark]]:
    """Yield the places of blocks whose words a bookmark of their page says, and that bookmark."""
    wanted: dict[tuple[str, int], Bookmark] = {}
    for bookmark in bookmarks:
        for words in {_solid(bookmark.title), _unnumbered(bookmark.title)} - {""}:
            wanted.setdefault((words, bookmark.page), bookmark)
    page = 1
    for place, block in enumerate(blocks):
        # A page that begins with the block is the block's, one inside it only its end's.
        page = next((mark.page for mark in block.pages if mark.offset == 0), page)
        if block.header is None and block.level != TITLE:
            for words in (_solid(block.text), _unnumbered(block.text)):
                if (words, page) in wanted:
                    yield place, wanted.pop((words, page))
                    break
        page = block.pages[-1].page if block.pages else page


def _solid(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _unnumbered(text: str) -> str:
    """The words without their number, which bookmarks of automatic numbers lack."""
    return _NUMBER.sub("", _solid(text))
