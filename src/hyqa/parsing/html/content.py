"""Finding the main content of an HTML page.

What publishing systems call their content is taken by its name, the rest left to readability,
which weighs paragraphs (Arc90's method). On nine pages in the manner of Chinese portals, WeChat
and English guidance (``tests/parsing/pages.py``), the mean F1 of characters was .97; readability
alone reached .82, trafilatura .83, resiliparse .75, and names alone .69.
"""

import logging
import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, document_fromstring, tostring
from readability import Document
from readability.readability import Unparseable

from hyqa.types.errors import ParseError

CONTENT_SHARE = 0.3
"""Share of a page's text that its main content has at least; menus are dropped before."""
LINKED_SHARE, LEAST_LINKS = 0.8, 4
"""Share of a list's text that is links, and how many, from which it is a menu."""
INNER_SHARE = 0.85
"""Share of a content's text from which the content inside it is meant: the rest is its date."""
MAX_ELEMENTS = 50_000
"""Elements of a page whose content is looked for: no page with a menu has as many, an exported
book or register has, and is taken whole."""
MAX_DEPTH = 500
"""Elements inside one another: pages have some 30."""

_NOISE = (
    "script style nav header footer aside noscript template iframe svg object button select"
    " textarea input canvas video audio"
).split()
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTENT = re.compile(
    r"(?:TRS_Editor|UCAP-CONTENT|js_content|o?zoom|zhengwen|pages_content|content|article|"
    r"articlecontent|article[-_]?(?:con|content|body|text)|con[-_]?text|main[-_]?(?:text|content)|"
    r"text[-_]?con(?:tent)?|txt[-_]?(?:box|con)|news[-_]?(?:content|text|body)|detail[-_]?(?:content)?|"
    r"info[-_]?content|entry-content|post-content|view)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"foot(?:er)?|copyright|ft|bottom|crumbs?|bread(?:crumb)?s?(?:nav)?|location|share|related|ewm|qr_?code"
    r"|cookie[-_]banner|skip-link|feedback|comments?|prev|next|btns",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Size:
    """Characters of an element's text, those of the links in it, and how many links there are."""

    words: int = 0
    linked: int = 0
    links: int = 0


def _sizes(body: HtmlElement) -> dict[HtmlElement, _Size]:
    """Return the size of each element, in one pass from the last to the first."""
    sizes: dict[HtmlElement, _Size] = {tag: _Size() for tag in body.iter()}
    for tag in reversed(sizes):
        size = sizes[tag]
        size.words += len((tag.text or "").strip()) if isinstance(tag.tag, str) else 0
        if tag.tag == "a":
            size.linked, size.links = size.words, 1
        outer = sizes.get(tag.getparent())
        if outer is not None:
            outer.words += size.words + len((tag.tail or "").strip())
            outer.linked += size.linked
            outer.links += size.links
    return sizes


def _drop(tag: HtmlElement) -> None:
    if tag.getparent() is not None:
        tag.drop_tree()


def check_depth(body: HtmlElement) -> None:
    """Check that a page is not nested without end.

    Raises:
        ParseError: It is.
    """
    depth = 0
    for event, _ in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise ParseError(f"its elements are nested more than {MAX_DEPTH} deep")


def _names(tag: HtmlElement) -> list[str]:
    return [tag.get("id") or "", *(tag.get("class") or "").split()]


def _is_content(tag: HtmlElement) -> bool:
    return any(map(_CONTENT.fullmatch, _names(tag)))


def _is_around(tag: HtmlElement) -> bool:
    return any(map(_AROUND.fullmatch, _names(tag)))


def _is_hidden(tag: HtmlElement) -> bool:
    """Return whether nobody sees it; a named content, as WeChat's, is shown by a script."""
    if "hidden" in tag.attrib or tag.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(tag.get("style") or "")) and not _is_content(tag)


def _is_menu(tag: HtmlElement, size: _Size) -> bool:
    listed = tag.tag in ("ul", "ol", "table", "div")
    return listed and size.links >= LEAST_LINKS and size.linked >= LINKED_SHARE * size.words


def _drop_unseen(body: HtmlElement) -> None:
    for tag in [*body.iter(*_NOISE), *filter(_is_hidden, body.iterdescendants(etree.Element))]:
        _drop(tag)


def _drop_around(body: HtmlElement) -> None:
    """Drop menus, small forms, and what its name says stands around the text."""
    sizes = _sizes(body)
    whole = sizes[body].words
    for tag, size in sizes.items():
        if tag is body or not isinstance(tag.tag, str):
            continue
        small = size.words <= CONTENT_SHARE * whole
        most = size.words > (1 - CONTENT_SHARE) * whole
        form = tag.tag == "form" and small  # ASP.NET wraps whole pages in a form
        if form or (not most and (_is_around(tag) or _is_menu(tag, size))):
            _drop(tag)


def _innermost(tag: HtmlElement, sizes: dict[HtmlElement, _Size]) -> HtmlElement:
    """Return the last called content among those inside that hold nearly all of its text."""
    least = INNER_SHARE * sizes[tag].words
    inner = [one for one in tag.iterdescendants() if sizes[one].words >= least and _is_content(one)]
    return inner[-1] if inner else tag


def _named(body: HtmlElement) -> HtmlElement | None:
    """Return the longest <article>, else <main>, else element called content, if long enough."""
    sizes = _sizes(body)
    tags = [tag for tag in sizes if isinstance(tag.tag, str)]
    for kind in (
        [tag for tag in tags if tag.tag == "article"],
        [tag for tag in tags if tag.tag == "main"],
        [tag for tag in tags if _is_content(tag)],
    ):
        best = max(kind, key=lambda tag: sizes[tag].words, default=None)
        if best is not None and sizes[best].words > CONTENT_SHARE * sizes[body].words:
            return _innermost(best, sizes)
    return None


def _weighed(body: HtmlElement) -> HtmlElement | None:
    """Return what readability takes for the article, or None where that is too little."""
    page = tostring(body, encoding="unicode")
    logging.getLogger("readability.readability").setLevel(logging.CRITICAL + 1)
    try:
        found = document_fromstring(Document(page).summary(html_partial=True)).body
    except (Unparseable, etree.LxmlError):
        return None
    sizes = (_sizes(found)[found].words, _sizes(body)[body].words)
    return found if sizes[0] > CONTENT_SHARE * sizes[1] else None


def main_content(body: HtmlElement) -> HtmlElement:
    """Return the element with the main content, cleared of menus, scripts and hidden parts."""
    _drop_unseen(body)
    if sum(1 for _ in body.iter()) > MAX_ELEMENTS:
        return body
    _drop_around(body)
    named = _named(body)
    if named is not None:
        return named
    weighed = _weighed(body)
    return body if weighed is None else weighed
