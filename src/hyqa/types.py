"""The values that flow through hyqa, one way, from a document to an answer."""

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


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; an empty string means unknown.

    Dates are ISO 8601, as precise as they are known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    For a digest, publisher, number, dates and url are those of the source it restates.
    ``effective`` and ``expires`` are the first and the last day in force. ``repeals`` are the
    documents that this one ends, each as it names them: ``《title》（number）``. ``repealed`` is
    the first day on which this one is no longer in force because another ended it, and
    ``repealed_by`` the id of that one, where the corpus holds it.
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


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: a question with its follow-up resolved and its spelling mended.

    ``tokens`` are all its keyword tokens, ``content`` the distinct ones without question and
    function words: what a text must cover to answer it. ``equals`` are, of each of its words that
    has any, the tokens of those that documents may use instead, ``before`` tokens of earlier lines.
    ``years`` are those that it names.
    ``as_of_year`` is the year that the answer should be of, '' where no day was given or the
    question names a year itself. ``context`` is what a follow-up was told before; it is encoded
    with the text, not asked for. ``earlier`` are questions that were asked before one that stands
    by itself: what it means is more likely near them.
    """

    text: str
    language: Language
    tokens: tuple[str, ...]
    content: tuple[str, ...]
    equals: tuple[tuple[str, ...], ...] = ()
    before: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    as_of_year: str = ""
    context: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def encoded(self) -> str:
        """What is encoded: the text, with the context before the question itself."""
        *earlier, question = self.text.split("\n")
        return "\n".join(filter(None, [*earlier, self.context, question]))

    @property
    def question(self) -> str:
        """The question itself: of a resolved follow-up, the last of the lines searched for."""
        return self.text.rsplit("\n", 1)[-1]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a query found, with the parts of its score: a fused score is no confidence.

    ``dense_score`` is a cosine; ``sparse_score`` is what keywords see of the question in the
    chunk, 0 to 1, less where they see little of it anywhere or are translated.
    """

    chunk: Chunk
    score: float
    dense_score: float
    sparse_score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best hits for a query, and what the scores of all that came near look like.

    ``crossed`` are the best hits in another language than the question's, among ``hits`` or not,
    and ``mean_crossed_score`` is the mean of what came near of them. ``usual_dense_score`` is what
    any passage reaches.
    """

    hits: tuple[Hit, ...]
    mean_score: float
    mean_dense_score: float
    crossed: tuple[Hit, ...] = ()
    mean_crossed_score: float = 0.0
    mean_sparse_score: float = 0.0
    usual_dense_score: float = 0.0


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
    """

    question: str
    query: str
    status: Status
    language: Language
    confidence: float
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    differs: bool = False
    summary: tuple[Statement, ...] = ()
