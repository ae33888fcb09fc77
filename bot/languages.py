"""Which language to speak: of the interface, and of an answer that does not say which."""

import re
from enum import StrEnum

from hyqa import Language

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


class Tongue(StrEnum):
    """Languages of the interface."""

    SIMPLIFIED = "zh-hans"
    TRADITIONAL = "zh-hant"
    ENGLISH = "en"

    @property
    def language(self) -> Language:
        """The language that citations are written in."""
        return Language.ENGLISH if self is Tongue.ENGLISH else Language.CHINESE


def of_code(code: str | None) -> Tongue:
    """Tongue for a user's IETF language code: Chinese for zh of any kind, else English."""
    primary, *rest = (code or "").replace("_", "-").lower().split("-")
    if primary != "zh":
        return Tongue.ENGLISH
    return Tongue.TRADITIONAL if _TRADITIONAL & set(rest) else Tongue.SIMPLIFIED


def of_text(text: str, code: str | None) -> Tongue:
    """Tongue of a text with letters in it, or of the user where it has none."""
    user = of_code(code)
    if _CHINESE.search(text):
        return user if user is not Tongue.ENGLISH else Tongue.SIMPLIFIED
    return Tongue.ENGLISH if _LATIN.search(text) else user
