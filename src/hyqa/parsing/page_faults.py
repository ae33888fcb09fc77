"""Telling pages whose text layer is missing, or does not say what the page shows."""

import re
import unicodedata

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

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ACCENTED = re.compile("[\u00a1-\u00ff]")
_GLYPH_NAMES = re.compile(r"(?:/[gG][0-9A-F]{1,4}){2,}|/g\d{1,4}|\(cid:\d+\)")
"""What programs write for characters of a font that does not tell what they are."""


def _is_common(character: str) -> bool:
    """Returns whether it is of the first level of GB 2312 or of Big5, which holds common ones."""
    simplified = character.encode("gb2312", "ignore")
    if simplified and simplified[0] <= 0xD7:
        return True
    traditional = character.encode("big5", "ignore")
    return bool(traditional) and traditional[0] <= 0xC6


def _is_nameless(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs")


def is_garbled(text: str) -> bool:
    """Returns whether a text is what wrong tables of characters make of Chinese."""
    letters = sum(character.isalpha() for character in text)
    if len(_ACCENTED.findall(text)) > ACCENTED_SHARE * max(letters, LEAST_CHINESE):
        return True
    chinese = _CHINESE.findall(text)
    common = sum(map(_is_common, chinese))
    return len(chinese) >= LEAST_CHINESE and common < COMMON_SHARE * len(chinese)


def find_fault(text: str, unmapped: int, pictured: float, shapes: int) -> str:
    """Returns why a page's text layer cannot be relied on, or an empty string.

    Args:
        text: All that it holds.
        unmapped: How many of its characters their fonts do not name.
        pictured: Share of the page that pictures cover, 0 to 1.
        shapes: How many shapes are drawn on the page.
    """
    letters = sum(character.isalnum() for character in text)
    nameless = unmapped + sum(len(name) for name in _GLYPH_NAMES.findall(text))
    nameless += sum(map(_is_nameless, text))
    if nameless > MAX_NAMELESS * max(letters, 1) and nameless + letters >= SCANNED:
        return "its fonts do not tell which characters they show"
    if letters < SCANNED and (pictured >= PICTURED or shapes >= DRAWN):
        return "it has no text layer and looks like a scan"
    return "its text layer is garbled" if is_garbled(text) else ""
