"""Documents and chunks of a snapshot, in an SQLite file that is written once and then only read."""

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hyqa.index.snapshots.files import open_read_only
from hyqa.index.validity import last_day
from hyqa.types import (
    Chunk,
    Document,
    Evidence,
    Form,
    Heading,
    Language,
    Metadata,
    PageStart,
    Recognised,
    Section,
    Table,
)
from hyqa.types.errors import DAMAGED_INDEX, DocumentError, SnapshotError

_FILE = "documents.sqlite"
_CACHED_CHARACTERS = 8_000_000
"""Characters of documents that are kept in memory, some 20 MB: a question looks at thirty documents,
and the next one at many of them again."""
_DOCUMENT_CHARACTERS = 1000
"""Characters that a document counts for beside its text: its fields take about as much memory."""
_CACHED_CHUNKS = 8192
"""Chunks that are kept in memory, some 10 MB: popular ones answer often."""
_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, meta TEXT NOT NULL,
    text TEXT NOT NULL, sections TEXT NOT NULL, pages TEXT NOT NULL, tables TEXT NOT NULL,
    evidence TEXT NOT NULL, remarks TEXT NOT NULL, outline TEXT NOT NULL, recognised TEXT NOT NULL,
    language TEXT NOT NULL, issued TEXT NOT NULL, expires TEXT NOT NULL);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL, headings TEXT NOT NULL,
    first_page INTEGER, last_page INTEGER, start INTEGER NOT NULL, end INTEGER NOT NULL,
    lead_start INTEGER, lead_end INTEGER);
CREATE INDEX chunks_by_document ON chunks (document, start);
"""
_FIELDS = tuple(one.name for one in fields(Metadata))
_json = json.JSONEncoder(ensure_ascii=False).encode


def write_store(folder: Path, documents: Iterable[Document], chunks: Iterable[Chunk]) -> None:
    """Write documents, and chunks in row order, into a folder that has none yet."""
    connection = sqlite3.connect(folder / _FILE)
    with connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(_document_row, documents),
        )
        connection.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_chunk_row(row, chunk) for row, chunk in enumerate(chunks)),
        )
    connection.close()


@dataclass(frozen=True, slots=True)
class Validity:
    """What ranking needs to know of each row's document; dates are as in :class:`Metadata`.

    ``expires`` is the end of its force, see :func:`hyqa.index.validity.last_day`: a document that
    another ended counts as expired. ``openings`` are the rows of the documents' first chunks.
    """

    chinese: NDArray[np.bool_]
    issued: NDArray[np.str_]
    expires: NDArray[np.str_]
    openings: NDArray[np.int64]


class Store:
    """Reads what :func:`write_store` wrote; safe to share between threads.

    ``file`` is where it stands.

    Raises:
        SnapshotError: when the file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / _FILE
        try:
            self._connection = open_read_only(self.file)
            self._lock = threading.Lock()
            self._chunks: dict[int, Chunk] = {}
            self._documents: OrderedDict[str, Document] = OrderedDict()
            self._cached_characters = 0
            self._cache_lock = threading.Lock()
            self.chunk_count = int(self._read("SELECT count(*) FROM chunks")[0][0])
            self.document_count = int(self._read("SELECT count(*) FROM documents")[0][0])
        except sqlite3.Error as error:
            raise SnapshotError(DAMAGED_INDEX) from error

    def document_ids(self) -> list[str]:
        """List the ids of all documents, in the order they were read."""
        return [str(row[0]) for row in self._read("SELECT id FROM documents ORDER BY number")]

    def document(self, document_id: str) -> Document:
        """Read one document; those asked for last are kept in memory.

        Raises:
            DocumentError: when it is not in the index.
        """
        with self._cache_lock:
            if known := self._documents.get(document_id):
                self._documents.move_to_end(document_id)
                return known
        read = self._read_document(document_id)
        with self._cache_lock:
            if document_id not in self._documents:  # another thread may have read it meanwhile
                self._documents[document_id] = read
                self._cached_characters += _cached_size(read)
            while self._cached_characters > _CACHED_CHARACTERS:
                _, oldest = self._documents.popitem(last=False)
                self._cached_characters -= _cached_size(oldest)
        return read

    def _read_document(self, document_id: str) -> Document:
        rows = self._read(
            "SELECT id, sha256, meta, text, sections, pages, tables, evidence, remarks, outline,"
            " recognised"
            " FROM documents WHERE id = ?",
            document_id,
        )
        if not rows:
            raise DocumentError(
                f"No document {document_id!r} is in the index: `hyqa info --documents` lists them."
            )
        return _document(rows[0])

    def metadata(self, document_id: str) -> Metadata:
        """Read what one document says of itself."""
        return _metadata(self._read("SELECT meta FROM documents WHERE id = ?", document_id)[0][0])

    def metadata_of_all(self) -> list[tuple[str, Metadata]]:
        """List the id and the metadata of every document, in the order they were read."""
        rows = self._read("SELECT id, meta FROM documents ORDER BY number")
        return [(str(row[0]), _metadata(str(row[1]))) for row in rows]

    def hashes(self) -> dict[str, str]:
        """Read the hash of what every document was read from, by its id."""
        return {str(row[0]): str(row[1]) for row in self._read("SELECT id, sha256 FROM documents")}

    def chunks(self, rows: Sequence[int]) -> list[Chunk]:
        """Read the chunks of the given rows, in their order."""
        known = {row: chunk for row in rows if (chunk := self._chunks.get(row))}
        if missing := [row for row in rows if row not in known]:
            read = self._read_chunks(missing)
            known |= read
            if len(self._chunks) + len(read) > _CACHED_CHUNKS:
                self._chunks = {}
            self._chunks |= read
        return [known[row] for row in rows]

    def _read_chunks(self, rows: Sequence[int]) -> dict[int, Chunk]:
        """Chunks by row, from the file."""
        marks = ",".join("?" * len(rows))
        found = self._read(
            "SELECT row, chunks.id, document, headings, first_page, last_page, start, end,"
            " lead_start, lead_end,"
            # Offsets count characters, and so does substr.
            " substr(text, start + 1, end - start) FROM chunks"
            f" JOIN documents ON documents.id = document WHERE row IN ({marks})",
            *rows,
        )
        return {record[0]: _chunk(record) for record in found}

    def validity(self) -> Validity:
        """Read language, dates and first row of every chunk's document, by row."""
        columns = self._read(
            "SELECT language, issued, expires, min(row) OVER (PARTITION BY document)"
            " FROM chunks JOIN documents ON documents.id = document ORDER BY row"
        )
        language, issued, expires, openings = zip(*columns, strict=True)
        return Validity(
            chinese=np.array(language) == Language.CHINESE.value,
            issued=np.array(issued),
            expires=np.array(expires),
            openings=np.array(openings, dtype=np.int64),
        )

    def rows_of_document(self, document_id: str) -> list[int]:
        """List the rows of a document's chunks, in the order of its text."""
        found = self._read("SELECT row FROM chunks WHERE document = ? ORDER BY start", document_id)
        return [int(record[0]) for record in found]

    def chunk_ids(self) -> list[tuple[str, str]]:
        """List the id of every chunk and that of its document, by row."""
        return self._read("SELECT id, document FROM chunks ORDER BY row")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _read(self, query: str, *values: str | int) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _document_row(document: Document) -> tuple[str, ...]:
    return (
        document.id,
        document.sha256,
        _json({name: getattr(document.meta, name) for name in _FIELDS}),
        document.text,
        json.dumps([[list(s.heading_path), s.start, s.end] for s in document.sections]),
        json.dumps([[start.offset, start.page] for start in document.page_starts]),
        json.dumps([[t.start, t.end, t.header_start, t.header_end] for t in document.tables]),
        json.dumps([[e.field, e.value, e.start, e.end] for e in document.evidence]),
        json.dumps(document.remarks),
        json.dumps([[h.level, h.number, h.title, h.start, h.end] for h in document.outline]),
        json.dumps([[one.page, one.confidence] for one in document.recognised]),
        document.meta.language,
        document.meta.issued,
        last_day(document.meta),
    )


