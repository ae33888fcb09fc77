"""What every system gets and gives: documents and passages in, ranked texts out."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hyqa.index.chunking import chunk_document, embedded_text
from hyqa.models import Encoder
from hyqa.parsing import read_corpus
from hyqa.types import Document

TOP_K = 10
"""Passages that each system is asked for."""
CHINESE_PAIRS = r"(?=([\u4e00-\u9fff]{2}|(?<![A-Za-z0-9])[A-Za-z0-9]+))"
"""Overlapping pairs of Chinese characters and whole Latin words, for the systems that take a
regular expression for their keyword half: the best that their documented settings allow."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is indexed, and the document that it is of."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is indexed: whole documents, and hyqa's own passages of them.

    A system at its ordinary settings cuts the documents by itself; at its Chinese setting it is
    given the passages, which are better than what any of its own splitters makes of Chinese.
    """

    documents: tuple[Passage, ...]
    passages: tuple[Passage, ...]

    @classmethod
    def read(cls, path: Path) -> "Corpus":
        """Read a corpus as ``hyqa index`` does."""
        documents = [one for one in read_corpus(path) if isinstance(one, Document)]
        return cls(
            tuple(Passage(one.id, f"{one.meta.title}\n{one.text}") for one in documents),
            tuple(
                Passage(one.id, embedded_text(one, chunk))
                for one in documents
                for chunk in chunk_document(one)
            ),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the documents that answer it, and the accepted answers.

    An answer is a tuple of strings that must all be shown.
    """

    text: str
    document_ids: frozenset[str]
    answers: tuple[tuple[str, ...], ...]

    def answered_in(self, shown: str) -> bool:
        """Whether a shown text holds an accepted answer, white space aside."""
        bare = _bare(shown)
        return any(all(_bare(part) in bare for part in answer) for answer in self.answers)


class System(Protocol):
    """A system with an index over a corpus."""

    def search(self, question: str) -> Sequence[Passage]:
        """The texts that it would show, best first."""


class Maker(Protocol):
    """Builds a system over a corpus with an encoder."""

    def __call__(self, corpus: Corpus, encoder: Encoder) -> System:
        """Index the corpus."""


def read_set(path: Path, key: str = "question") -> Iterator[Question]:
    """The answerable questions of a file of the shape that ``hyqa eval`` reads."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record.get("answerable", True):
            answers = tuple((answer,) for answer in record["answers"])
            yield Question(record[key], frozenset(record["doc_ids"]), answers)


def read_golden(path: Path) -> Iterator[Question]:
    """The golden questions about the shipped corpus."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record.get("documents"):
            answers = (tuple(record["contains"]),)
            yield Question(record["question"], frozenset(record["documents"]), answers)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
