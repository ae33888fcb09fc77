"""The lines of PDF pages: what is repeated on every page goes, what is said stays."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hyqa.parsing.characters import squeeze, width

EDGE = 4
"""Lines at the top and at the bottom of a page among which a running header or footer is."""
REPEATED_SHARE = 0.3
"""Share of pages from which an edge line is a header: left and right pages often differ."""
REPEATED_LEAST = 3
WIDE = 50
"""Columns of a line of body text, in which a space between characters is typesetting.

In a shorter one, as in 第一章 总则, it divides words.
"""

_PAGE_NUMBER = re.compile(
    r"(?:[-—–－•·]\s*)?(?:\d{1,4}|[IVXivx]{1,6})(?:\s*[-—–－•·])?"
    r"|第?\s*\d{1,4}\s*页?\s*(?:[/,，]|共|of)\s*\d{1,4}\s*页?"
    r"|第\s*\d{1,4}\s*页|共\s*\d{1,4}\s*页|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?"
)
_CONTENTS_ENTRY = re.compile(r"(?:[.．·…]\s?){4,}\s*(?:\d{1,4}|[IVXivx]{1,6})?$")
_CONTENTS_HEAD = re.compile(r"^(?:目\s*[录次]|Contents|Table of Contents)$", re.IGNORECASE)
_STRAY_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff，、]{5})(?<![章节条款项]) (?=[\u4e00-\u9fff]{5})"
    r"|(?<=[\u4e00-\u9fff])(?<=[，、；。][\u4e00-\u9fff]) (?=[\u4e00-\u9fff]{4})"
)
_SPREAD = re.compile(r"[\u4e00-\u9fff](?: [\u4e00-\u9fff])+")
NAMELESS_GLYPHS = re.compile(r"(?:/[gG][0-9A-F]{1,4}){2,}|/g\d{1,4}")
"""What stands for characters of a font that does not tell what they are."""
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Fonts of some PDFs name a character by its radical, which looks the same but is not found."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, clean; ``fresh`` where it is indented or stands after an empty line."""

    text: str
    page: int
    fresh: bool = False


def _key(text: str) -> str:
    return re.sub(r"\d+|\b[IVXivx]+\b", "#", re.sub(r"\s+", "", text))


def _edges(lines: Sequence[Line]) -> list[Line]:
    return [*lines[:EDGE], *lines[EDGE:][-EDGE:]]


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    counts = Counter(key for page in pages for key in {_key(line.text) for line in _edges(page)})
    least = max(REPEATED_LEAST, REPEATED_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= least}


def _trim(lines: list[Line], repeated: set[str]) -> list[Line]:
    """Returns a page without the headers and numbers above its first line that is neither."""
    count = 0
    while count < min(EDGE, len(lines)) and _is_furniture(lines[count].text, repeated):
        count += 1
    return lines[count:]


def _is_furniture(text: str, repeated: set[str]) -> bool:
    return _key(text) in repeated or bool(_PAGE_NUMBER.fullmatch(text))


def drop_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Returns the pages without running headers and footers, and without page numbers."""
    repeated = _repeated(pages)
    tops = [_trim(list(page), repeated) for page in pages]
    return [_trim(page[::-1], repeated)[::-1] for page in tops]


def drop_contents(lines: Sequence[Line]) -> list[Line]:
    """Returns lines without the entries of a table of contents, and without its heading."""
    kept = [line for line in lines if not _CONTENTS_ENTRY.search(line.text)]
    if len(kept) == len(lines):
        return kept
    return [line for line in kept if not _CONTENTS_HEAD.match(line.text)]


def _tidy(written: str) -> str:
    text = squeeze(NAMELESS_GLYPHS.sub("", written)).translate(_RADICALS)
    if _SPREAD.fullmatch(text):
        return text.replace(" ", "")
    return _STRAY_SPACE.sub("", text) if width(text) >= WIDE else text


def split_page(raw: str, page: int) -> list[Line]:
    """Returns a page's lines, clean, without the spaces that typesetting puts inside words."""
    lines = []
    blank = False
    for written in raw.splitlines():
        text = _tidy(re.sub("\u00ad\\s*$", "-", written))
        if text:
            fresh = blank or written.startswith(("  ", "\u3000"))
            lines.append(Line(text, page, fresh))
        blank = not text
    return lines
