"""Parks and industrial chains: tables in which each cell is a quote.

What a corpus lists (:class:`Listed`) says where the words of each cell stand; what is shown
(:class:`Park`, :class:`Chain`) is made of it in one language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hyqa.types.answers import Quote
from hyqa.types.documents import Language

SUMMARY, LEVEL, CONTACT, INCENTIVES = "summary", "level", "contact", "incentives"
"""Attributes that a channel may show in a way of their own; a corpus names others beside them."""


@dataclass(frozen=True, slots=True)
class ListedCell:
    """Where the words of a cell stand: the document's ``text[start:end]``.

    ``value_start`` and ``value_end`` are where in the document the words among them stand that are
    the value itself, equal where all of them are. ``date`` is the day, month or year of which they
    are, in ISO 8601; '' where nothing tells it.
    """

    attribute: str
    language: Language
    document_id: str
    start: int
    end: int
    value_start: int
    value_end: int
    date: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A park or a chain, with its cells in every language.

    ``county`` is the county or district that a park lies in, and ``parks`` are the keys of those
    that a chain is in; either is empty of the other kind, and where the documents do not tell.
    """

    key: str
    names: Mapping[Language, str]
    aliases: tuple[str, ...] = ()
    county: Mapping[Language, str] = field(default_factory=dict)
    parks: tuple[str, ...] = ()
    cells: tuple[ListedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """The parks of a corpus, or its chains, in the order in which they are shown.

    ``attributes`` are the names of the attributes in each language, in their order. ``questions``
    are examples of questions that ask for an attribute of two entries, by its key, with
    ``stand_ins`` in the place of their names; those under '' ask for what no cell answers.
    """

    attributes: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    entries: tuple[Listed, ...] = ()
    stand_ins: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a cell tells of a park or a chain: ``key`` is the corpus's word for it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a document that state one attribute.

    ``value`` are the words of the quote that are the value itself, '' where all of them are.
    ``date`` is the day, month or year of which they are, in ISO 8601; '' where nothing tells it.
    """

    attribute: Attribute
    quote: Quote
    value: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table, in one language.

    ``attributes`` are all that the table has, in their order; ``cells`` are those that documents
    state, in the same order. An attribute whose words stand in the other language only is quoted
    in that one.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    cells: tuple[Cell, ...]

    def of(self, attribute: str) -> tuple[Cell, ...]:
        """The cells of an attribute, by its key; () where no document states it."""
        return tuple(cell for cell in self.cells if cell.attribute.key == attribute)


@dataclass(frozen=True, slots=True)
class Park(Entry):
    """A park or zone; ``county`` is where it lies, '' where no document says."""

    county: str = ""


@dataclass(frozen=True, slots=True)
class Chain(Entry):
    """An industry, chain or cluster; ``parks`` are the keys of the parks that it is in."""

    parks: tuple[str, ...] = ()
