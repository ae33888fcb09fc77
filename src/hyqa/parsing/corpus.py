"""Reading a folder of files as documents."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from hyqa.errors import ParseError
from hyqa.parsing.blocks import Parsed
from hyqa.parsing.files import list_files
from hyqa.parsing.formats import find_format
from hyqa.parsing.jsonl import Record, read_records
from hyqa.parsing.metadata import build_metadata
from hyqa.parsing.sources import SOURCES, read_sources
from hyqa.types import Document, ParseFailure

MAX_BYTES = 50_000_000
"""Size of the largest file: official PDFs of some hundred pages take 20 MB when scanned."""

FEW, MAX_HELD = 3, 10_000
"""Bad lines of a JSON-lines file without a document that are told one by one, and those that are
counted at most before the first document."""

_DUPLICATE = "another document has the same id; rename one of them"


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ParseError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not data.strip():
        raise ParseError("it is empty")
    return data


def _document(
    name: str, parsed: Parsed, listed: Mapping[str, object], title: str, sha256: str
) -> Document:
    meta = build_metadata(parsed, listed, title)
    return Document(
        name, meta, parsed.text, parsed.sections, parsed.page_starts, sha256, tables=parsed.tables
    )


def _one(
    name: str, file: Path, parse: Callable[[bytes], Parsed], listed: Mapping[str, object]
) -> Document:
    data = _read(file)
    stem = PurePosixPath(name).stem
    return _document(name, parse(data), listed, stem, hashlib.sha256(data).hexdigest())


def _summed_up(
    name: str, records: Iterator[Record | ParseFailure]
) -> Iterator[Record | ParseFailure]:
    """Yields records and failures with their places; of a file without any record, one failure.

    Folders hold JSON lines of other things too, and a complaint a line would hide all others.
    """
    held: list[ParseFailure] = []
    whole = False
    for record in records:
        if isinstance(record, Record):
            whole = True
        else:
            record = ParseFailure(f"{name}:{record.source}", record.reason)
            if not whole and len(held) < MAX_HELD:
                held.append(record)
                continue
        yield from held
        held = []
        yield record
    if len(held) > FEW:
        reason = f"none of its {len(held)} lines is a document: each needs an `id` and a `text`"
        held = [ParseFailure(name, reason)]
    yield from held


def _many(
    name: str, file: Path, listed: Mapping[str, object]
) -> Iterator[tuple[str, Document | ParseFailure]]:
    for record in _summed_up(name, read_records(file)):
        if isinstance(record, ParseFailure):
            yield record.source, record
            continue
        source = f"{name}:{record.line}"
        try:
            yield source, _document(record.id, record.parsed, listed, record.id, record.sha256)
        except ParseError as error:
            yield source, ParseFailure(source, str(error))


def _read_file(
    name: str, file: Path, listed: Mapping[str, object]
) -> Iterator[tuple[str, Document | ParseFailure]]:
    """Yields what a file holds, each with the place to blame; nothing in it ends the run."""
    entry = find_format(name)
    try:
        if entry is None or entry.parse is None:
            yield from _many(name, file, listed)
        else:
            yield name, _one(name, file, entry.parse, listed)
    except ParseError as error:
        yield name, ParseFailure(name, str(error))
    except OSError as error:
        yield name, ParseFailure(name, f"it cannot be read: {error.strerror or 'I/O error'}")
    except Exception as error:
        # The one catch-all: a file of unknown origin may break a library in any way, and one
        # file must not keep the others from being read. Each parser names what it knows.
        yield name, ParseFailure(name, f"it is damaged ({type(error).__name__})")


def _unlisted(listed: Mapping[str, object], names: set[str]) -> Iterator[ParseFailure]:
    for name in sorted(set(listed) - names):
        yield ParseFailure(SOURCES, f"it lists {name}, which is not in the folder")


def read_corpus(path: Path) -> Iterator[Document | ParseFailure]:
    """Yields the documents of a folder in the order of their paths, or of a single file.

    What cannot be read is yielded as a failure in its place. In a folder, hidden files,
    ``README.md`` and ``sources.toml`` are no documents; the latter gives other files'
    metadata. A document's id is its path in the folder, or the id in a line of JSON.

    Raises:
        ConfigError: There is nothing at the path, or ``sources.toml`` cannot be read.
    """
    entries = list_files(path)
    listed = read_sources(path) if path.is_dir() else {}
    names = {entry.source if isinstance(entry, ParseFailure) else entry[0] for entry in entries}
    yield from _unlisted(listed, names)
    seen: set[str] = set()
    for entry in entries:
        if isinstance(entry, ParseFailure):
            yield entry
            continue
        for source, result in _read_file(*entry, listed.get(entry[0], {})):
            if isinstance(result, Document) and result.id in seen:
                result = ParseFailure(source, _DUPLICATE)
            if isinstance(result, Document):
                seen.add(result.id)
            yield result
