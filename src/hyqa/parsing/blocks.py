"""What every parser turns its format into: blocks, then text with sections and pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hyqa.parsing.characters import clean_line, count_lost
from hyqa.types import PageStart, Recognised, Section, Table
from hyqa.types.errors import ParseError

TITLE = 0
"""Level of a line that names the whole document: in the text, but in no heading path."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading where ``level`` is given; deeper headings have higher levels.

    ``pages`` tells which pages begin inside the block, by offsets into its text. ``header`` is
    given for a row of a table: whether it names the columns rather than tells data. Rows that
    follow each other are one table, until another header begins.
    """

    text: str
    level: int | None = None
    pages: tuple[PageStart, ...] = ()
    header: bool | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's content, before it becomes a document.

    ``found`` are metadata that a machine put into the file: used where nothing better is
    known. ``declared`` are metadata that somebody wrote for us, as in front matter: checked.
    """

    text: str
    sections: tuple[Section, ...]
    page_starts: tuple[PageStart, ...] = ()
    found: Mapping[str, object] = field(default_factory=dict)
    declared: Mapping[str, object] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    lost: int = 0
    """How many characters were left out because only a font knew what they show."""
    recognised: tuple[Recognised, ...] = ()
    remarks: tuple[str, ...] = ()


class _Layout:
    """Collects blocks into one text, and notes where sections and pages begin."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.lost = 0
        self.sections: list[Section] = []
        self.pages: list[PageStart] = []
        self.tables: list[Table] = []
        self._length = 0
        self._path: list[tuple[int, str]] = []
        self._body: tuple[int, int] | None = None
        self._in_rows = False

    def add(self, block: Block) -> None:
        text = clean_line(block.text)
        self.lost += count_lost(block.text)
        if not text:
            return
        start = self._length + (1 if self.lines else 0)
        self.lines.append(text)
        self._length = start + len(text)
        self.pages += [PageStart(start + mark.offset, mark.page) for mark in block.pages]
        self._add_row(block.header, start)
        if block.level is None:
            self._body = (self._body[0] if self._body else start, self._length)
        else:
            self._enter(text, block.level)

    def _add_row(self, header: bool | None, start: int) -> None:
        last = self.tables[-1] if self.tables and self._in_rows else None
        self._in_rows = header is not None
        if header is None:
            return
        if last and header and last.header_end < last.end:
            last = None  # another table right below
        if last is None:
            self.tables.append(Table(start, self._length, start, self._length if header else start))
        else:
            named = self._length if header else last.header_end
            self.tables[-1] = replace(last, end=self._length, header_end=named)

    def _enter(self, heading: str, level: int) -> None:
        self.close()
        self._path = [(depth, name) for depth, name in self._path if depth < level]
        if level > TITLE:
            self._path.append((level, heading))

    def close(self) -> None:
        if self._body:
            names = tuple(name for _, name in self._path)
            self.sections.append(Section(names, *self._body))
        self._body = None


def assemble(
    blocks: Iterable[Block],
    *,
    found: Mapping[str, object] | None = None,
    declared: Mapping[str, object] | None = None,
) -> Parsed:
    """Return the text of the blocks, a line each, and its sections.

    A file of nothing but headings is one section, so that its words can still be found.

    Raises:
        ParseError: There is no text in the blocks.
    """
    layout = _Layout()
    for block in blocks:
        layout.add(block)
    layout.close()
    text = "\n".join(layout.lines)
    if not text:
        raise ParseError("there is no text in it")
    sections = tuple(layout.sections) or (Section((), 0, len(text)),)
    tables = tuple(layout.tables)
    return Parsed(
        text, sections, tuple(layout.pages), found or {}, declared or {}, tables, layout.lost
    )


def mark_title(blocks: list[Block], title: str) -> tuple[list[Block], str]:
    """Make the heading that names the document its title line.

    Returns:
        The blocks, and the title: the given one, else that of the only heading of level 1
        where it comes first, else an empty string.
    """
    tops = [index for index, block in enumerate(blocks) if block.level == 1]
    headings = [index for index, block in enumerate(blocks) if block.level is not None]
    for index in tops[:1]:
        name = clean_line(blocks[index].text)
        alone = len(tops) == 1 and headings[0] == index and not title
        if name and (alone or name == title):
            marked = Block(name, TITLE, blocks[index].pages)
            return [*blocks[:index], marked, *blocks[index + 1 :]], name
    return blocks, title
