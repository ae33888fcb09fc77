"""The line below a quote that says where it stands, its title linked to the original."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.languages import Tongue
from bot.rendering.markup import escape, link, shorten, units
from bot.texts import TEXTS, Texts
from hyqa import Citation, cite, cited_title

SOURCE_LIMIT = 1000
"""Units that one source line may take: the four of a "not found" then fit into one message."""
_HOST = re.compile(r"[^\s./]+(\.[^\s./]+)+")


@dataclass(frozen=True, slots=True)
class Page:
    """How one answer is rendered: its language's words, and the day that it is asked on."""

    tongue: Tongue
    as_of: date | None

    @property
    def texts(self) -> Texts:
        """What the bot says in that language."""
        return TEXTS[self.tongue]


def source(citation: Citation, lead: str, page: Page) -> str:
    """One source line as HTML, its title linked to the original where there is one to open."""
    line = cite(citation, page.tongue.language, as_of=page.as_of)
    linked = escape(lead) + _linked(line, citation)
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
