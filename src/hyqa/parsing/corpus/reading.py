"""Reading one file as a document, in whatever process that happens."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from hyqa.parsing.blocks import Parsed
from hyqa.parsing.corpus.opening import open_regular
from hyqa.parsing.formats import FORMATS
from hyqa.parsing.metadata.metadata import build_metadata
from hyqa.parsing.outline.outline import find_outline
from hyqa.parsing.plain.jsonl import read_line
from hyqa.parsing.sniffing import actual_suffix
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import ParseError

MAX_BYTES = 50_000_000
"""Size of the largest file: official PDFs of some hundred pages take 20 MB when scanned."""
MAX_TEXT = 10_000_000
"""Characters of the longest document: a book of 3000 pages has three million."""

MAX_REASON = 250
"""Characters of the longest reason: some quote what they found, and a file may hold anything."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, or the ``line`` of a file of JSON lines.

    ``name`` is the document's id, or the place to blame; ``path`` is absolute, as the system
    encodes it; ``listed`` is what ``sources.toml`` says of the file.
    """

    name: str
    path: bytes = b""
    listed: Mapping[str, object] = field(default_factory=dict)
    line: bytes = b""


def read_bytes(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        OSError: It cannot be read.
        ParseError: It is too large, empty, or no file but a pipe or a device.
    """
    with open_regular(path) as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ParseError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not data.strip(b" \t\r\n\0"):
        raise ParseError("it is empty")
    return data


def _parser(suffix: str) -> Callable[[bytes], Parsed]:
    entry = FORMATS.get(suffix)
    if entry is None or entry.parse is None:
        raise ParseError(f"its content is that of a {suffix}, which is not readable here")
    return entry.parse


def _remarks(name: str, suffix: str, parsed: Parsed) -> Iterator[str]:
    """Yield what a maintainer should know of how a file was read."""
    if suffix != PurePosixPath(name).suffix.lower():
        yield f"its content is that of a {suffix}, and was read as such"
    if parsed.lost:
        yield f"{parsed.lost} characters that only its fonts know were left out"


def make_document(
    name: str,
    parsed: Parsed,
    listed: Mapping[str, object],
    title: str,
    sha256: str,
    *,
    plain: bool = False,
) -> Document:
    """Return the document that a file's content and metadata make.

    ``plain`` says that the format tells no headings at all.

    Raises:
        ParseError: A field of the metadata is wrong, or there is too much text.
    """
    if len(parsed.text) > MAX_TEXT:
        raise ParseError(f"it holds more than {MAX_TEXT // 1_000_000} million characters; split it")
    account = build_metadata(parsed, listed, title)
    return Document(
        name,
        account.meta,
        parsed.text,
        parsed.sections,
        parsed.page_starts,
        sha256,
        tables=parsed.tables,
        evidence=account.evidence,
        remarks=(*parsed.remarks, *account.remarks),
        outline=find_outline(parsed.text, parsed.sections, parsed.tables, plain=plain),
        recognised=parsed.recognised,
    )


def _read(job: Job) -> Document:
    if job.line:
        record = read_line(job.line)
        name, parsed = record.id, record.parsed
        return make_document(name, parsed, job.listed, name, record.sha256, plain=True)
    data = read_bytes(Path(os.fsdecode(job.path)))
    suffix = actual_suffix(job.name, data)
    parsed = _parser(suffix)(data)
    stem, sha256 = PurePosixPath(job.name).stem, hashlib.sha256(data).hexdigest()
    document = make_document(job.name, parsed, job.listed, stem, sha256)
    remarks = (*document.remarks, *_remarks(job.name, suffix, parsed))
    return replace(document, remarks=remarks)


def reason_of(error: Exception) -> str:
    """Return why a file cannot be read, in one line of words for a maintainer."""
    if isinstance(error, ParseError):
        words = "".join(c if c.isprintable() else " " for c in str(error))
        return words if len(words) <= MAX_REASON else f"{words[: MAX_REASON - 1]}…"
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror or 'I/O error'}"
    return f"it is damaged ({type(error).__name__})"


def read_document(job: Job) -> Document | ParseFailure:
    """Return a job's document, or why there is none; only a lack of memory is not caught.

    Raises:
        MemoryError: Reading it takes more memory than there is.
    """
    try:
        return _read(job)
    except MemoryError:
        raise
    except Exception as error:
        # The one catch-all: a file of unknown origin may break a library in any way, and one
        # file must not keep the others from being read. Each parser names what it knows.
        return ParseFailure(job.name, reason_of(error))
