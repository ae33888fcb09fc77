"""Telling pages whose text layer is missing, or does not say what the page shows."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from hyqa.parsing.pdf.layout.pages import Page

SCANNED = 20
"""Letters and digits on a page below which a picture on it is a scan rather than an emblem."""
PICTURED = 0.3
"""Share of a page that pictures cover from which it may be a scan: margins are cut off."""
DRAWN = 300
"""Shapes on a page with hardly a letter from which its characters may be drawn as outlines."""
MAX_NAMELESS = 0.1
"""Share of characters that fonts do not name from which the rest is of no use."""
COMMON_SHARE = 0.6
"""Share of Chinese characters that are common ones, below which a text is garbled.

It is .97 and more in official texts, and about a half where characters are taken at random.
"""
LEAST_CHINESE = 30
"""Chinese characters from which their share of common ones says something."""
ACCENTED_SHARE = 0.3
"""Share of accented letters and signs from which Chinese bytes were taken for Latin ones."""
SYMBOL_SHARE = 0.3
"""Share of ASCII's marks and signs from which they stand for other characters, if they are many.

On a page of XML it is .28, with 12 different ones.
"""
MANY_SYMBOLS = 16
"""Different marks and signs from which a page is not one of formulas or of program text."""
MAX_BROKEN = 0.5
"""Share of a file's pages with broken fonts from which the others, with the same, are not sound."""

FONTS = "its fonts do not tell which characters they show"
GARBLED = "its text layer is garbled"

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ACCENTED = re.compile("[\u00a1-\u00ff]")
_GLYPH_NAMES = re.compile(r"(?:/[gG][0-9A-F]{1,4}){2,}|/g\d{1,4}|\(cid:\d+\)")
"""What programs write for characters of a font that does not tell what they are."""


def _is_common(character: str) -> bool:
    """Return whether it is of the first level of GB 2312 or of Big5, which holds common ones."""
    simplified = character.encode("gb2312", "ignore")
    if simplified and simplified[0] <= 0xD7:
        return True
    traditional = character.encode("big5", "ignore")
    return bool(traditional) and traditional[0] <= 0xC6


class _Kinds(dict[str, tuple[bool, ...]]):
    """What characters count as, in the order of :class:`_Counts`."""

    def __missing__(self, character: str) -> tuple[bool, ...]:
        category = unicodedata.category(character)
        chinese = bool(_CHINESE.match(character))
        kinds = (
            character.isalnum(),
            category[0] == "L",
            bool(_ACCENTED.match(character)),
            chinese,
            chinese and _is_common(character),
            character == "\ufffd" or category in ("Co", "Cn", "Cc", "Cs"),
            character.isascii() and category[0] in "PS",
        )
        return self.setdefault(character, kinds) if character < "\U00010000" else kinds


_KINDS = _Kinds()


class _Counts(NamedTuple):
    """How many characters of a text are of each kind."""

    alphanumeric: int = 0
    letters: int = 0
    accented: int = 0
    chinese: int = 0
    common: int = 0
    nameless: int = 0
    symbols: int = 0


def _count(text: str) -> _Counts:
    alike = Counter(map(_KINDS.__getitem__, text))
    columns = zip(*([count * one for one in kinds] for kinds, count in alike.items()), strict=True)
    return _Counts(*map(sum, columns))


def is_garbled(text: str) -> bool:
    """Return whether a text is what wrong tables of characters make of Chinese."""
    return _is_garbled(text, _count(text))


def _is_garbled(text: str, counts: _Counts) -> bool:
    many = counts.symbols > SYMBOL_SHARE * len(text)
    if many and sum(_KINDS[character][-1] for character in set(text)) >= MANY_SYMBOLS:
        return True
    if counts.accented > ACCENTED_SHARE * max(counts.letters, LEAST_CHINESE):
        return True
    return counts.chinese >= LEAST_CHINESE and counts.common < COMMON_SHARE * counts.chinese


def find_fault(text: str, unmapped: int, pictured: float, shapes: int) -> str:
    """Return why a page's text layer cannot be relied on, or an empty string.

    Args:
        text: All that it holds.
        unmapped: How many of its characters their fonts do not name.
        pictured: Share of the page that pictures cover, 0 to 1.
        shapes: How many shapes are drawn on the page.
    """
    counts = _count(text)
    letters = counts.alphanumeric
    nameless = unmapped + counts.nameless
    nameless += sum(len(name) for name in _GLYPH_NAMES.findall(text))
    if nameless > MAX_NAMELESS * max(letters, 1) and nameless + letters >= SCANNED:
        return FONTS
    if letters < SCANNED and (pictured >= PICTURED or shapes >= DRAWN):
        return "it has no text layer and looks like a scan"
    return GARBLED if _is_garbled(text, counts) else ""


def spread_faults(pages: Sequence[Page]) -> list[Page]:
    """Return the pages of a file, all with text as faulty where most of them are broken."""
    held = [page for page in pages if page.runs]
    broken = sum(page.fault in (FONTS, GARBLED) for page in held)
    if not broken or broken < MAX_BROKEN * len(held):
        return list(pages)
    return [replace(page, fault=page.fault or FONTS) if page.runs else page for page in pages]
