"""Word documents."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from hyqa.errors import ParseError
from hyqa.parsing.blocks import TITLE, Block, Parsed, assemble, mark_title
from hyqa.parsing.characters import clean_line
from hyqa.parsing.headings import guess_headings, looks_like_title

MAX_UNPACKED = 500_000_000
"""Bytes that the parts of a document may take unpacked: pictures are most of a real one."""
MAX_XML = 100_000_000
"""Bytes of its largest XML part: a book of a thousand pages takes some 20 MB."""

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_SKIPPED = frozenset(
    qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr", "w:pict")
)
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_BROKEN = (
    OpcError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    AttributeError,
    IndexError,
    TypeError,
    zlib.error,
)


def check_size(data: bytes) -> None:
    """Checks what a document says it takes unpacked, before anything is unpacked.

    Raises:
        ParseError: It is no Word document, is protected, or takes too much.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ParseError("it is protected by a password or is an old .doc; save it as .docx")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ParseError("it is damaged or no Word document") from error
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if sum(part.file_size for part in parts) > MAX_UNPACKED or xml > MAX_XML:
        raise ParseError("it takes too much room unpacked")


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _words(child)


def _text(paragraph: Paragraph) -> str:
    """Returns a paragraph's words with insertions and links, without deletions."""
    return "".join(_words(paragraph._p))


def _level(paragraph: Paragraph) -> int | None:
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    if name in ("Title", "标题"):
        return TITLE
    match = _HEADING.match(name)
    return int(match[1]) if match else None


def _paragraph(paragraph: Paragraph) -> Iterator[Block]:
    level = _level(paragraph)
    if level is not None:
        yield Block(_text(paragraph), level)
        return
    for line in _text(paragraph).split("\n"):
        yield Block(line)


def _cell(cell: etree._Element, document: WordDocument) -> str:
    lines = (_text(Paragraph(item, document)) for item in cell.iter(qn("w:p")))
    return " ".join(filter(None, map(clean_line, lines)))


def _continues(cell: etree._Element) -> bool:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _table(table: Table, document: WordDocument) -> Iterator[Block]:
    """Yields a paragraph for each row; a merged cell counts where it begins."""
    for row in table._tbl.iterchildren(qn("w:tr")):
        cells = [cell for cell in row.iterchildren(qn("w:tc")) if not _continues(cell)]
        yield Block(" | ".join(filter(None, (_cell(cell, document) for cell in cells))))


def _body(element: etree._Element, document: WordDocument) -> Iterator[Block]:
    for child in element:
        if child.tag == qn("w:p"):
            yield from _paragraph(Paragraph(child, document._body))
        elif child.tag == qn("w:tbl"):
            yield from _table(Table(child, document._body), document)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _body(child, document)


def _blocks(document: WordDocument) -> tuple[list[Block], str]:
    blocks = [block for block in _body(document.element.body, document) if block.text.strip()]
    title = next((clean_line(block.text) for block in blocks if block.level == TITLE), "")
    if any(block.level for block in blocks):
        return mark_title(blocks, title)
    if not title and len(blocks) > 1 and looks_like_title(clean_line(blocks[0].text)):
        title = clean_line(blocks[0].text)
        blocks[0] = Block(title, TITLE)
    return guess_headings(blocks, plain=False), title


def parse_word(data: bytes) -> Parsed:
    """Returns the body of a Word document in order, its tables a paragraph a row.

    Without heading styles, lines numbered as Chinese official documents do are headings.

    Raises:
        ParseError: It is damaged, too large unpacked, or without text.
    """
    check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks, title = _blocks(document)
        core = document.core_properties
        found = {"title": title or core.title, "issued": core.created}
    except _BROKEN as error:
        raise ParseError("it is damaged or no Word document") from error
    return assemble(blocks, found=found)
