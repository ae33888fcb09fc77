"""Which language to speak before an answer says which."""

import re

from hyqa import Language

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")


def of_code(code: str | None) -> Language:
    """Language for a user's IETF language code: Chinese for zh of any kind, else English."""
    primary = (code or "").replace("_", "-").split("-")[0].lower()
    return Language.CHINESE if primary == "zh" else Language.ENGLISH


def of_text(text: str, code: str | None) -> Language:
    """Language of a text with letters in it, or of the user where it has none."""
    if _CHINESE.search(text):
        return Language.CHINESE
    return Language.ENGLISH if _LATIN.search(text) else of_code(code)
