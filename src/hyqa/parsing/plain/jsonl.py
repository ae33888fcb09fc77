"""JSON lines: a document a line, as other systems export them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import BinaryIO

from hyqa.parsing.blocks import Parsed
from hyqa.parsing.characters import clean_line, clean_text
from hyqa.text.dates import exact_date, find_date
from hyqa.types import Metadata, Section
from hyqa.types.errors import ParseError

MAX_LINE = 50_000_000
"""Bytes of the longest line, as for a whole file of another format."""

_KNOWN = frozenset(field.name for field in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Record:
    """What a line holds: the document's id, its content, and the hash of its bytes."""

    id: str
    parsed: Parsed
    sha256: str


def split_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers from 1.

    A file is read line by line, so that its size does not matter; of a line that is too long
    comes only so much that it shows.
    """
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if line.strip():
            yield number, line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE + 1)


def _load(line: bytes) -> Mapping[str, object]:
    if len(line) > MAX_LINE:
        raise ParseError(f"the line is longer than {MAX_LINE} bytes")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ParseError("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ParseError("the line is not valid JSON") from error
    if not isinstance(value, dict):
        raise ParseError("the line is not a JSON object")
    return value


def _id(record: Mapping[str, object]) -> str:
    value = record.get("id")
    name = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not name or name != clean_line(name):
        raise ParseError("`id` is missing, or is not a plain string or number")
    return name


def _declared(record: Mapping[str, object]) -> dict[str, object]:
    return {
        key: value
        for key, value in record.items()
        if key in _KNOWN and isinstance(value, (str, bool) if key == "reprint" else str)
    }


def _found(record: Mapping[str, object]) -> dict[str, str]:
    """Return the date that a crawler took, as far as it is one; they take a lot for dates."""
    date = str(record.get("date") or "")
    try:
        return {"issued": find_date(date) or exact_date(date)}
    except ValueError:
        return {}


def parse_record(record: Mapping[str, object]) -> Parsed:
    """Return a record's text, kept as it is but for line breaks and invisible characters.

    Raises:
        ParseError: There is no text.
    """
    raw = record.get("text")
    text = clean_text(raw) if isinstance(raw, str) else ""
    body = text.strip()
    if not body:
        raise ParseError("`text` is missing, empty, or not a string")
    start = text.index(body)
    section = Section((), start, start + len(body))
    return Parsed(text, (section,), found=_found(record), declared=_declared(record))


def read_line(line: bytes) -> Record:
    """Return what a line holds.

    Raises:
        ParseError: It is no JSON object with an id and a text.
    """
    fields = _load(line)
    sha256 = hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()
    return Record(_id(fields), parse_record(fields), sha256)
