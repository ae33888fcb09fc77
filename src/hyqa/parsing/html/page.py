"""HTML pages: the main content of a page, without what stands around it."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from hyqa.parsing.blocks import Parsed, assemble, mark_title
from hyqa.parsing.characters import clean_line
from hyqa.parsing.html.blocks import read_content
from hyqa.parsing.html.content import check_depth, main_content
from hyqa.parsing.plain.decoding import decode, decode_as, marked_encoding
from hyqa.text.dates import find_date
from hyqa.types.errors import ParseError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_META = {
    "title": ("articletitle", "og:title"),
    "issued": ("pubdate", "article:published_time"),
    "publisher": ("contentsource", "og:site_name"),
}


def decode_page(data: bytes) -> str:
    """Return a page's text by its mark, else by the charset it names, else by trying.

    Raises:
        ParseError: No encoding fits.
    """
    named = _CHARSET.search(data[:4096])
    if marked_encoding(data) or not named:
        return decode(data)
    text = decode_as(data, named[1].decode("ascii").lower())
    return decode(data) if text is None else text


def _meta_tags(page: HtmlElement) -> dict[str, str]:
    """Return what the head says, by the lower-case names of its tags; the first one counts."""
    tags: dict[str, str] = {}
    for tag in page.iter("meta"):
        for key in ("name", "property"):
            name, content = tag.get(key), clean_line(tag.get("content") or "")
            if name and content:
                tags.setdefault(name.lower(), content)
    return tags


def _found(page: HtmlElement) -> dict[str, str]:
    tags = _meta_tags(page)
    fields = {
        field: next((tags[name] for name in names if name in tags), "")
        for field, names in _META.items()
    }
    fields["issued"] = find_date(fields["issued"])
    language = (page.get("lang") or "")[:2].lower()
    fields["language"] = language if language in ("zh", "en") else ""
    return fields


def _page_title(page: HtmlElement) -> str:
    """Return the title in the head, without the site's name where a heading tells it apart."""
    title, heading = (_one_line(page.find(f".//{name}")) for name in ("title", "h1"))
    return heading if heading and title.startswith(heading) else title


def _one_line(tag: HtmlElement | None) -> str:
    return "" if tag is None else clean_line(re.sub(r"\s+", " ", tag.text_content()))


def _parse(text: str) -> HtmlElement:
    """Return the page's root; libxml2 takes bytes, as it refuses strings that name an encoding."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ParseError("there is no page in it") from error


def parse_html(data: bytes) -> Parsed:
    """Return the main content of a page, and what its head says of it.

    Raises:
        ParseError: It cannot be decoded, is nested too deep, or has no text.
    """
    page = _parse(decode_page(data))
    body = page.find("body")
    if body is None:
        raise ParseError("there is no page in it")
    check_depth(body)
    found, page_title = _found(page), _page_title(page)
    blocks, title = mark_title(list(read_content(main_content(body))), found["title"])
    return assemble(blocks, found=found | {"title": title or page_title})
