"""Quotes as blocks of HTML, each to stand in one message with what belongs to it."""

from collections.abc import Iterator, Sequence

from telegram.constants import MessageLimit

from bot.rendering.markup import ENTITIES, emphasised, entities, escape, parts, shorten, units
from bot.rendering.sources import Page, source
from hyqa import Citation, Form, Quote

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
EXPANDABLE_FROM = 400
"""Characters from which a quote is folded: about a screenful on a phone."""
MOST_HIGHLIGHTS = 40
"""Stretches of a quote that are bold at most. Where more would be, as in a table of figures, bold
says nothing, and none is."""
NAMES_LIMIT = 500
"""Units of the line of English names below a quote: eight names take some 200."""
_OPEN = {False: "<blockquote>", True: "<blockquote expandable>"}
_CLOSE = "</blockquote>"
_BOLD = units("<b></b>")
_SKIPPED = "\n…\n"
"""Stands between two places of a text that are shown under one source."""


def blocks(number: int, citation: Citation, quotes: Sequence[Quote], page: Page) -> Iterator[str]:
    """Blocks of the quotes of one source; one alone where they fit into a message together.

    Args:
        number: of the source.
        citation: of all of the quotes.
        quotes: places of one section, in their order.
        page: how to render them.
    """
    note, line = _note(citation, page), "\n" + source(citation, f"[{number}] ", page)
    together = note + _SKIPPED.join(map(_whole, quotes)) + line
    if units(together) <= LIMIT and entities(together) <= ENTITIES:
        yield together
        return
    for quote in quotes:
        yield from _parts(quote, note, "\n" + source(quote.citation, f"[{number}] ", page), page)


def _note(citation: Citation, page: Page) -> str:
    """Says, above a quote, that it is of no official text."""
    if citation.meta.form is not Form.DIGEST:
        return ""
    return f"<i>{escape(page.texts.digest)}</i>\n"


def _whole(quote: Quote) -> str:
    """A quote in one piece."""
    marked = emphasised(quote.text, _highlights(quote))
    return f"{_opening(quote)}{marked}{_CLOSE}{_names(quote)}"


def _parts(quote: Quote, note: str, line: str, page: Page) -> Iterator[str]:
    """The parts of a quote, the last with the source."""
    continuation = f"<i>{page.texts.continuation}</i>\n"
    continued = f"\n<i>{page.texts.continued}</i>"
    opening, line, marks = _opening(quote), _names(quote) + line, _highlights(quote)
    frame = units(note + continuation + opening + _CLOSE) + max(units(line), units(continued))
    position = 0
    for text in parts(quote.text, LIMIT - frame - _BOLD * len(marks)):
        end = position + len(text)
        before = note + (continuation if position else "")
        after = line if end == len(quote.text) else continued
        own = [(start - position, stop - position) for start, stop in marks]
        yield f"{before}{opening}{emphasised(text, own)}{_CLOSE}{after}"
        position = end


def _opening(quote: Quote) -> str:
    return _OPEN[len(quote.text) > EXPANDABLE_FROM]


def _highlights(quote: Quote) -> list[tuple[int, int]]:
    """What is bold in a quote: stretches of its text."""
    if len(quote.highlights) > MOST_HIGHLIGHTS:
        return []
    return [(one.start - quote.start, one.end - quote.start) for one in quote.highlights]


def _names(quote: Quote) -> str:
    """The English names of what a Chinese quote speaks of, on a line below it."""
    names = "; ".join(
        f"{quote.text[one.start - quote.start : one.end - quote.start]} = {one.english}"
        for one in quote.labels
    )
    return f"\n<i>{escape(shorten(' '.join(names.split()), NAMES_LIMIT))}</i>" if names else ""
