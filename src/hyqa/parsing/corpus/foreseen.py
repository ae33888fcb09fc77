"""The questions that a corpus foresees: JSON lines in its folder ``questions``.

A line is a question with the words that answer it, by the ids of the documents in which they
stand, and with what they lack where they answer it in part. Or it is a near miss, which looks as if
some documents answered it, with what they lack; one that none comes near names no document::

    {"question": "开公司要几天", "answers": {"parks/a.md": "0.5个工作日"}}
    {"question": "开公司顺不顺", "answers": {"parks/a.md": "0.5个工作日"}, "lacks": "只讲时间"}
    {"question": "开公司要花多少钱", "documents": ["parks/a.md"], "lacks": "只讲时间，没有费用"}
    {"question": "长沙的房价会不会涨", "lacks": "不是衡阳的事"}
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from hyqa.parsing.corpus.sources import DRAFTS, QUESTIONS
from hyqa.types import ForeseenQuestion, ParseFailure

MOST = 500
"""Characters of a question that somebody may type; a longer line is no question."""


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    question: str
    answers: dict[str, str] = {}
    documents: list[str] = []
    lacks: str = ""


_DECODER = msgspec.json.Decoder(_Line)


def question_files(corpus: Path) -> list[tuple[str, Path]]:
    """List the files of foreseen questions with their names in the corpus, in order; no drafts."""
    folder = corpus / QUESTIONS
    files = (
        path
        for path in folder.rglob("*.jsonl")
        if path.relative_to(folder).parts[0] != DRAFTS and path.is_file() and not path.is_symlink()
    )
    return sorted((path.relative_to(corpus).as_posix(), path) for path in files)


def read_foreseen(corpus: Path) -> Iterator[tuple[str, ForeseenQuestion | ParseFailure]]:
    """Yield the questions that a corpus foresees, each with its place (``FILE:LINE``).

    Args:
        corpus: a folder of documents; one file foresees none.
    """
    for name, path in question_files(corpus):
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            yield name, ParseFailure(name, f"it cannot be read: {error.strerror}")
            continue
        for number, line in enumerate(lines, 1):
            if line.strip():
                place = f"{name}:{number}"
                yield place, read_question(line, place)


def read_question(line: bytes, place: str) -> ForeseenQuestion | ParseFailure:
    """Read a line, or say what is wrong with it; ``place`` is where it stands."""
    try:
        read = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ParseFailure(
            place, "it is no foreseen question: `question` with `answers`, or with `documents`"
        )
    text = read.question.strip()
    lacks = read.lacks.strip()
    both, neither = read.answers and read.documents, not (read.answers or read.documents or lacks)
    if not text or len(text) > MOST or both or neither:
        return ParseFailure(
            place,
            f"it needs a question of at most {MOST} characters, and either the words that answer"
            " it or the documents that do not",
        )
    return ForeseenQuestion(text, read.answers, tuple(read.documents), lacks)
