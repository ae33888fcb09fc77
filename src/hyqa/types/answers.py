"""Answers: quotes with their citations, or what stands in their place."""

from dataclasses import dataclass
from enum import StrEnum

from hyqa.types.documents import Language, Metadata


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    """The quotes answer, but for the parts that ``missing`` names."""
    CLARIFY = "clarify"
    """The question does not say which of several things it is about; ``choices`` ask of each."""
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    """The documents are about other things altogether."""
    SMALL_TALK = "small_talk"
    """Nothing was asked of the documents; ``intent`` says what was wanted."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands.

    ``recognised`` is how sure it is what stands there, 0 to 1, where it was read from a scan; of
    several pages, the least.
    """

    document_id: str
    meta: Metadata
    heading_path: tuple[str, ...] = ()
    pages: tuple[int, int] | None = None
    recognised: float | None = None


class HighlightKind(StrEnum):
    """What a highlighted stretch of a quote is."""

    AMOUNT = "amount"
    DATE = "date"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch that a reader looks for first: the cited document's ``text[start:end]``."""

    kind: HighlightKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """An English name of the glossary for a stretch of a quote: the document's ``text[start:end]``."""

    start: int
    end: int
    english: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words shown verbatim: ``text`` is the cited document's ``text[start:end]``.

    An answer that stands in several places of a section is quoted place by place; such quotes
    follow each other, see :func:`hyqa.answer.citing.by_source`.
    """

    text: str
    citation: Citation
    start: int
    end: int
    highlights: tuple[Highlight, ...] = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A written sentence, and the quotes that support it, by their number from 1."""

    text: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question.

    ``query`` is the question as it was searched for, follow-ups resolved.
    ``confidence`` is the estimated probability, 0 to 1, that the documents answer it.
    ``quotes`` is empty unless the status is ``answered`` or ``partial``; ``nearest`` then names the
    documents that come closest, which do not answer. ``missing`` are the parts of the question,
    in its own words, that the quoted or the nearest documents do not speak of. ``choices`` are two
    to four complete questions to ask instead, where the status is ``clarify``, and none elsewhere.
    ``differs`` says that the first two documents quoted give different figures for the same thing,
    the newer one first. ``summary`` is what a writer says of the quotes, where one is configured.
    ``closest`` are the words of the passage that comes nearest, where nothing is quoted and it may
    help all the same; they are no answer. ``pointer`` is said where nothing is found of what is known not to be held: who publishes it,
    whom to ask. ``related`` are up to two foreseen questions that the documents do answer, near the
    one that was asked. ``intent`` names what small talk wants, such as ``greeting`` or ``person``.
    """

    question: str
    query: str
    status: Status
    language: Language
    confidence: float
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Citation, ...] = ()
    closest: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    differs: bool = False
    summary: tuple[Statement, ...] = ()
    pointer: str = ""
    related: tuple[str, ...] = ()
    intent: str = ""

    @property
    def shown(self) -> tuple[Quote, ...]:
        """The words of documents that a reader sees: the quotes, or what comes closest where there are none."""
        return self.quotes or self.closest
