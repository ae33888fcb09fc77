"""Write the keys of foreseen questions into a snapshot."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from hyqa.index.dense import DenseIndex
from hyqa.index.foreseen.keys import FILE, FOLDER
from hyqa.index.foreseen.linking import Link
from hyqa.index.foreseen.topics import row_of
from hyqa.index.snapshots.files import open_read_only
from hyqa.index.sparse import SparseIndex
from hyqa.models import Encoder, Report, counting, encode_asking
from hyqa.text.packing import packed
from hyqa.text.scripts import simplify
from hyqa.text.tokens import tokenize
from hyqa.types import ForeseenQuestion, Topic

_SCHEMA = """
CREATE TABLE questions (number INTEGER PRIMARY KEY, text TEXT NOT NULL, lacks TEXT NOT NULL);
CREATE TABLE links (
    question INTEGER NOT NULL, row INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TABLE topics (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, texts TEXT NOT NULL,
    nearest TEXT NOT NULL);
CREATE TABLE wordings (question INTEGER NOT NULL, topic INTEGER NOT NULL);
"""

_PART = 2000
"""Questions that are encoded at a time: enough that batches are of like length, and few enough that what is
made of them takes little memory beside what is kept."""


def write_foreseen(
    folder: Path,
    questions: Sequence[ForeseenQuestion],
    links: Sequence[Link],
    topics: Sequence[Topic],
    encoder: Encoder,
    before: Path | None = None,
    report: Report | None = None,
) -> None:
    """Write the keys of foreseen questions into a snapshot's folder; nothing where there are none.

    Args:
        folder: of the snapshot.
        questions: by their numbers.
        links: to the snapshot's rows.
        topics: that no passage answers; the encoder reads their wordings.
        encoder: the one that encodes what is asked.
        before: folder of a snapshot by the same encoder and tokenizer: where its keys have the same
            words in the same order, their vectors and keywords are copied.
        report: called with the number of keys encoded and their total, where they are not copied.
    """
    worded = [(text, number) for number, topic in enumerate(topics) for text in topic.wordings]
    if not questions and not worded:
        return
    place = folder / FOLDER
    place.mkdir()
    asked = [(one.text, one.lacks) for one in questions] + [(text, "") for text, _ in worded]
    if not _copied(before, [text for text, _ in asked], place):
        texts = [simplify(text) for text, _ in asked]
        progress = counting(report, len(texts))
        parts = (encode_asking(encoder, part, progress) for part in _parts(texts))
        DenseIndex.joined(parts, len(texts), encoder.dimension).save(place)
        SparseIndex.joined([packed(map(tokenize, part)) for part in _parts(texts)]).save(place)
    with closing(sqlite3.connect(place / FILE)) as connection, connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO questions VALUES (?, ?, ?)",
            ((number, *one) for number, one in enumerate(asked)),
        )
        connection.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?)",
            ((one.question, one.row, one.start, one.end) for one in links),
        )
        connection.executemany(
            "INSERT INTO topics VALUES (?, ?, ?, ?, ?)",
            ((number, *row_of(one)) for number, one in enumerate(topics)),
        )
        connection.executemany(
            "INSERT INTO wordings VALUES (?, ?)",
            ((len(questions) + at, number) for at, (_, number) in enumerate(worded)),
        )


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[first : first + _PART] for first in range(0, len(texts), _PART))


def _copied(before: Path | None, texts: Sequence[str], place: Path) -> bool:
    """Copy vectors and keywords of another snapshot's keys where these have the same words."""
    if not before or _texts(before / FOLDER / FILE) != texts:
        return False
    try:
        for made in sorted((before / FOLDER).iterdir()):
            if made.is_dir():
                shutil.copytree(made, place / made.name)
            elif made.name != FILE:
                shutil.copyfile(made, place / made.name)
    except FileNotFoundError:  # it has gone meanwhile
        shutil.rmtree(place)
        place.mkdir()
        return False
    return True


def _texts(path: Path) -> list[str] | None:
    with suppress(sqlite3.Error), closing(open_read_only(path)) as connection:
        found = connection.execute("SELECT text FROM questions ORDER BY number").fetchall()
        return [text for (text,) in found]
    return None
