"""Quotes as blocks of HTML, each to stand in one message with what belongs to it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from telegram.constants import MessageLimit

from bot.rendering.markup import ENTITIES, emphasised, entities, escape, parts, shorten, units
from bot.rendering.sources import Page, source
from hyqa import Citation, Form, Quote

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
EXPANDABLE_FROM = 400
"""Characters from which quotes are folded, one alone or several: about a screenful on a phone."""
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


class Block(NamedTuple):
    """A piece of a message that stands undivided; ``form`` is of the document that it quotes."""

    html: str
    form: Form | None = None


def label(form: Form | None, said: Form | None, page: Page) -> str:
    """What stands above a quote to say what kind of text it is of; '' where that is known.

    Args:
        form: of its document; None of what is no quote.
        said: of the quote before it in the same message, None for the first.
        page: how to render it.
    """
    if form is Form.DIGEST and said is not Form.DIGEST:
        return f"<i>{escape(page.texts.digest)}</i>\n"
    if form is Form.ORIGINAL and said is Form.DIGEST:
        return f"<i>{escape(page.texts.verbatim)}</i>\n"
    return ""


def blocks(
    number: int, citation: Citation, quotes: Sequence[Quote], page: Page, *, folded: bool = False
) -> Iterator[Block]:
    """Blocks of the quotes of one source; one alone where they fit into a message together.

    Args:
        number: of the source.
        citation: of all of the quotes.
        quotes: places of one section, in their order.
        page: how to render them.
        folded: whether they show only their first lines until they are pressed, as long ones do.
    """
    form, line = citation.meta.form, "\n" + source(citation, f"[{number}] ", page, quotes)
    together = _SKIPPED.join(quoted(one, folded=folded) for one in quotes) + line
    if units(_labelled(together, form, page)) <= LIMIT and entities(together) < ENTITIES:
        yield Block(together, form)
        return
    for quote in quotes:
        for html in _parts(
            quote, "\n" + source(quote.citation, f"[{number}] ", page, [quote]), page
        ):
            yield Block(html, form)


def quoted(quote: Quote, *, folded: bool = False) -> str:
    """A quote in one piece."""
    marked = emphasised(quote.text, _highlights(quote))
    return f"{_opening(quote, folded)}{marked}{_CLOSE}{_names(quote)}"


def _labelled(html: str, form: Form, page: Page) -> str:
    """What a block takes where it has to say what kind of text it is of."""
    said = Form.DIGEST if form is Form.ORIGINAL else None
    return label(form, said, page) + html


def _parts(quote: Quote, line: str, page: Page) -> Iterator[str]:
    """The parts of a quote, the last with the source."""
    continuation = f"<i>{page.texts.continuation}</i>\n"
    continued = f"\n<i>{page.texts.continued}</i>"
    opening, line, marks = _opening(quote), _names(quote) + line, _highlights(quote)
    frame = units(_labelled(continuation + opening + _CLOSE, quote.citation.meta.form, page))
    frame += max(units(line), units(continued))
    position = 0
    for text in parts(quote.text, LIMIT - frame - _BOLD * len(marks)):
        end = position + len(text)
        before = continuation if position else ""
        after = line if end == len(quote.text) else continued
        own = [(start - position, stop - position) for start, stop in marks]
        yield f"{before}{opening}{emphasised(text, own)}{_CLOSE}{after}"
        position = end


def _opening(quote: Quote, folded: bool = False) -> str:
    return _OPEN[folded or len(quote.text) > EXPANDABLE_FROM]


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
