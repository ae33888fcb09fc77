"""Parks and chains as the page shows them: each cell words of a document, with their date."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent

from hyqa import Cell, Chain, Park
from web.languages import Tongue, code_of
from web.library import Shelf
from web.rendering.answers import CODES, Line, View, source_line, stretches
from web.rendering.days import written
from web.rendering.pieces import Piece, Stretch, cut

Withheld = Callable[[Iterable[str]], str]
"""What is said instead of documents, by their ids; '' where they may be shown."""

VALUE = "value"
"""The kind of a piece that is the value of a cell."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document that state an attribute.

    ``short`` are those among them that are the value, where they say all that a list needs; '' for
    figures, which mean little without the words around them. ``line`` is the citation, whose
    address leads to where the words stand.
    """

    pieces: list[Piece]
    short: str
    lang: str
    day: str
    line: Line


@dataclass(frozen=True, slots=True)
class Box:
    """What documents state of one attribute; ``off`` is said instead of what is withheld."""

    key: str
    name: str
    words: list[Words]
    off: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no document states it."""
        return not self.words and not self.off


@dataclass(frozen=True, slots=True)
class Place:
    """A park or a chain: its name, in ``lang``, other names, and a box for each attribute."""

    key: str
    name: str
    lang: str
    url: str
    aliases: list[tuple[str, str]]
    boxes: Mapping[str, Box]

    def of(self, keys: Iterable[str]) -> list[Box]:
        """The boxes of some attributes, in their order."""
        return [self.boxes[key] for key in keys]


def place_of(
    entry: Park | Chain, folder: str, shelf: Shelf, view: View, withheld: Withheld
) -> Place:
    """Put a park or a chain into words.

    Args:
        entry: in the language of the view.
        folder: the address below which entries like it stand.
        shelf: the documents.
        view: how they are shown.
        withheld: what is said instead of documents that are switched off.
    """
    return Place(
        entry.key,
        entry.name,
        name_code(view.tongue),
        place_url(folder, entry.key, view.kept),
        [(one, code_of(one)) for one in entry.aliases if one != entry.name],
        {
            one.key: Box(one.key, one.name, *_stated(entry.of(one.key), shelf, view, withheld))
            for one in entry.attributes
        },
    )


def place_url(folder: str, key: str, kept: Tongue | None) -> str:
    """The address of a card."""
    return f"{folder}/{percent(key, safe='')}{f'?lang={kept.value}' if kept else ''}"


def name_code(tongue: Tongue) -> str:
    """What ``lang`` says of names of a corpus: they are in simplified Chinese, or in English."""
    return CODES[tongue.language]


def _stated(
    cells: Sequence[Cell], shelf: Shelf, view: View, withheld: Withheld
) -> tuple[list[Words], str]:
    shown = [one for one in cells if not withheld([_document(one)])]
    off = "" if shown else withheld(map(_document, cells))
    return [_words(one, shelf, view) for one in shown], off


def _words(cell: Cell, shelf: Shelf, view: View) -> Words:
    quote = cell.quote
    marks = stretches(quote)
    at = quote.text.find(cell.value) if cell.value else -1
    if at >= 0:
        marks.append(Stretch(VALUE, quote.start + at, quote.start + at + len(cell.value)))
    return Words(
        cut(quote.text, quote.start, marks),
        "" if any(map(str.isdecimal, cell.value)) else cell.value,
        CODES[quote.citation.meta.language],
        written(cell.date, view.tongue) if cell.date else "",
        source_line(quote.citation, shelf, view, [quote]),
    )


def _document(cell: Cell) -> str:
    return cell.quote.citation.document_id
