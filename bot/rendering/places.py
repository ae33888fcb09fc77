"""A park as Telegram shows it: a card of short dated quotes, and all that is told of one thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.languages import Tongue
from bot.rendering.answers import packed
from bot.rendering.markup import ENTITIES, entities, escape, shorten, units
from bot.rendering.quoting import LIMIT, Block, blocks, label, quoted
from bot.rendering.sources import SOURCE_LIMIT, Page, source
from hyqa import Cell, Citation, Form, Language, Park

CARD = 3600
"""Units of a card at most, so that it is one message, which can be changed in its place; what it
leaves out has a button."""
LABEL = 100
"""Units that the words above a quote may take which say what kind of text it is of."""
_DOT = " · "


def heading(park: Park, level: str) -> str:
    """What a park is called, of which level it is, and where it lies, as far as is known."""
    return _DOT.join(filter(None, [park.name, level, park.county]))


def render_park(
    park: Park,
    cells: Sequence[Cell],
    level: str,
    tongue: Tongue,
    *,
    as_of: date | None = None,
    site: str = "",
) -> str:
    """Render a park's card: a quote for each of its attributes, as many as it has room for.

    Args:
        park: whose card it is.
        cells: of it, that may be shown.
        level: words for its level, '' where no document states it.
        tongue: the language of all around the quotes.
        as_of: the day on which documents are said to have expired or not.
        site: address of the page that shows documents, '' without one.
    """
    page = Page(tongue, as_of, site)
    card = _Card(f"<b>{escape(heading(park, level))}</b>", _unstated(park, cells, page), page)
    for cell in cells:
        card.add(cell)
    return card.html


def render_cells(
    title: str, cells: Sequence[Cell], tongue: Tongue, *, as_of: date | None = None, site: str = ""
) -> list[str]:
    """Render all that documents state of one thing about a park, each with its date and source."""
    page = Page(tongue, as_of, site)
    return list(packed(_pieces(title, cells, page), page))


def _pieces(title: str, cells: Sequence[Cell], page: Page) -> Iterator[Block]:
    yield Block(f"<b>{escape(title)}</b>")
    for number, cell in enumerate(cells, 1):
        first, *others = blocks(number, cell.quote.citation, [cell.quote], page)
        dated = f"<b>{escape(_dated(cell, page))}</b>\n{first.html}"
        yield Block(dated, first.form) if units(dated) < LIMIT - LABEL else first
        yield from others


@dataclass(slots=True)
class _Card:
    """A card in the making: each quote is taken only where the whole still fits."""

    head: str
    foot: str
    page: Page
    _said: Form | None = None
    _quotes: list[str] = field(default_factory=list)
    _shown: set[str | tuple[str, int, int]] = field(default_factory=set)
    _sources: dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """The card as it is."""
        return self._joined(self._quotes, self._sources)

    def add(self, cell: Cell) -> None:
        """Take up a quote, unless it or its attribute is shown already, or it has no room."""
        quote, meta = cell.quote, cell.quote.citation.meta
        place = (quote.citation.document_id, quote.start, quote.end)
        if {place, cell.attribute.key} & self._shown:
            return
        # Its remarks on validity stand where the attribute is shown with all of its source.
        citation = Citation(quote.citation.document_id, replace(meta, validity=""))
        sources = dict(self._sources)
        number = len(sources) + 1
        sources.setdefault(
            citation.document_id, source(citation, f"[{number}] ", self.page, [quote])
        )
        number = list(sources).index(citation.document_id) + 1
        name = f"<b>{escape(cell.attribute.name)}</b> {escape(_dated(cell, self.page))} [{number}]"
        shown = quoted(quote, folded=bool(self._quotes))
        quotes = [*self._quotes, f"{label(meta.form, self._said, self.page)}{name}\n{shown}"]
        html = self._joined(quotes, sources)
        if self._quotes and (units(html) > CARD or entities(html) > ENTITIES):
            return
        self._quotes, self._sources, self._said = quotes, sources, meta.form
        self._shown |= {place, cell.attribute.key}

    def _joined(self, quotes: Sequence[str], sources: dict[str, str]) -> str:
        parts = [self.head, *quotes, "\n".join(sources.values()), self.foot]
        return "\n\n".join(filter(None, parts))


def _unstated(park: Park, cells: Sequence[Cell], page: Page) -> str:
    """Names what no document states of a park."""
    stated = {cell.attribute.key for cell in cells}
    names = [one.name for one in park.attributes if one.key not in stated]
    separator = "、" if page.tongue.language is Language.CHINESE else ", "
    text = page.texts.park_unstated.format(names=separator.join(names))
    return escape(shorten(text, SOURCE_LIMIT)) if names else ""


def _dated(cell: Cell, page: Page) -> str:
    return cell.date or page.texts.undated
