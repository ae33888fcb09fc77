"""Vectors of passages kept on disk, so that an unchanged passage is not encoded again."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from hyqa.models.encoder import (
    Encoder,
    Progress,
    QuestionVectors,
    Vectors,
    encode_questions,
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (encoder, text)) WITHOUT ROWID;
"""
_PART = 2000
"""Texts that are looked up, encoded and stored at a time: what an interrupted run may lose."""
_WAIT = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class CachingEncoder:
    """An encoder that remembers passages by its name and a checksum of their text.

    A file that cannot be read or written costs time, never the result.
    """

    encoder: Encoder
    path: Path

    @property
    def name(self) -> str:
        """That of the encoder: the vectors are its own."""
        return self.encoder.name

    @property
    def dimension(self) -> int:
        """That of the encoder."""
        return self.encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions each time: they are short, seldom the same, and nobody's to keep."""
        return self.encoder.encode_queries(texts)

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`."""
        return encode_questions(self.encoder, texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for first in range(0, len(texts), _PART):
            part = texts[first : first + _PART]
            vectors[first : first + len(part)] = self._encode_part(part, progress)
        return vectors

    def _encode_part(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        keys = [
            blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            for text in texts
        ]
        known = self._known(keys)
        missing = [row for row, key in enumerate(keys) if key not in known]
        if progress and len(missing) < len(texts):
            progress(len(texts) - len(missing))
        if missing:
            made = self.encoder.encode_passages([texts[row] for row in missing], progress)
            new = {keys[row]: vector for row, vector in zip(missing, made, strict=True)}
            self._remember(new)
            known |= new
        return np.stack([known[key] for key in keys])

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        size = self.dimension * np.dtype(np.float32).itemsize
        query = "SELECT vector FROM vectors WHERE encoder = ? AND text = ?"
        known: dict[bytes, Vectors] = {}
        try:
            with self._opened() as connection:
                for key in keys:
                    row = connection.execute(query, (self.name, key)).fetchone()
                    if row and len(row[0]) == size:
                        known[key] = np.frombuffer(row[0], "<f4")
        except (sqlite3.Error, OSError):
            return {}
        return known

    def _remember(self, vectors: dict[bytes, Vectors]) -> None:
        rows = [(self.name, key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
        try:
            with self._opened() as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        except sqlite3.DatabaseError as error:
            # Only a file that is no database any more is begun anew; a lock or a full disk is not.
            if not isinstance(error, sqlite3.OperationalError):
                self.path.unlink(missing_ok=True)
        except OSError:
            return

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection:
            connection.executescript(_SCHEMA)
            yield connection
