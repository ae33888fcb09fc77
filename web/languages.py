"""Which language a page speaks: the one chosen, else a question's, else the browser's."""

import re
from enum import StrEnum

from hyqa import Language

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_MOST_CODES = 10
"""Languages of a browser that are looked at; people list two or three."""
_WEIGHT = re.compile(r"q=([01](?:\.\d{0,3})?)")


class Tongue(StrEnum):
    """Languages of the page; the value is the one of ``lang``."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @property
    def language(self) -> Language:
        """The language that citations are written in."""
        return Language.ENGLISH if self is Tongue.ENGLISH else Language.CHINESE


def named(value: str) -> Tongue | None:
    """The tongue of a page's own parameter ``lang``; None where it names none of them."""
    codes = {one.value.lower(): one for one in Tongue} | {"zh": Tongue.SIMPLIFIED}
    return codes.get(value.strip().lower())


def of_browser(header: str) -> Tongue:
    """Tongue of an ``Accept-Language`` header: of the first language wanted most that is spoken."""
    wanted = [_wish(entry) for entry in header.split(",")[:_MOST_CODES]]
    for _, code in sorted(wanted, key=lambda wish: -wish[0]):
        primary, *rest = code.split("-")
        if primary == "zh":
            return Tongue.TRADITIONAL if _TRADITIONAL & set(rest) else Tongue.SIMPLIFIED
        if primary == "en":
            return Tongue.ENGLISH
    return Tongue.SIMPLIFIED if not header.strip() else Tongue.ENGLISH


def code_of(words: str) -> str:
    """What ``lang`` says of words that may be in another language than what stands around them."""
    return Tongue.SIMPLIFIED.value if _CHINESE.search(words) else Tongue.ENGLISH.value


def of_text(text: str, browser: Tongue) -> Tongue:
    """Tongue of a text with letters in it, else of the browser."""
    if _CHINESE.search(text):
        return browser if browser is not Tongue.ENGLISH else Tongue.SIMPLIFIED
    return Tongue.ENGLISH if _LATIN.search(text) else browser


def _wish(entry: str) -> tuple[float, str]:
    code, _, rest = entry.partition(";")
    weight = _WEIGHT.search(rest)
    return (float(weight[1]) if weight else 1.0), code.strip().replace("_", "-").lower()
