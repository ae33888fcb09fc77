"""Which sign is drawn for a character of a text that nobody vouches for."""

import unicodedata
from collections.abc import Container

MISSING = "〓"
"""Drawn for a character that the font does not have, as printers of Chinese do."""
_NEW_LINE = "\n\x0b\x0c\x85\u2028\u2029"
_UNSEEN = ("Cc", "Cf", "Cs")
"""Controls, format characters such as those that turn the direction of writing, halves of
characters: a reader sees none of them, and what they would do to the words is not done."""
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def signs(text: str, drawn: Container[int]) -> list[str]:
    """The sign of each character, '' where none is drawn, so that offsets stay as they are.

    Args:
        text: any.
        drawn: code points that the font has.
    """
    return [_sign(char, drawn) for char in text]


def _sign(char: str, drawn: Container[int]) -> str:
    if char in _NEW_LINE:
        return "\n"
    if char == "\t":
        return " "
    code, category = ord(char), unicodedata.category(char)
    if category in _UNSEEN or any(code in one for one in _VARIANTS):
        return ""
    if code in drawn:
        return char
    return " " if category == "Zs" else MISSING