def _document(row: tuple) -> Document:  # type: ignore[type-arg]
    return Document(
        id=row[0],
        sha256=row[1],
        meta=_metadata(row[2]),
        text=row[3],
        sections=tuple(Section(tuple(path), start, end) for path, start, end in json.loads(row[4])),
        page_starts=tuple(PageStart(offset, page) for offset, page in json.loads(row[5])),
        tables=tuple(Table(*borders) for borders in json.loads(row[6])),
        evidence=tuple(Evidence(*values) for values in json.loads(row[7])),
        remarks=tuple(json.loads(row[8])),
        outline=tuple(Heading(*fields) for fields in json.loads(row[9])),
        recognised=tuple(Recognised(*values) for values in json.loads(row[10])),
    )


def _cached_size(document: Document) -> int:
    return len(document.text) + _DOCUMENT_CHARACTERS


def _metadata(stored: str) -> Metadata:
    fields = json.loads(stored)
    fields["form"] = Form(fields["form"])
    fields["language"] = Language(fields["language"])
    for name in ("repeals", "original_of"):
        fields[name] = tuple(fields.get(name, ()))
    return Metadata(**fields)


def _chunk_row(row: int, chunk: Chunk) -> tuple[int | str | None, ...]:
    first, last = chunk.pages or (None, None)
    headings = _json(chunk.heading_path)
    lead = chunk.lead or (None, None)
    place = (first, last, chunk.start, chunk.end, *lead)
    return row, chunk.id, chunk.document_id, headings, *place


def _chunk(record: tuple) -> Chunk:  # type: ignore[type-arg]
    _, identity, document, headings, first, last, start, end, *lead, text = record
    return Chunk(
        id=identity,
        document_id=document,
        heading_path=tuple(json.loads(headings)),
        pages=None if first is None else (first, last),
        start=start,
        end=end,
        text=text,
        lead=None if lead[0] is None else (lead[0], lead[1]),
    )
