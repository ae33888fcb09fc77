"""Documents as they are read, and the chunks that are indexed of them."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages that documents are written in and answers are given in."""

    CHINESE = "zh"
    ENGLISH = "en"


class Form(StrEnum):
    """How a document's text relates to the official one."""

    ORIGINAL = "original"
    """The official text itself."""
    DIGEST = "digest"
    """Somebody's own words about a source, never to be shown as the official text."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; an empty string means unknown.

    Dates are ISO 8601, as precise as they are known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    For a digest, publisher, number, dates and url are those of the source it restates.
    ``effective`` and ``expires`` are the first and the last day in force. ``repeals`` are the
    documents that this one ends, each as it names them: ``《title》（number）``. ``repealed`` is
    the first day on which this one is no longer in force because another ended it, and
    ``repealed_by`` the id of that one, where the corpus holds it. ``original_of`` are the ids of the
    digests whose source this document is.
    """

    title: str
    kind: str = ""
    form: Form = Form.ORIGINAL
    source_title: str = ""
    publisher: str = ""
    number: str = ""
    issued: str = ""
    effective: str = ""
    expires: str = ""
    superseded_by: str = ""
    validity: str = ""
    language: Language = Language.CHINESE
    url: str = ""
    reprint: bool = False
    repeals: tuple[str, ...] = ()
    repealed: str = ""
    repealed_by: str = ""
    original_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that say a field of the metadata: the document's ``text[start:end]``.

    ``value`` is what was read from them, in the form of the field.
    """

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads a part of a document: its number, its title, or both.

    ``level`` is 1 for the outermost parts, ``number`` is as written, as （二） or 第五条, and
    ``title`` is empty for an item that only has a number. ``start`` and ``end`` are where both
    stand in the document's text; the part reaches to the next heading of its level or above.
    """

    level: int
    number: str
    title: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """Number and title as they are read."""
        return self.number + self.title


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text under one heading: ``text[start:end]``."""

    heading_path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins: an offset into the document's text, and the 1-based page number."""

    offset: int
    page: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table's stretch of a document's text, a row a line, cells divided by `` | ``.

    ``text[header_start:header_end]`` are the rows that name its columns, empty where none does.
    """

    start: int
    end: int
    header_start: int
    header_end: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page that was read from its picture, and how sure that is, 0 to 1."""

    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    ``text`` is the only text that is ever quoted; every offset elsewhere points into it.
    ``sections`` are in order and do not overlap; headings stand in ``text`` between them.
    ``page_starts`` is empty for formats without pages. ``tables`` and the headings of
    the ``outline`` are in order. ``evidence`` are
    the words that the metadata were read from, as far as they stand in the text; ``remarks`` tell
    a maintainer what is doubtful, a sentence each. ``recognised`` are the pages that were read
    from their picture.
    """

    id: str
    meta: Metadata
    text: str
    sections: tuple[Section, ...]
    page_starts: tuple[PageStart, ...]
    sha256: str
    tables: tuple[Table, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    remarks: tuple[str, ...] = ()
    outline: tuple[Heading, ...] = ()
    recognised: tuple[Recognised, ...] = ()


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """A file, or a line of one, that could not be read, and why, in words for a maintainer."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is indexed: ``document.text[start:end]``, inside one section.

    ``pages`` is the first and last page it stands on, or None for formats without pages.
    ``lead`` is where in the document the sentence stands that introduces the list in which the
    chunk begins, None where there is none.
    """

    id: str
    document_id: str
    heading_path: tuple[str, ...]
    pages: tuple[int, int] | None
    start: int
    end: int
    text: str
    lead: tuple[int, int] | None = None
