"""Finding the main content of an HTML page."""

import re

from bs4 import BeautifulSoup, Tag

from hyqa.errors import ParseError

CONTENT_SHARE = 0.3
"""Share of a page's text that its main content has at least; menus are dropped before."""
MAX_CELL = 300
"""Characters of a table's cell from which the table lays out a page rather than data."""

MAX_DEPTH = 500
"""Elements inside one another: pages have some 30, and searching takes the square of it."""

_NOISE = ["script", "style", "nav", "header", "footer", "aside", "noscript", "template"]
_NOISE += ["iframe", "svg", "object", "button", "select", "textarea"]
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTENT = re.compile(
    r"^(?:TRS_Editor|UCAP-CONTENT|zoom|pages_content|content|article|articlecontent|"
    r"article[-_]?(?:con|content|body|text)|con[-_]?text|main[-_]?(?:text|content)|"
    r"text[-_]?con(?:tent)?|news[-_]?(?:content|text|body)|detail[-_]?(?:content)?|"
    r"info[-_]?content|entry-content|post-content|view)$",
    re.IGNORECASE,
)


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))


def _size(tag: Tag) -> int:
    return sum(len(string.strip()) for string in tag.strings)


def _check_depth(body: Tag) -> None:
    depths = {id(body): 0}
    for tag in body.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    if max(depths.values()) > MAX_DEPTH:
        raise ParseError(f"its elements are nested more than {MAX_DEPTH} deep")


def _drop_noise(body: Tag) -> None:
    for tag in body.find_all(_NOISE):
        tag.decompose()
    for tag in [tag for tag in body.find_all(True) if _is_hidden(tag)]:
        tag.decompose()
    whole = _size(body)
    for form in body.find_all("form"):  # ASP.NET wraps whole pages in a form
        if not form.decomposed and _size(form) <= CONTENT_SHARE * whole:
            form.decompose()


def _names(tag: Tag) -> list[str]:
    classes = tag.get("class") or ()
    return [str(tag.get("id") or ""), *([classes] if isinstance(classes, str) else classes)]


def _candidates(body: Tag) -> list[list[Tag]]:
    named = [tag for tag in body.find_all(True) if any(map(_CONTENT.match, _names(tag)))]
    return [list(body.find_all("article")), list(body.find_all("main")), named]


def _is_data_row(row: Tag) -> bool:
    cells = row.find_all(["td", "th"])
    return not row.find("table") and all(_size(cell) <= MAX_CELL for cell in cells)


def _flatten_rows(content: Tag, soup: BeautifulSoup) -> None:
    """Puts one paragraph in the place of each row of a table of data."""
    for row in content.find_all("tr"):
        if not _is_data_row(row):
            continue
        cells = [" ".join(cell.stripped_strings) for cell in row.find_all(["td", "th"])]
        paragraph = soup.new_tag("p")
        paragraph.string = " | ".join(filter(None, cells))
        row.clear()
        row.append(paragraph)


def main_content(soup: BeautifulSoup) -> Tag:
    """Returns the element with the main content, cleared of menus, scripts and hidden parts.

    It is the longest <article>, else <main>, else an element that Chinese government sites
    and common systems call content, as long as it has enough of the text; else the body.

    Raises:
        ParseError: The page has no body, or is nested too deep.
    """
    body = soup.body
    if body is None:
        raise ParseError("there is no page in it")
    _check_depth(body)
    _drop_noise(body)
    least = CONTENT_SHARE * _size(body)
    content = body
    for tags in _candidates(body):
        best = max(tags, key=_size, default=None)
        if best is not None and _size(best) > least:
            content = best
            break
    _flatten_rows(content, soup)
    return content
