"""Highlight what a reader looks for first in a quote: amounts, dates and conditions."""

import re
from collections.abc import Iterator

from hyqa.text.dates import SHOWN_DATE
from hyqa.text.figures import (
    CURRENCIES,
    DIGITS,
    ENGLISH_UNITS,
    NUMBER,
    UNITS,
)
from hyqa.types import Highlight, HighlightKind

_ENGLISH_SCALES = "thousand|million|billion|trillion"
_PATTERNS = (
    (
        HighlightKind.DATE,
        r"[\dJFMASOND]",
        rf"(?:{SHOWN_DATE})(?:(?<=年)度)?",
    ),
    (
        HighlightKind.AMOUNT,
        r"[RUC$¥€\d一二两三四五六七八九十百千]",
        rf"(?:{CURRENCIES}|[$¥€])\s?{DIGITS}(?:\s?(?:{_ENGLISH_SCALES}))?"
        rf"|{NUMBER}\s*[多余]?(?:[万亿千百]?余?(?:{UNITS['money']}|{UNITS['area']})|{UNITS['percentage']})"
        rf"|{DIGITS}\s?(?:(?:{_ENGLISH_SCALES}) )?(?:{ENGLISH_UNITS['money']}|{ENGLISH_UNITS['area']}"
        rf"|{ENGLISH_UNITS['percentage']}(?:age points?)?)",
    ),
    (
        HighlightKind.CONDITION,
        r"[但除不最以试有peuasn]",
        r"但(?:是|不)?|除[^，。；]{1,30}(?:外|以外)|除外|不超过|不低于|不得[^，。；]{1,20}|最[高低长多]不?[^，。；\d]{0,4}(?=\d)"
        r"|以[上下内]|试行|有效期[^，。；]{1,20}|\b(?:provided that|except(?: for)?|unless|up to|at (?:most|least)|subject to|no more than|not exceed(?:ing)?)\b",
    ),
)
"""What is highlighted: its kind, what it begins with, how it looks. The beginning alone rules out most
places of a text in half of the time."""
_FINDERS = tuple(
    (kind, re.compile(f"(?={begins})(?:{looks})", re.IGNORECASE))
    for kind, begins, looks in _PATTERNS
)


def highlights_of(text: str, start: int) -> tuple[Highlight, ...]:
    """Find what to highlight in a quote.

    Args:
        text: the quote.
        start: where it begins in its document.

    Returns:
        Stretches of the document's text, in order, none inside another.
    """
    found: list[Highlight] = []
    for one in sorted(_all(text, start), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def _all(text: str, start: int) -> Iterator[Highlight]:
    for kind, finder in _FINDERS:
        for match in finder.finditer(text):
            if match.end() > match.start():
                yield Highlight(kind, start + match.start(), start + match.end())
