"""The body of a Word document, in the order in which it is read: paragraphs, tables, notes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn
from lxml import etree

from hyqa.parsing.blocks import Block
from hyqa.parsing.characters import clean_line
from hyqa.parsing.rows import Cell, read_rows
from hyqa.parsing.word.numbers import Numbering
from hyqa.parsing.word.styles import Styles

LONGEST_HEADING = 120
"""Characters of a paragraph that is no heading, whatever its style: some style whole texts so."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = qn("w:txbxContent")
_SKIPPED = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:rt"))
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WORDS = frozenset((qn("w:t"), qn("m:t")))
_NOTES = frozenset((qn("w:footnoteReference"), qn("w:endnoteReference")))
_WRAPS = frozenset(
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")
)
_OFF = ("0", "false", "off")

Notes = Mapping[tuple[str, str], etree._Element]
"""Foot- and endnotes, by the name of the element that refers to them and their id."""


@dataclass(slots=True)
class _Words:
    """What a paragraph holds: its words, the notes it refers to, the text boxes fixed to it."""

    parts: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def read(self, element: etree._Element) -> None:
        for child in element:
            self._read(child)

    def _read(self, child: etree._Element) -> None:
        if child.tag in _WORDS:
            self.parts.append(child.text or "")
        elif child.tag in _BREAKS:
            self.parts.append(_BREAKS[child.tag])
        elif child.tag == qn("w:sym"):
            self.parts.append(_symbol(child.get(qn("w:char"), "")))
        elif child.tag in _NOTES:
            self.notes.append((child.tag, child.get(qn("w:id"), "")))
        elif child.tag == _BOX:
            self.boxes.append(child)
        elif child.tag == f"{_MC}AlternateContent":  # the same, drawn in a new and an old way
            self.read(child[0] if len(child) else child)
        elif child.tag not in _SKIPPED and not _is_hidden(child):
            self.read(child)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in _OFF


def _is_hidden(run: etree._Element) -> bool:
    return run.tag == qn("w:r") and _is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _unwrapped(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of a name, also those that forms and insertions are wrapped around."""
    for child in element:
        if child.tag == qn(name):
            yield child
        elif child.tag in _WRAPS:
            yield from _unwrapped(child, name)


class BodyReader:
    """Turns elements of a document into blocks, with all changes accepted.

    Args:
        styles: The document's styles.
        numbering: Counts its lists.
        notes: Its foot- and endnotes.
    """

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes) -> None:
        self.blocks: list[Block] = []
        self._styles, self._numbering, self._notes = styles, numbering, notes
        self._held = ""
        self._noted: dict[int, list[str]] = {}
        self._count = 0

    def read(self, element: etree._Element) -> None:
        """Add the blocks of an element's paragraphs and tables."""
        for child in element:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in _WRAPS:
                self.read(child)

    def with_notes(self, blocks: Iterable[Block]) -> list[Block]:
        """Return the blocks that were read, with the notes at the end of each section.

        Args:
            blocks: The same blocks in the same order, headings marked.
        """
        placed: list[Block] = []
        waiting: list[str] = []
        for place, block in enumerate(blocks):
            if block.level is not None:
                placed += map(Block, waiting)
                waiting = []
            placed.append(block)
            waiting += self._noted.get(place, [])
        return [*placed, *map(Block, waiting)]

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(qn("w:pPr"))
        if self._styles.is_contents(properties):
            return
        words = _Words()
        words.read(paragraph)
        number = self._number(properties) if words.text.strip() else ""
        text, self._held = self._held + number + words.text, ""
        if properties is not None and properties.find(f"{qn('w:rPr')}/{qn('w:del')}") is not None:
            self._held = text  # the end of the paragraph was deleted, and the next goes on
            return
        level = self._styles.level(properties)
        if level is not None and len(text) <= LONGEST_HEADING:
            self._add(Block(" ".join(text.split("\n")), level))
        else:
            for line in text.split("\n"):
                self._add(Block(line))
        self._note(words.notes)
        for box in words.boxes:
            self.read(box)

    def _add(self, block: Block) -> None:
        if clean_line(block.text):
            self.blocks.append(block)

    def _note(self, references: Iterable[tuple[str, str]]) -> None:
        for reference in references:
            note = self._notes.get(reference)
            if note is None:
                continue
            self._count += 1
            words = _Words()
            words.read(note)
            place = max(0, len(self.blocks) - 1)
            self._noted.setdefault(place, []).append(f"{self._count} {clean_line(words.text)}")

    def _number(self, properties: etree._Element | None) -> str:
        place = self._styles.place(properties)
        return self._numbering.next(place.number, place.depth) if place else ""

    def _table(self, table: etree._Element) -> None:
        deleted = f"{qn('w:trPr')}/{qn('w:del')}"
        rows = [row for row in _unwrapped(table, "w:tr") if row.find(deleted) is None]
        if all(len(list(_unwrapped(row, "w:tc"))) < 2 for row in rows):  # a frame around text
            for row in rows:
                for cell in _unwrapped(row, "w:tc"):
                    self.read(cell)
        else:
            self.blocks += read_rows(self._cells(rows))

    def _cells(self, rows: list[etree._Element]) -> list[list[Cell]]:
        """Return the cells of each row; those that a merged cell reaches into count to it."""
        cells: list[list[Cell]] = []
        reaching: dict[int, tuple[int, int]] = {}
        for row in rows:
            heading = _is_on(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}"))
            column = 0
            cells.append([])
            for cell in _unwrapped(row, "w:tc"):
                properties = cell.find(qn("w:tcPr"))
                width = _span(properties)
                if _continues(properties) and column in reaching:
                    number, place = reaching[column]
                    above = cells[number][place]
                    cells[number][place] = replace(above, rows=above.rows + 1)
                else:
                    reaching[column] = len(cells) - 1, len(cells[-1])
                    cells[-1].append(Cell(self._words(cell), 1, width, heading))
                column += width
        return cells

    def _words(self, cell: etree._Element) -> str:
        inner = BodyReader(self._styles, self._numbering, self._notes)
        inner._count = self._count
        inner.read(cell)
        inner._number_cell(cell)
        self._count = inner._count
        for notes in inner._noted.values():
            self._noted.setdefault(len(self.blocks), []).extend(notes)
        return " ".join(clean_line(block.text) for block in inner.blocks)

    def _number_cell(self, cell: etree._Element) -> None:
        """Add the number of a cell that holds nothing else, as the first of a row often does."""
        paragraphs = list(_unwrapped(cell, "w:p"))
        if not self.blocks and len(paragraphs) == 1:
            number = self._number(paragraphs[0].find(qn("w:pPr")))
            self.blocks += [Block(number)] if number.strip() else []


def _span(properties: etree._Element | None) -> int:
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return int(value) if value.isdecimal() and len(value) < 5 else 1


def _continues(properties: etree._Element | None) -> bool:
    merge = properties.find(qn("w:vMerge")) if properties is not None else None
    return merge is not None and merge.get(qn("w:val")) != "restart"
