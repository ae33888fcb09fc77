"""What has to hold of whatever is read from an input, however broken it is."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hyqa.index.chunking import chunk_document
from hyqa.parsing.characters import as_shown
from hyqa.parsing.corpus.reading import make_document, reason_of
from hyqa.parsing.corpus.sources import read_sources
from hyqa.parsing.corpus.wire import Reply, pack_reply, unpack_reply
from hyqa.parsing.formats import FORMATS
from hyqa.parsing.plain.decoding import decode
from hyqa.parsing.plain.jsonl import read_line
from hyqa.parsing.sniffing import actual_suffix
from hyqa.types import Document
from hyqa.types.errors import ConfigError, ParseError


class Finding(Exception):
    """An input broke a rule; the message says which."""


def examine(suffix: str, data: bytes) -> bool:
    """Reads an input as a file of that suffix, and checks what comes of it.

    Returns:
        Whether there was a document in it.

    Raises:
        Finding: A rule is broken. Any other exception is a finding as well.
    """
    if suffix == ".toml":
        return _examine_sources(data)
    try:
        document = _document(suffix, data)
    except ParseError as error:
        reason = reason_of(error)
        if not reason or not reason.isprintable() or len(reason) > 300:
            raise Finding(f"the reason is no clear line: {reason[:100]!r}") from error
        return False
    for broken in _broken_rules(document):
        raise Finding(broken)
    if suffix in (".txt", ".jsonl"):
        _check_nothing_lost(suffix, data, document)
    return True


def _examine_sources(data: bytes) -> bool:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        (Path(folder) / "sources.toml").write_bytes(data)
        try:
            listed = read_sources(Path(folder))
        except ConfigError:
            return False
    for fields in listed.values():
        try:
            make_document("x", FORMATS[".txt"].parse("正文。".encode()), fields, "x", "0")  # type: ignore[misc]
        except ParseError:
            continue
    return True


def _document(suffix: str, data: bytes) -> Document:
    if suffix == ".jsonl":
        record = read_line(data)
        return make_document(record.id, record.parsed, {}, record.id, record.sha256)
    entry = FORMATS.get(actual_suffix(f"x{suffix}", data))
    if entry is None or entry.parse is None:
        raise ParseError("it is of no format that is read here")
    return make_document("x", entry.parse(data), {}, "x", "0")


def _broken_rules(document: Document) -> Iterator[str]:
    yield from _bad_characters(document)
    yield from _bad_sections(document)
    yield from _bad_pages(document)
    yield from _bad_tables(document)
    yield from _bad_evidence(document)
    yield from _bad_chunks(document)
    if unpack_reply(pack_reply(Reply(document))).document != document:
        yield "it does not come whole through the wire"


def _bad_characters(document: Document) -> Iterator[str]:
    if not document.text.strip() or not document.meta.title:
        yield "there is no text, or no title"
    kinds = ((character, unicodedata.category(character)) for character in document.text)
    for character, kind in kinds:
        if kind in ("Cc", "Cs", "Co") and character != "\n":
            yield f"its text holds {character!r}"


def _bad_sections(document: Document) -> Iterator[str]:
    end = 0
    for section in document.sections:
        if not end <= section.start < section.end <= len(document.text):
            yield f"section {section.start}-{section.end} is empty, outside, or overlaps"
        if any(name not in document.text for name in section.heading_path):
            yield f"a heading is not in the text: {section.heading_path}"
        end = section.end
    if not document.sections:
        yield "there are no sections"


def _bad_pages(document: Document) -> Iterator[str]:
    offsets = [start.offset for start in document.page_starts]
    pages = [start.page for start in document.page_starts]
    if offsets != sorted(offsets) or any(not 0 <= at < len(document.text) for at in offsets):
        yield f"pages begin at {offsets[:20]}"
    if pages != sorted(set(pages)) or any(page < 1 for page in pages):
        yield f"pages are numbered {pages[:20]}"


def _bad_tables(document: Document) -> Iterator[str]:
    end = 0
    for table in document.tables:
        if not end <= table.start < table.end <= len(document.text):
            yield f"table {table.start}-{table.end} is empty, outside, or overlaps"
        if not 0 <= table.header_start <= table.header_end <= len(document.text):
            yield f"header {table.header_start}-{table.header_end} of a table is outside"
        end = table.end


def _bad_evidence(document: Document) -> Iterator[str]:
    for one in document.evidence:
        if not 0 <= one.start < one.end <= len(document.text) or not one.value:
            yield f"evidence {one.start}-{one.end} of {one.field} is empty or outside"


def _bad_chunks(document: Document) -> Iterator[str]:
    spans = [(section.start, section.end) for section in document.sections]
    for chunk in chunk_document(document):
        if chunk.text != document.text[chunk.start : chunk.end] or not chunk.text.strip():
            yield f"chunk {chunk.start}-{chunk.end} is not what stands there"
        if not any(start <= chunk.start and chunk.end <= end for start, end in spans):
            yield f"chunk {chunk.start}-{chunk.end} is in no section"
        if document.page_starts and not chunk.pages:
            yield "a chunk has no pages"


def _letters(text: str) -> list[str]:
    kept = (unicodedata.category(character)[0] in "LN" for character in text)
    return [character for character, keep in zip(text, kept, strict=True) if keep]


def _check_nothing_lost(suffix: str, data: bytes, document: Document) -> None:
    """Raises a finding where letters or digits of a plain text are lost or change their order."""
    raw = str(json.loads(data.decode("utf-8-sig"))["text"]) if suffix == ".jsonl" else ""
    try:
        raw = raw or decode(data)
    except ParseError:  # it is of another format, as its content shows
        return
    if actual_suffix(f"x{suffix}", data) == suffix and _letters(as_shown(raw)) != _letters(
        document.text
    ):
        raise Finding("letters are lost, added or moved")
