"""Hiding numbers of phones and ID cards before a text is kept."""

import re

MASK = "***"
_ID_CARD = r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
_MOBILE = r"1[3-9]\d(?:[ -]?\d{4}){2}"
_LANDLINE = r"0\d{2,3}[ -]?\d{7,8}"
_INTERNATIONAL = r"\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}"
_PERSONAL = re.compile(rf"(?<![\d.,])(?:{_ID_CARD}|{_INTERNATIONAL}|{_MOBILE}|{_LANDLINE})(?![\d])")


def storable(text: str) -> str:
    """The text without what a database may refuse: NUL, and halves of characters."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def masked(text: str) -> str:
    """The text with the numbers of phones and of Chinese ID cards replaced, fit to be stored.

    Full-width digits are read as digits; everything else stays as it is.
    """
    text = storable(text)
    plain = text.translate(_DIGITS)
    pieces, end = [], 0
    for match in _PERSONAL.finditer(plain):
        pieces += [text[end : match.start()], MASK]
        end = match.end()
    return "".join([*pieces, text[end:]])


_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0B: "+", 0xFF0D: "-"}
