"""HTML pages: the main content of a page, without what stands around it."""

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from hyqa.parsing.blocks import Block, Parsed, assemble, mark_title
from hyqa.parsing.characters import clean_line
from hyqa.parsing.content import main_content
from hyqa.parsing.dates import find_date
from hyqa.parsing.decoding import decode, decode_as, marked_encoding

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCK_NAME = re.compile(
    "address|article|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption"
    "|figure|form|h[1-6]|hr|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_META = {
    "title": ("ArticleTitle", "og:title"),
    "issued": ("PubDate", "article:published_time"),
    "publisher": ("ContentSource", "og:site_name"),
}


def decode_page(data: bytes) -> str:
    """Returns a page's text by its mark, else by the charset it names, else by trying.

    Raises:
        ParseError: No encoding fits.
    """
    named = _CHARSET.search(data[:4096])
    if marked_encoding(data) or not named:
        return decode(data)
    text = decode_as(data, named[1].decode("ascii").lower())
    return decode(data) if text is None else text


def _meta(soup: BeautifulSoup, names: tuple[str, ...]) -> str:
    for name in names:
        for key in ("name", "property"):
            tag = soup.find("meta", attrs={key: re.compile(f"^{re.escape(name)}$", re.IGNORECASE)})
            content = tag.get("content") if isinstance(tag, Tag) else None
            if isinstance(content, str) and content.strip():
                return clean_line(content)
    return ""


def _found(soup: BeautifulSoup) -> dict[str, str]:
    fields = {field: _meta(soup, names) for field, names in _META.items()}
    fields["issued"] = find_date(fields["issued"])
    root = soup.find("html")
    language = str(root.get("lang") or "")[:2].lower() if isinstance(root, Tag) else ""
    fields["language"] = language if language in ("zh", "en") else ""
    return fields


def _page_title(soup: BeautifulSoup) -> str:
    title = soup.find("title")
    return clean_line(re.sub(r"\s+", " ", title.get_text())) if isinstance(title, Tag) else ""


def _is_block(tag: Tag) -> bool:
    return bool(_BLOCK_NAME.fullmatch(tag.name))


def _pieces(content: Tag) -> Iterator[tuple[Tag | None, str]]:
    """Yields each string with the block that it stands in; an empty one where a block begins."""
    for node in content.descendants:
        if isinstance(node, Tag) and _is_block(node):
            yield None, ""
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield node.find_parent(_is_block), str(node)


def _blocks(content: Tag) -> Iterator[Block]:
    """Yields a block for each stretch of strings that stand in one element."""
    words = ""
    holder: Tag | None = None
    for parent, string in _pieces(content):
        if parent is not holder and words.strip():
            yield from _block(words, holder)
            words = ""
        if parent is not holder:
            words = ""
        holder = parent
        words += string
    yield from _block(words, holder)


def _block(words: str, holder: Tag | None) -> Iterator[Block]:
    name = holder.name if holder else ""
    if name == "pre":
        yield from map(Block, words.split("\n"))
        return
    level = int(name[1]) if re.fullmatch("h[1-6]", name) else None
    yield Block(re.sub(r"[ \t\r\n\f]+", " ", words), level)


def parse_html(data: bytes) -> Parsed:
    """Returns the main content of a page, and what its head says of it.

    Raises:
        ParseError: It cannot be decoded, or has no text.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 warns of XML and of texts that look like names
        soup = BeautifulSoup(decode_page(data), "lxml")
    found = _found(soup)
    blocks, title = mark_title(list(_blocks(main_content(soup))), found["title"])
    return assemble(blocks, found=found | {"title": title or _page_title(soup)})
