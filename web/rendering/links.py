"""Addresses: of answers, of places in documents, and of originals elsewhere."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from hyqa import Citation, Form
from web.languages import Tongue

Span = tuple[int, int]

SHEET = "/answer.pdf"
"""Where an answer is found as a PDF to take away."""
VERSION = 8
"""Digits of a document's hash in a link: enough to see that another text stands there now."""
FRAGMENT = 24
"""Characters at each end of a quote that a text fragment names."""
_HOST = re.compile(r"[^\s./]+(\.[^\s./]+)+")
_LINE = re.compile(r"[^\n|]+")


def answer_url(
    question: str,
    after: Sequence[str] = (),
    as_of: date | None = None,
    tongue: Tongue | None = None,
    path: str = "/",
) -> str:
    """The permanent link of an answer: the questions themselves, and nothing else.

    Args:
        question: that is answered.
        after: those before it in the conversation.
        as_of: the day that was asked for.
        tongue: the language that was chosen.
        path: of what shows it: the page, or the PDF at ``SHEET``.
    """
    fields = [("q", question), *(("after", one) for one in after)]
    fields += [("as_of", as_of.isoformat())] if as_of else []
    fields += [("lang", tongue.value)] if tongue else []
    return f"{path}?{urlencode(fields)}"


def document_url(
    id_: str, spans: Sequence[Span] = (), version: str = "", tongue: Tongue | None = None
) -> str:
    """Where a document is shown, with the words at some spans marked.

    Args:
        id_: of the document.
        spans: of its text; the first is gone to.
        version: hash of the document when the link is made.
        tongue: the language that was chosen.
    """
    fields = [("q", ",".join(f"{start}-{end}" for start, end in spans))] if spans else []
    fields += [("v", version[:VERSION])] if spans and version else []
    fields += [("lang", tongue.value)] if tongue else []
    query = f"?{urlencode(fields, safe=',')}" if fields else ""
    return f"/d/{quote(id_, safe='/')}{query}{'#q' if spans else ''}"


def pdf_url(id_: str, page: int) -> str:
    """Where the PDF is shown that a document was read from, at a page."""
    return f"/o/{quote(id_, safe='/')}#page={page}"


def original_url(citation: Citation, words: str = "") -> str:
    """The address of the original, at the words or the page where that can be said; '' for none.

    A digest's words do not stand in its source, so it is linked as a whole.

    Args:
        citation: of the document.
        words: that are quoted.
    """
    url = citation.meta.url
    if not opens(url):
        return ""
    parts = urlsplit(url)
    if parts.path.lower().endswith(".pdf"):
        return url if parts.fragment or not citation.pages else f"{url}#page={citation.pages[0]}"
    if citation.meta.form is Form.DIGEST or not words.strip():
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={_fragment(words)}"


def opens(url: str) -> bool:
    """Whether a browser can open an address, and will go to a host of the net with it."""
    try:
        parsed = urlsplit(url)
        host = parsed.hostname or ""
    except ValueError:
        return False
    clean = url.isprintable() and " " not in url and not parsed.username
    return clean and parsed.scheme in ("http", "https") and bool(_HOST.fullmatch(host))


def _fragment(words: str) -> str:
    """A text fragment that finds words: all of a short line, else how they begin and end."""
    lines = [line.strip() for line in _LINE.findall(words) if line.strip()]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= 2 * FRAGMENT:
        return _encoded(lines[0])
    return f"{_encoded(lines[0][:FRAGMENT])},{_encoded(lines[-1][-FRAGMENT:])}"


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
