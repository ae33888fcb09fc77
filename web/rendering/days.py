"""Days as people write them, and how a document stands on one."""

from dataclasses import dataclass
from datetime import date

from hyqa import Force, Language, Metadata, status_on
from web.languages import Tongue
from web.texts import TEXTS

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_BINDING = ("policy", "law", "plan")
"""Kinds of documents of which one asks whether they are in force."""


@dataclass(frozen=True, slots=True)
class Badge:
    """Whether a document is in force: a word, what decides it, and a name for its colour."""

    kind: str
    words: str


def written(iso: str, tongue: Tongue) -> str:
    """A date that may lack day or month, as its language writes it; other words stay as they are."""
    parts = iso.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        return iso
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if month > 12:
        return iso
    if tongue.language is Language.CHINESE:
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    named = f"{_MONTHS[month - 1]} {year}" if month else f"{year}"
    return f"{day} {named}" if day else named


def badge(meta: Metadata, day: date, tongue: Tongue) -> Badge:
    """How a document stands on a day, in one word or two.

    Of one that binds nobody, such as news, nothing is said where its dates say nothing.
    """
    standing = status_on(meta, day)
    if standing.force is Force.UNKNOWN and meta.kind not in _BINDING:
        return Badge(standing.force.value, "")
    words: str = getattr(TEXTS[tongue], standing.force.value)
    if standing.force in (Force.EXPIRED, Force.REPEALED, Force.NOT_YET) and standing.day:
        gap = " " if tongue is Tongue.ENGLISH else ""
        shown = written(standing.day, tongue)
        words += f"{gap}({shown})" if gap else f"（{shown}）"
    return Badge(standing.force.value, words)
