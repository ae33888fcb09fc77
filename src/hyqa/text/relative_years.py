"""Read years that are told by their distance from today (去年), or from another year (前一年)."""

import re
from datetime import date

import rjieba

from hyqa.text.tokens import normalize

_FROM_TODAY = {
    **dict.fromkeys(("今年", "本年", "本年度"), 0),
    **dict.fromkeys(("去年", "上年", "昨年"), -1),
    **dict.fromkeys(("明年", "来年"), 1),
    "前年": -2,
    "大前年": -3,
    "后年": 2,
}
"""Words, as the tagger cuts them: the 前年 of 目前年产量 is none."""
_ENGLISH_FROM_TODAY = (
    (re.compile(r"\bthis (?:year|yr)\b", re.IGNORECASE), 0),
    (re.compile(r"\b(?:last|past) (?:year|yr)\b", re.IGNORECASE), -1),
    (re.compile(r"\bnext (?:year|yr)\b", re.IGNORECASE), 1),
    (re.compile(r"\byear before last\b", re.IGNORECASE), -2),
    (re.compile(r"\byear after next\b", re.IGNORECASE), 2),
)
_BEFORE = re.compile(
    r"(?:再?往?[前上](?:面|推)?一年)(?!度)"
    r"|\b(?:(?:the|a|one)\s+)?(?:(?:year|yr)\s+(?:before(?!\s+last)|prior|earlier|previous)|(?:previous|prior|preceding)\s+(?:year|yr))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[后下]一年(?!度)|次年(?!度)|\b(?:the\s+)?(?:(?:year|yr)\s+after(?!\s+next)|following\s+(?:year|yr))\b",
    re.IGNORECASE,
)
_FROM_ANOTHER = ((_BEFORE, -1), (_AFTER, 1))


def names_year_from_today(text: str) -> bool:
    """Say whether a text tells a year by its distance from today."""
    return bool(_distances(text))


def years_from_today(text: str, day: date) -> tuple[str, ...]:
    """Find the years that a text tells by their distance from a day, four digits each.

    Where it tells a distance from another year, that is taken for the day's.
    """
    rest = [by for pattern, by in _FROM_ANOTHER if pattern.search(text)]
    return tuple(dict.fromkeys(str(day.year + by) for by in [*_distances(text), *rest]))


def _distances(text: str) -> list[int]:
    told = rjieba.cut(normalize(text), False)
    words = [_FROM_TODAY[word] for word in told if word in _FROM_TODAY]
    rest = [by for pattern, by in _ENGLISH_FROM_TODAY if pattern.search(text)]
    return [*words, *rest]


def with_years_from(text: str, year: int) -> str:
    """Write the years out that a text tells by their distance from a year: 前一年 becomes 2022年.

    Args:
        text: in Chinese or English.
        year: from which they are counted.
    """
    for pattern, by in _FROM_ANOTHER:
        text = pattern.sub(lambda told, by=by: _written(year + by, told.group()), text)  # type: ignore[misc]
    return text


def _written(year: int, instead_of: str) -> str:
    return str(year) if instead_of.isascii() else f"{year}年"
