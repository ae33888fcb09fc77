"""An answer as Telegram messages: quotes in blockquotes, each with its source below."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from telegram.constants import MessageLimit

from bot.languages import Tongue
from bot.markup import escape, link, parts, shorten, units
from bot.texts import TEXTS, Texts
from hyqa import Answer, Citation, Form, Language, Quote, cite, cited_title

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
EXPANDABLE_FROM = 400
"""Characters from which a quote is folded: about a screenful on a phone."""
SOURCE_LIMIT = 1000
"""Units that one source line may take: the four of a "not found" then fit into one message."""
NEAREST_LIMIT = 3
_HOST = re.compile(r"[^\s./]+(\.[^\s./]+)+")
_GAP = "\n\n"
_OPEN = {False: "<blockquote>", True: "<blockquote expandable>"}
_CLOSE = "</blockquote>"


@dataclass(frozen=True, slots=True)
class _Page:
    """How one answer is rendered: its language's words, and the day that it is asked on."""

    tongue: Tongue
    as_of: date | None

    @property
    def texts(self) -> Texts:
        return TEXTS[self.tongue]


def render(answer: Answer, tongue: Tongue, *, as_of: date | None = None) -> list[str]:
    """Render an answer as HTML messages that each fit Telegram's limit, raw and parsed.

    Args:
        answer: What to show; its quotes are shown in full, in as many messages as they need.
        tongue: The language of all around the quotes.
        as_of: The day on which documents are said to have expired or not.
    """
    page = _Page(tongue, as_of)
    if not answer.quotes:
        return [_not_found(answer, page)]
    pieces = [_summary(answer), _left_open(answer, page), _differing(answer, page)]
    lead = "\n".join(filter(None, pieces))
    return render_passages(answer.quotes, tongue, lead=lead, as_of=as_of)


def _summary(answer: Answer) -> str:
    """What a writer says of the quotes, with their numbers."""
    sentences = (
        one.text + "".join(f"[{number}]" for number in one.quotes) for one in answer.summary
    )
    return " ".join(sentences)


def _differing(answer: Answer, page: _Page) -> str:
    """That the first two documents give different figures."""
    return page.texts.differs if answer.differs else ""


def _left_open(answer: Answer, page: _Page) -> str:
    """What the quotes leave open."""
    if not answer.missing:
        return ""
    separator = "、" if page.tongue.language is Language.CHINESE else ", "
    return shorten(page.texts.partial + separator.join(answer.missing), SOURCE_LIMIT)


def render_passages(
    quotes: Iterable[Quote], tongue: Tongue, *, lead: str = "", as_of: date | None = None
) -> list[str]:
    """Render passages, numbered, below a line that says what they are."""
    page = _Page(tongue, as_of)
    blocks = [escape(lead)] if lead else []
    for number, quote in enumerate(quotes, 1):
        blocks += _quote(quote, number, page)
    return list(_packed(blocks))


def source_line(citation: Citation, tongue: Tongue, *, as_of: date | None = None) -> str:
    """The source of a document as a whole, its title linked to the original."""
    return _source(citation, "", _Page(tongue, as_of))


def _packed(blocks: Iterable[str]) -> Iterator[str]:
    """Join blocks into as few messages as keep their order."""
    message = ""
    for block in blocks:
        joined = f"{message}{_GAP}{block}" if message else block
        if message and units(joined) > LIMIT:
            yield message
            joined = block
        message = joined
    yield message


def _quote(quote: Quote, number: int, page: _Page) -> Iterator[str]:
    """Blocks of one quote, each to stand in one message: its parts, the last with the source."""
    texts = page.texts
    digest = quote.citation.meta.form is Form.DIGEST
    note = f"<i>{escape(texts.digest)}</i>\n" if digest else ""
    continuation, continued = f"<i>{texts.continuation}</i>\n", f"\n<i>{texts.continued}</i>"
    source = "\n" + _source(quote.citation, f"[{number}] ", page)
    opening = _OPEN[len(quote.text) > EXPANDABLE_FROM]
    frame = units(note + continuation + opening + _CLOSE) + max(units(source), units(continued))
    stretches = list(parts(quote.text, LIMIT - frame))
    for position, text in enumerate(stretches):
        before = note + (continuation if position else "")
        after = source if position == len(stretches) - 1 else continued
        yield f"{before}{opening}{escape(text)}{_CLOSE}{after}"


def _source(citation: Citation, lead: str, page: _Page) -> str:
    """One source line, its title linked to the original where there is one to open."""
    line = cite(citation, page.tongue.language, as_of=page.as_of)
    linked = escape(lead) + _linked(line, citation)
    if units(linked) <= SOURCE_LIMIT:
        return linked
    return escape(lead + shorten(line, SOURCE_LIMIT - units(lead)))


def _linked(line: str, citation: Citation) -> str:
    """Link the title inside its citation, or all of it if it doesn't show the title."""
    meta = citation.meta
    if not opens(meta.url):
        return escape(line)
    title = cited_title(citation)
    before, found, after = line.partition(title)
    if not found:
        return link(line, meta.url)
    return escape(before) + link(title, meta.url) + escape(after)


def opens(url: str) -> bool:
    """Whether a browser can open the address, and Telegram will take it."""
    try:
        parsed = urlsplit(url)
        host = parsed.hostname or ""
        clean = url.isprintable() and " " not in url
        return clean and parsed.scheme in ("http", "https") and bool(_HOST.fullmatch(host))
    except ValueError:
        return False


def _not_found(answer: Answer, page: _Page) -> str:
    """What is said where nothing is quoted, and what is near."""
    texts, status = page.texts, str(answer.status)
    openings = {"clarify": texts.clarify, "out_of_scope": texts.out_of_scope}
    pieces = [escape(openings.get(status, texts.not_found))]
    if answer.nearest:
        lines = [_source(citation, "• ", page) for citation in answer.nearest[:NEAREST_LIMIT]]
        pieces.append("\n".join([escape(texts.nearest), *lines]))
    if answer.choices:
        pieces.append("\n".join(f"• {escape(choice)}" for choice in answer.choices))
    if status not in openings:
        pieces.append(escape(texts.ask_better))
    return _GAP.join(pieces)
