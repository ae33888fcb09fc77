"""Looking at a file before it becomes a document of a corpus."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hyqa.config import Limits
from hyqa.index.duplicates import unique
from hyqa.index.inspection import Inspection, inspect
from hyqa.maintenance.sources.naming import place_of, safe_name
from hyqa.parsing import Readers, read_corpus
from hyqa.parsing.corpus.reading import Job
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import ConfigError

LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class Report:
    """What a file would be as a document.

    ``id`` is where it would stand, ``seen`` what is read from it, ``failures`` what cannot be
    read; ``replaces`` says that a document stands there now, ``same_as`` which others are the same
    document, and ``data`` are its bytes.
    """

    id: str
    data: bytes
    seen: tuple[Inspection, ...]
    failures: tuple[ParseFailure, ...]
    replaces: bool
    same_as: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """Whether all of it can be read."""
        return bool(self.seen) and not self.failures


def examine(
    path: Path,
    corpus: Path,
    *,
    day: date,
    document_id: str = "",
    fields: Mapping[str, object] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Report:
    """Read a file as it would be read in a corpus, and change nothing.

    Args:
        path: the file, wherever it is.
        corpus: the folder of documents.
        day: the day of which it is told whether the document is in force.
        document_id: where it is to stand; its own name, made safe, at the top of the corpus,
            where nothing is given.
        fields: metadata that the file cannot carry itself.
        limits: what reading may take.

    Raises:
        ConfigError: There is no such file or corpus, or it cannot stand there.
    """
    if not corpus.is_dir():
        raise ConfigError(f"There is no folder {corpus}: name the corpus with --corpus.")
    if not path.is_file():
        raise ConfigError(f"There is no file {path}: look whether its name is right.")
    document_id = document_id or safe_name(path.name)
    place = place_of(corpus, document_id)
    with Readers(limits) as readers:
        items = _read(path, document_id, fields or {}, readers)
        documents = [item for item in items if isinstance(item, Document)]
        twins = _same_as(documents, corpus, document_id, readers)
    return Report(
        document_id,
        path.read_bytes(),
        tuple(inspect(documents, day)),
        tuple(item for item in items if isinstance(item, ParseFailure)),
        place.is_file(),
        twins,
    )


def _read(
    path: Path, document_id: str, fields: Mapping[str, object], readers: Readers
) -> list[Document | ParseFailure]:
    if path.suffix.lower() == LINES:
        return list(read_corpus(path, readers=readers))
    job = Job(document_id, os.fsencode(path.absolute()), dict(fields))
    read = readers.submit(job).result()
    return [*([read] if isinstance(read, ParseFailure) else [read, *_overruled(read, fields)])]


def _overruled(document: Document, fields: Mapping[str, object]) -> Iterator[ParseFailure]:
    """Yield what was given of a document in vain, as its front matter says another thing."""
    for name, value in fields.items():
        own = getattr(document.meta, name, None)
        if str(own) != str(value) and not isinstance(value, list):
            reason = f"its front matter says that `{name}` is {own}: change it there, not here"
            yield ParseFailure(document.id, reason)


def _same_as(
    documents: Sequence[Document], corpus: Path, own: str, readers: Readers
) -> tuple[str, ...]:
    """The ids of a corpus's documents that are the same as one of some, leaving out their own."""
    if not documents:
        return ()
    held = [
        one for one in read_corpus(corpus, readers=readers)
        if isinstance(one, Document) and one.id != own
    ]  # fmt: skip
    new = [_renamed(document, at) for at, document in enumerate(documents)]
    hashes = {document.sha256 for document in documents}
    ids = {document.id for document in new}
    same = {one.id for one in held if one.sha256 in hashes}
    for twin in unique([*held, *new])[1]:
        pair = {twin.left_out.id, twin.kept}
        if len(pair & ids) == 1:
            same |= pair - ids
    return tuple(sorted(same))


def _renamed(document: Document, at: int) -> Document:
    """A document under a name that no other one has."""
    suffix = Path(document.id).suffix
    return replace(document, id=f"\0{at}{suffix}")


def sha256_of(data: bytes) -> str:
    """Hash a file's bytes."""
    return hashlib.sha256(data).hexdigest()
