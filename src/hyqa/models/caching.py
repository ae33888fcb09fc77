"""Vectors of passages kept on disk, so that an unchanged passage is not encoded again."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

import numpy as np

from hyqa.models.encoder import (
    Encoder,
    PassageText,
    Progress,
    QuestionVectors,
    Vectors,
    encode_asking,
    encode_questions,
    pair_reading,
)
from hyqa.types.errors import EncoderError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (encoder, text)) WITHOUT ROWID;
"""
_ADDED = "ALTER TABLE vectors ADD COLUMN used INTEGER NOT NULL DEFAULT"
_USED = "UPDATE vectors SET used = ? WHERE encoder = ? AND text = ?"
_QUESTIONS, _ASKING, _PAIRS = " of questions", " of asking", " of pairs by "
"""What the name of an encoder has behind it for vectors of questions in both ways, of how they ask, and for
what its pair reader says, before the name of its weights."""
_END = "\x1e"
"""Between the texts of a pair."""
_DECIMALS = 3
"""Of log-odds, which single precision gives back."""
_PART = 500
"""Texts that are looked up, encoded and stored at a time: what an interrupted run may lose, some
20 seconds of the bundled encoder."""
DAYS = 90
"""Days after which a vector that no build asked for goes."""
_DAY = 86_400
"""Seconds."""
_WAIT = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class CachingEncoder:
    """An encoder that remembers passages by its name and a checksum of their text.

    A file that cannot be read or written costs time, never the result.

    Attributes:
        encoder: makes the vectors.
        path: the file that keeps them.
        keeps_questions: whether questions are kept, too, and what its pair reader says of them: those
            that a corpus foresees, never those that somebody asks.
    """

    encoder: Encoder
    path: Path
    keeps_questions: bool = False

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
        if not self.keeps_questions:
            return encode_questions(self.encoder, texts)

        def encode(missing: Sequence[str], _: Progress | None) -> Vectors:
            made = encode_questions(self.encoder, missing)
            return np.concatenate([made.meaning, made.asking], axis=1)

        both = self._encoded(texts, None, f"{self.name}{_QUESTIONS}", 2 * self.dimension, encode)
        meaning, asking = np.split(both, 2, axis=1)
        return QuestionVectors(np.ascontiguousarray(meaning), np.ascontiguousarray(asking))

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.MatchingEncoder`."""
        encode = partial(encode_asking, self.encoder)
        if not self.keeps_questions:
            return encode(texts, progress)
        return self._encoded(texts, progress, f"{self.name}{_ASKING}", self.dimension, encode)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`hyqa.models.encoder.Encoder`."""
        encode = self.encoder.encode_passages
        return self._encoded(texts, progress, self.name, self.dimension, encode)

    @property
    def reads_by(self) -> str:
        """See :class:`hyqa.models.encoder.PairReadingEncoder`."""
        reads = pair_reading(self.encoder)
        return reads.reads_by if reads else ""

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> Sequence[float]:
        """See :class:`hyqa.models.encoder.PairReadingEncoder`; what it says of questions that are kept is, too.

        Raises:
            EncoderError: when the encoder reads no pairs.
        """
        reads = pair_reading(self.encoder)
        if reads is None:
            raise EncoderError(f"{self.name} reads no pairs.")
        if not self.keeps_questions:
            return reads.log_odds(question, passages)
        pairs = {_END.join((question, *one)): one for one in passages}

        def encode(missing: Sequence[str], _: Progress | None) -> Vectors:
            made = reads.log_odds(question, [pairs[text] for text in missing])
            return np.array(made, np.float32).reshape(-1, 1)

        told = [_END.join((question, *one)) for one in passages]
        found = self._encoded(told, None, f"{self.name}{_PAIRS}{reads.reads_by}", 1, encode)
        return [round(float(one), _DECIMALS) for one in found[:, 0]]

    def _encoded(
        self,
        texts: Sequence[str],
        progress: Progress | None,
        name: str,
        dimension: int,
        encode: Callable[[Sequence[str], Progress | None], Vectors],
    ) -> Vectors:
        """Vectors of shape (texts, dimension), of which those are encoded that are not known."""
        vectors = np.empty((len(texts), dimension), np.float32)
        for first in range(0, len(texts), _PART):
            part = texts[first : first + _PART]
            keys = [_checksum(text) for text in part]
            known = self._known(name, keys, dimension)
            missing = [row for row, key in enumerate(keys) if key not in known]
            if progress and len(missing) < len(part):
                progress(len(part) - len(missing))
            if missing:
                made = encode([part[row] for row in missing], progress)
                new = {keys[row]: vector for row, vector in zip(missing, made, strict=True)}
                self._remember(name, new)
                known |= new
            vectors[first : first + len(part)] = np.stack([known[key] for key in keys])
        return vectors

    def _known(self, name: str, keys: Sequence[bytes], dimension: int) -> dict[bytes, Vectors]:
        """The vectors that are kept of some keys, which count as used today."""
        size = dimension * np.dtype(np.float32).itemsize
        marks = ",".join("?" * len(keys))
        query = f"SELECT text, vector, used FROM vectors WHERE encoder = ? AND text IN ({marks})"
        try:
            with self._opened() as connection:
                rows = connection.execute(query, (name, *keys)).fetchall()
                stale = [(_today(), name, key) for key, _, used in rows if used != _today()]
                with suppress(sqlite3.OperationalError), connection:  # another process writes
                    connection.executemany(_USED, stale)
        except (sqlite3.Error, OSError):
            return {}
        return {key: np.frombuffer(one, "<f4") for key, one, _ in rows if len(one) == size}

    def _remember(self, name: str, vectors: dict[bytes, Vectors]) -> None:
        rows = [
            (name, key, vector.astype("<f4").tobytes(), _today()) for key, vector in vectors.items()
        ]
        try:
            with self._opened() as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)
        except sqlite3.DatabaseError as error:
            # Only a file that is no database any more is begun anew; a lock or a full disk is not.
            if not isinstance(error, sqlite3.OperationalError):
                self.path.unlink(missing_ok=True)
        except OSError:
            return

    def prune(self) -> None:
        """Remove vectors that no build asked for in ``DAYS``; once a day, and only then."""
        with suppress(sqlite3.Error, OSError), self._opened() as connection:
            (pruned,) = connection.execute("PRAGMA user_version").fetchone()
            if pruned != _today():
                with connection:
                    connection.execute("DELETE FROM vectors WHERE used < ?", (_today() - DAYS,))
                    connection.execute(f"PRAGMA user_version = {_today()}")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection:
            connection.executescript(_SCHEMA)
            columns = [row[1] for row in connection.execute("PRAGMA table_info(vectors)")]
            if "used" not in columns:  # a file of an older hyqa
                with suppress(sqlite3.OperationalError):  # another process was quicker
                    connection.execute(f"{_ADDED} {_today()}")
            yield connection


def _checksum(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _today() -> int:
    """The day, as the system's clock has it, counted from 1970."""
    return int(time.time() // _DAY)
