"""From the elements of an HTML page to paragraphs, headings, list items and rows of tables."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from hyqa.parsing.blocks import Block
from hyqa.parsing.characters import clean_line
from hyqa.parsing.headings import guess_headings
from hyqa.parsing.lines import join_lines
from hyqa.parsing.rows import Cell, read_rows
from hyqa.text.lists import NUMBERED

MAX_CELL = 300
"""Characters of a table's cell from which the table lays out a page rather than data."""

_BLOCKS = frozenset(
    "address article blockquote body br caption center dd details div dl dt fieldset figcaption"
    " figure form h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BARE = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_NUMBERED = re.compile(rf"\s*(?:{NUMBERED}|[（(]?[a-zA-Z]{{1,3}}[）)、.．])")
_WHITE = re.compile(r"[ \t\r\n\f]+")


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.strip().isdecimal() and len(value) < 6 else default


class _Reader:
    """Collects the words of an element, and ends a paragraph wherever a block begins or ends."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self._root = root
        self._words: list[str] = []
        self._level: int | None = None
        self._verbatim = 0
        self._marker = ""
        self._items: dict[HtmlElement, int] = {}

    def read(self) -> list[Block]:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, tag in walk:
            if event == "start" and tag.tag == "table" and _is_data(tag):
                self._flush()
                self.blocks += _table(tag)
                walk.skip_subtree()
            elif event == "start":
                self._start(tag)
            else:
                self._end(tag)
        self._flush()
        return self.blocks

    def _start(self, tag: HtmlElement) -> None:
        if tag.tag == "br" and self._level is not None:
            self._words.append("\n")
        elif tag.tag in _BLOCKS:
            self._flush()
        if tag.tag in _HEADINGS:
            self._level = _HEADINGS[tag.tag]
        elif tag.tag == "pre":
            self._verbatim += 1
        elif tag.tag == "li":
            self._marker = self._number(tag)
        self._words.append(tag.text or "")

    def _end(self, tag: HtmlElement) -> None:
        if tag.tag in _BLOCKS and tag.tag != "br":
            self._flush()
        if tag.tag in _HEADINGS:
            self._level = None
        elif tag.tag == "pre":
            self._verbatim -= 1
        elif tag.tag == "li":
            self._marker = ""
        if tag is not self._root:
            self._words.append(tag.tail or "")

    def _number(self, item: HtmlElement) -> str:
        """Return what a browser writes before an item of an ordered list."""
        outer = item.getparent()
        if outer is None or outer.tag != "ol" or _BARE.search(outer.get("style") or ""):
            return ""
        before = self._items.get(outer, _number(outer.get("start"), 1) - 1)
        place = self._items[outer] = _number(item.get("value"), before + 1)
        first = {"a": 96, "A": 64}.get(outer.get("type") or "")
        return f"{chr(first + place) if first and 0 < place < 27 else place}. "

    def _flush(self) -> None:
        words, self._words = "".join(self._words), []
        if not words.strip():
            return
        if self._verbatim:
            self.blocks += map(Block, words.split("\n"))
        elif self._level is not None:
            lines = [_WHITE.sub(" ", line).strip() for line in words.split("\n")]
            self.blocks.append(Block(join_lines(lines)[0], self._level))
        else:
            text = _WHITE.sub(" ", words)
            marker = "" if _NUMBERED.match(text) else self._marker
            self.blocks.append(Block(marker + text.lstrip(" ") if marker else text))
            self._marker = ""


def _words(cell: HtmlElement) -> str:
    if not len(cell):  # most cells hold nothing but words
        return _WHITE.sub(" ", cell.text or "").strip()
    return " ".join(filter(None, (block.text.strip() for block in _Reader(cell).read())))


def _is_data(table: HtmlElement) -> bool:
    """Return whether a table holds data: a page that is laid out is in one cell, or in tables."""
    if table.find(".//table") is not None:
        return False
    sizes = [len(_WHITE.sub("", cell.text_content())) for cell in table.iter("td", "th")]
    return max(sizes, default=0) <= max(MAX_CELL, sum(sizes) / 2)


def _cell(cell: HtmlElement) -> Cell:
    rows, columns = _number(cell.get("rowspan"), 1), _number(cell.get("colspan"), 1)
    return Cell(_words(cell), rows, columns, heading=cell.tag == "th")


def _table(table: HtmlElement) -> Iterator[Block]:
    for caption in table.iterchildren("caption"):
        yield Block(_words(caption))
    yield from read_rows(
        [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    )


def read_content(content: HtmlElement) -> list[Block]:
    """Return the paragraphs, headings, items and rows of an element, in order.

    Where no tag marks a heading below the title, lines that are numbered as those of Chinese
    official documents are headings.
    """
    blocks = [block for block in _Reader(content).read() if block.text.strip()]
    if any((block.level or 0) > 1 for block in blocks):
        return blocks
    clean = [replace(block, text=clean_line(block.text)) for block in blocks]
    guessed = guess_headings(clean, plain=False)
    return [
        old if old.header is not None else new for old, new in zip(blocks, guessed, strict=True)
    ]
