"""Where foreseen questions of a document lie: a draft that nobody has read yet, and what was accepted.

A draft stands in ``questions/drafts/`` of the corpus, which no index reads. Accepted questions are
added to the document's own file in ``questions/``, which a document shares with the one that says
the same in the other language.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath

from hyqa.index.snapshots.files import write_whole
from hyqa.maintenance.sources.history import HISTORY
from hyqa.maintenance.sources.locking import alone
from hyqa.maintenance.sources.naming import place_of
from hyqa.parsing import Readers, read_corpus
from hyqa.parsing.corpus.foreseen import read_question
from hyqa.parsing.corpus.opening import open_regular
from hyqa.parsing.corpus.sources import DRAFTS, QUESTIONS
from hyqa.types import Document, ForeseenQuestion, ParseFailure
from hyqa.types.errors import ConfigError, DocumentError, ParseError

LARGEST = 5_000_000
"""Bytes of a file of questions: one takes some 200."""
_TRANSLATED = "-en"
"""How the name of a document ends whose other one is Chinese."""

Lines = Sequence[tuple[str, bytes]]
"""Lines with their places, ``FILE:LINE``."""


def draft_file(corpus: Path, document: str) -> Path:
    """Where a document's draft lies, or would."""
    return _inside(corpus, corpus / QUESTIONS / DRAFTS / f"{document}.jsonl")


def question_file(corpus: Path, document: str) -> Path:
    """Where a document's accepted questions lie, or would.

    Raises:
        ConfigError: The place would be one for drafts.
    """
    stem = PurePosixPath(document).with_suffix("")
    chinese = stem.with_name(stem.name.removesuffix(_TRANSLATED) or stem.name)
    folder = (corpus / chinese).parent
    if any(path.stem == chinese.name for path in folder.iterdir()):
        stem = chinese
    if stem.parts[0] == DRAFTS:
        raise ConfigError(f"Questions on documents of a folder {DRAFTS} are not read: rename it.")
    return _inside(corpus, corpus / QUESTIONS / f"{stem}.jsonl")


def read_document(corpus: Path, document: str, readers: Readers) -> Document:
    """Read the document that questions are about.

    Raises:
        ConfigError: It would be no document of the corpus, or outside of its folder.
        DocumentError: There is none, or it cannot be read.
    """
    place_of(corpus, document)
    read = texts_of(corpus, [document], readers)
    if document not in read:
        raise DocumentError(
            f"There is no document {document} in {corpus} that can be read: `hyqa check` lists"
            " what there is. A list of documents takes no questions by this command."
        )
    return read[document]


def texts_of(corpus: Path, names: Iterable[str], readers: Readers) -> dict[str, Document]:
    """Read the documents of some ids, as far as they are there."""
    found: dict[str, Document] = {}
    for name in dict.fromkeys(names):
        try:
            place = place_of(corpus, name)
        except (
            ConfigError
        ):  # no place for a document: whoever names it is told that it is not there
            continue
        if place.is_file():
            read = read_corpus(corpus, place, readers=readers)
            found |= {one.id: one for one in read if isinstance(one, Document) and one.id == name}
    return found


def read_lines(path: Path) -> Lines:
    """Read the lines of a file of questions, empty ones left out.

    Raises:
        ConfigError: It cannot be read, or is too large.
    """
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except (OSError, ParseError) as error:
        raise ConfigError(f"{path} cannot be read: look whether its name is right.") from error
    if len(data) > LARGEST:
        raise ConfigError(f"{path} is larger than {LARGEST // 1_000_000} MB: split it.")
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
    return [(f"{path.name}:{number}", line) for number, line in lines if line.strip()]


def questions_of(lines: Lines) -> list[tuple[str, ForeseenQuestion | ParseFailure]]:
    """Read lines as questions; what is none says so in its place."""
    return [(place, read_question(line, place)) for place, line in lines]


def changing(corpus: Path) -> AbstractContextManager[None]:
    """Keep other programs from changing the corpus meanwhile."""
    return alone(corpus / HISTORY, "changing questions")


def write_draft(corpus: Path, document: str, questions: Sequence[ForeseenQuestion]) -> None:
    """Write a draft, where none is.

    Raises:
        ConfigError: There is one, which somebody may have edited.
    """
    check_no_draft(corpus, document)
    write_whole(draft_file(corpus, document), b"".join(map(_line_of, questions)))


def check_no_draft(corpus: Path, document: str) -> None:
    """Make sure that no draft would be written over.

    Raises:
        ConfigError: There is one.
    """
    path = draft_file(corpus, document)
    if path.exists() or path.is_symlink():
        raise ConfigError(
            f"There is a draft already: read {path}, then `hyqa foresee {document} --accept` takes"
            " it, or delete it."
        )


def accept(corpus: Path, document: str, questions: Sequence[ForeseenQuestion]) -> None:
    """Add questions to a document's own file; those that are there stay as they are."""
    path = question_file(corpus, document)
    before = path.read_bytes() if path.is_file() else b""
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    if questions:
        write_whole(path, before + gap + b"".join(map(_line_of, questions)))


def keep_refused(corpus: Path, document: str, lines: Lines, refused: Iterable[str]) -> None:
    """Leave in a draft the lines that were refused, by their places; delete it where there are none."""
    path, places = draft_file(corpus, document), set(refused)
    left = [line.rstrip(b"\r") + b"\n" for place, line in lines if place in places]
    if left:
        write_whole(path, b"".join(left))
    else:
        path.unlink(missing_ok=True)


def named_in(questions: Iterable[tuple[str, ForeseenQuestion | ParseFailure]]) -> Iterator[str]:
    """The ids of all documents that questions name."""
    for _, question in questions:
        if isinstance(question, ForeseenQuestion):
            yield from (*question.answers, *question.unanswered)


def _line_of(question: ForeseenQuestion) -> bytes:
    """A question as a line of the corpus, see :mod:`hyqa.parsing.corpus.foreseen`."""
    fields = {
        "question": question.text,
        "answers": dict(question.answers),
        "documents": list(question.unanswered),
        "lacks": question.lacks,
    }
    told = {name: value for name, value in fields.items() if value}
    return f"{json.dumps(told, ensure_ascii=False)}\n".encode()


def _inside(corpus: Path, path: Path) -> Path:
    """A path of the folder of questions, unless links lead out of it."""
    folder = (corpus / QUESTIONS).resolve()
    if not path.resolve().is_relative_to(folder) or path.is_symlink():
        raise ConfigError(f"{path} is a link, or leads out of {corpus / QUESTIONS}.")
    return path
