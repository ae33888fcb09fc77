"""The line below a quote that says where it stands, its title linked to the original."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

from bot.languages import Tongue
from bot.rendering.markup import escape, link, shorten, units
from bot.texts import TEXTS, Texts
from hyqa import Citation, Quote, cite, cited_title

SOURCE_LIMIT = 1000
"""Units that one source line may take: the four of a "not found" then fit into one message."""
MARKED = 8
"""Quotes that a link marks; an address of more is longer than what it leads to."""
_HOST = re.compile(r"[^\s./]+(\.[^\s./]+)+")


@dataclass(frozen=True, slots=True)
class Page:
    """How one answer is rendered: its language's words, and the day that it is asked on.

    ``site`` is the address of the page that shows documents, '' where there is none.
    """

    tongue: Tongue
    as_of: date | None
    site: str = ""

    @property
    def texts(self) -> Texts:
        """What the bot says in that language."""
        return TEXTS[self.tongue]


def source(citation: Citation, lead: str, page: Page, quotes: Sequence[Quote] = ()) -> str:
    """One source line as HTML, its title linked to where its words stand.

    That is the page with the quotes marked where there is one, else the original.
    """
    line = cite(citation, page.tongue.language, as_of=page.as_of)
    shown = place(page.site, citation.document_id, quotes)
    linked = escape(lead) + _linked(line, citation, shown if opens(shown) else citation.meta.url)
    if units(linked) <= SOURCE_LIMIT:
        return linked
    return escape(lead + shorten(line, SOURCE_LIMIT - units(lead)))


def opens(url: str) -> bool:
    """Whether a browser can open the address, and Telegram will take it."""
    try:
        parsed = urlsplit(url)
        host = parsed.hostname or ""
        clean = url.isprintable() and " " not in url
        return clean and parsed.scheme in ("http", "https") and bool(_HOST.fullmatch(host))
    except ValueError:
        return False


def place(site: str, document_id: str, quotes: Sequence[Quote]) -> str:
    """Where the page shows a document, with the first of some quotes marked; '' without a page."""
    if not site:
        return ""
    spans = ",".join(f"{one.start}-{one.end}" for one in quotes[:MARKED])
    marks = f"?q={spans}#q" if spans else ""
    return f"{site}/d/{quote(document_id, safe='/')}{marks}"


def _linked(line: str, citation: Citation, url: str) -> str:
    """Link the title inside its citation, or all of it if it doesn't show the title."""
    if not opens(url):
        return escape(line)
    title = cited_title(citation)
    before, found, after = line.partition(title)
    if not found:
        return link(line, url)
    return escape(before) + link(title, url) + escape(after)
