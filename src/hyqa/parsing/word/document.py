"""Word documents."""

import io

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from hyqa.parsing.blocks import TITLE, Block, Parsed, assemble, mark_title
from hyqa.parsing.characters import clean_line
from hyqa.parsing.headings import guess_headings, looks_like_title
from hyqa.parsing.packages import BROKEN, check_package
from hyqa.parsing.word.body import BodyReader, Notes
from hyqa.parsing.word.numbers import Numbering
from hyqa.parsing.word.styles import Styles
from hyqa.types.errors import ParseError

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def _related(document: WordDocument, kind: str) -> etree._Element | None:
    """Return the root of a part of the document, or None where it has none of that kind."""
    try:
        part = document.part.part_related_by(kind)
    except KeyError:
        return None
    return etree.fromstring(part.blob, _PARSER)


def _notes(document: WordDocument) -> Notes:
    notes = {}
    for name, kind in (
        ("w:footnote", RELATIONSHIP_TYPE.FOOTNOTES),
        ("w:endnote", RELATIONSHIP_TYPE.ENDNOTES),
    ):
        root = _related(document, kind)
        for note in () if root is None else root.iterchildren(qn(name)):
            notes[qn(f"{name}Reference"), note.get(qn("w:id"), "")] = note
    return notes


def _blocks(document: WordDocument) -> tuple[list[Block], str]:
    numbering = Numbering(_related(document, RELATIONSHIP_TYPE.NUMBERING))
    styles = _related(document, RELATIONSHIP_TYPE.STYLES)
    reader = BodyReader(Styles(styles), numbering, _notes(document))
    reader.read(document.element.body)
    blocks, title = _headed(reader.blocks)
    return reader.with_notes(blocks), title


def _headed(blocks: list[Block]) -> tuple[list[Block], str]:
    """Return the blocks with their headings marked, by styles, else by their numbers."""
    title = next((clean_line(block.text) for block in blocks if block.level == TITLE), "")
    if any(block.level for block in blocks):
        return mark_title(blocks, title)
    first = clean_line(blocks[0].text) if blocks else ""
    if not title and len(blocks) > 1 and blocks[0].header is None and looks_like_title(first):
        title = first
        blocks = [Block(title, TITLE), *blocks[1:]]
    guessed = guess_headings(blocks, plain=False)
    rows = [
        old if old.header is not None else new for old, new in zip(blocks, guessed, strict=True)
    ]
    return rows, title


def parse_word(data: bytes) -> Parsed:
    """Return the body of a Word document in order, its tables a paragraph a row.

    Without heading styles, lines numbered as Chinese official documents do are headings.

    Raises:
        ParseError: It is damaged, too large unpacked, or without text.
    """
    check_package(data, "Word document", ".doc", ".docx")
    try:
        document = docx.Document(io.BytesIO(data))
        blocks, title = _blocks(document)
        # The day on which a file was made is no day of issue: of many it is their template's.
        found = {"title": title or document.core_properties.title}
    except (OpcError, *BROKEN) as error:
        raise ParseError("it is damaged or no Word document") from error
    return assemble(blocks, found=found)
