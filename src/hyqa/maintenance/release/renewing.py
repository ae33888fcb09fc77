"""Asking a new snapshot: of the golden questions those whose answers may have changed, and some others.

What an answer came of is kept in the user's cache folder, by all that answers: this library's code, the
calibration, the reader. Golden questions are the corpus's own; of past ones nothing is kept, and each is
asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import msgspec
import numpy as np

from hyqa.config import Settings
from hyqa.engine import Engine
from hyqa.index.calibration import FILE as CALIBRATION
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.known import Known
from hyqa.maintenance.release.replaying import Reply, Report, replay
from hyqa.maintenance.release.sides import Side
from hyqa.maintenance.release.standing import (
    Seen,
    is_little,
    same_until,
    seen_of,
    standing,
)
from hyqa.maintenance.release.wording import words_between
from hyqa.models import Encoder
from hyqa.parsing.corpus.remembering import Memory, checksum_of_code, decoded, key_of
from hyqa.reading import ForeseenReader, LexicalReader
from hyqa.types import Trace

CONTROLS = 6
"""Answers that stand and are asked for all the same at each build, those first that stood longest."""
_KIND = "answers"
_CODE = ("answer", "config.py", "engine.py", "maintenance", "models", "question", "reading")
"""Parts of this library that answers come of, beside those that make records."""
_LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "pypinyin", "rapidfuzz")


class _Asked(msgspec.Struct, frozen=True):
    """What a snapshot answered to golden questions, by their keys, and as of which day."""

    day: date
    seen: dict[str, Seen]


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a new snapshot replied, how many questions it was asked, and the keys of answers that stand."""

    replies: Mapping[str, Reply]
    asked: int
    stood: frozenset[str]


def ask_anew(
    root: Path,
    old: Side | None,
    new: Engine,
    name: str,
    asked: Sequence[Asked],
    day: date,
    known: Known,
    *,
    report: Report | None = None,
    keeping: Encoder | None = None,
    memory: Memory | None = None,
) -> Renewed:
    """Ask a new snapshot all questions whose answers do not stand.

    Args:
        root: folder of the index.
        old: the snapshot in force; None where there is none.
        new: the engine of the new one.
        name: of the new one.
        asked: the questions.
        day: as of which they are asked.
        known: what the new one has in common with the old one.
        report: told of the questions done.
        keeping: see :func:`hyqa.maintenance.release.replaying.replay`.
        memory: keeps what answers came of; without it, all are asked.
    """
    program = _program(root, new) if memory and keeping else b""
    stand: dict[str, Seen] = {}
    if old and memory and keeping and program:
        stand = _standing(old, new, asked, day, known, keeping, _kept(memory, program, old.name))
    controls = sorted(stand, key=lambda key: (-stand[key].changed, _shuffled(name, key)))[:CONTROLS]
    notes: dict[str, Seen] = {}

    def note(one: Asked, reply: Reply, trace: Trace) -> None:
        if one.golden:
            notes[one.key] = seen_of(reply, trace)

    first = [one for one in asked if one.key not in stand or one.key in controls]
    replies = dict(replay(new, first, day, report, keeping, note))
    if any(replies[key] != stand[key].reply for key in controls):
        stand = {}
    rest = [one for one in asked if one.key not in replies and one.key not in stand]
    replies |= replay(new, rest, day, report, keeping, note)
    untouched = {key: seen for key, seen in stand.items() if key not in replies}
    if program and memory:
        record = msgspec.msgpack.encode(_Asked(day, {**untouched, **notes}))
        memory.keep(_KIND, _key(program, name), record)
    replies |= {key: seen.reply for key, seen in untouched.items()}
    return Renewed(
        {one.key: replies[one.key] for one in asked}, len(first) + len(rest), frozenset(untouched)
    )


def _standing(
    old: Side,
    new: Engine,
    asked: Sequence[Asked],
    day: date,
    known: Known,
    keeping: Encoder,
    before: _Asked | None,
) -> dict[str, Seen]:
    """The answers that stand, with all that has changed since each was asked for."""
    if before is None or not same_until(new.index, before.day, day):
        return {}
    documents = [document for _, document in new.index.store.chunk_ids()]
    other = np.setdiff1d(np.arange(len(documents)), known.rows)
    touched = {documents[row] for row in other.tolist()}
    rows = np.flatnonzero([one in touched for one in documents])
    if not is_little(old.index, new.index, rows, len(known.rows)):
        return {}
    gone = touched | (set(old.index.store.document_ids()) - known.documents)
    keeps = Engine(new.index, keeping, new.reader)
    words = words_between(old.index, new.index)
    changed = max(len(rows), old.index.store.chunk_count - len(known.rows))
    seen = {
        key: msgspec.structs.replace(one, changed=one.changed + changed)
        for key, one in before.seen.items()
    }
    return standing(keeps, keeping, asked, seen, rows, frozenset(gone), words, day)


def _program(root: Path, engine: Engine) -> bytes:
    """A checksum of all that answers but the snapshot; b'' where no answer of it is to be kept."""
    if type(engine.reader) not in (ForeseenReader, LexicalReader):
        return b""
    own = root / CALIBRATION
    settings = Settings.from_environment()
    parts = (
        checksum_of_code(*_CODE),
        own.read_bytes() if own.exists() else b"",
        repr([version(one) for one in _LIBRARIES]).encode(),
        repr([type(engine.reader).__name__, engine.encoder.name, settings.reads_closely]).encode(),
    )
    return key_of(*parts)


def _key(program: bytes, snapshot: str) -> bytes:
    return key_of(program, snapshot.encode())


def _kept(memory: Memory, program: bytes, snapshot: str) -> _Asked | None:
    key = _key(program, snapshot)
    return decoded(msgspec.msgpack.Decoder(_Asked), memory.fetch(_KIND, [key]).get(key))


def _shuffled(name: str, key: str) -> bytes:
    return blake2b(f"{name} {key}".encode(), digest_size=8).digest()
