"""Years, dates and terms: finding them in text, and reading them as ISO 8601.

Dates are strings in ISO 8601, and may be reduced: ``2024`` is all of that year, ``2024-05`` all
of that month. An empty string stands for no date.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hyqa.text.figures import NUMERAL, YEAR, read_number

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WHOLE_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_CERTAIN_YEAR = re.compile(rf"(?<!\d){YEAR}(?=\s*年|\b)")
_SHORT_YEAR = re.compile(r"(?<![\d第近前后])(?=1[5-9]|2[1-9])\d\d(?=年(?![内来间后前以期]))")
"""A year as it is said (24年); 20年 is more often how long."""

_ISO = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_IN_FIGURES = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_YEAR_IN_WORDS = "[一二][零〇○ＯO０一二三四五六七八九]{3}"
_ANY_YEAR = rf"[12１２][0-9０-９]{{3}}|{_YEAR_IN_WORDS}"
_FEW = f"[0-9０-９]{{1,2}}|{NUMERAL}"
WRITTEN_DATE = (
    rf"(?<![0-9０-９])(?:{_ANY_YEAR})\s{{0,2}}年"
    rf"(?:\s{{0,2}}(?:{_FEW})\s{{0,2}}月(?:\s{{0,2}}(?:{_FEW})\s{{0,2}}日)?)?"
)
"""A pattern of a Chinese date, in figures or in words, with as much of it as is written."""
YEAR_BEGINS = rf"(?:[12]\d{{3}}|{_YEAR_IN_WORDS})\s?年"
"""A pattern of how a line begins that a Chinese date opens."""
_PARTS = re.compile(rf"\s*({_ANY_YEAR})\s*年(?:\s*({_FEW})\s*月(?:\s*({_FEW})\s*日)?)?", re.DOTALL)
_MONTH = "(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in MONTHS if m[3:]) + r"|May)\.?"
ENGLISH_DATE = rf"(?:\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|{_MONTH},? \d{{4}})"
"""A pattern of an English date with its month in letters; ignore case when matching it."""
SHOWN_DATE = (
    r"\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]"
    r"|\b\d{4}-\d\d(?:-\d\d)?\b"
    rf"|\b(?-i:(?:\d{{1,2}} |(?!May\b(?! \d)))(?:{'|'.join(MONTHS)})(?: \d{{1,2}},?)?(?: \d{{4}})?)\b"
)
"""A pattern of what a reader takes for a date, with or without its year; nothing is read from it. May is
a month only beside a day or a year."""


def years_in(text: str) -> list[str]:
    """Find the years that a text names in figures, in its order."""
    return _WHOLE_YEAR.findall(text)


def certain_years_in(text: str) -> list[str]:
    """Find the years of a text that are no amounts: in ``2000亩`` and ``2000至3000`` there is none.

    In a question ``2024GDP`` names a year, too, so that :func:`years_in` asks for less.
    """
    return _CERTAIN_YEAR.findall(text)


def with_full_years(text: str) -> str:
    """Write the years out that a text names by two digits: ``24年`` becomes ``2024年``."""
    return _SHORT_YEAR.sub(lambda match: f"20{match.group()}", text)


def find_date(raw: str) -> str:
    """Find the first day written in figures, as in ``2024年5月3日`` or ``2024/5/3``.

    Returns:
        The day, or '' where the text holds none that exists.
    """
    for parts in _IN_FIGURES.findall(raw):
        try:
            return date(*map(int, parts)).isoformat()
        except ValueError:
            continue
    return ""


def iso_parts(written: str) -> tuple[int, ...]:
    """Split a date into year, month and day, as far as it goes; () where it is no date."""
    match = _ISO.fullmatch(written)
    parts = [int(part) for part in match.groups() if part] if match else []
    try:
        date(*[*parts, 1, 1][:3])
    except (ValueError, TypeError):  # no such day; no parts at all
        return ()
    return tuple(parts)


def days_of(iso: str) -> tuple[date, date] | None:
    """Return the first and the last day of a date, which may be reduced; None where it is none."""
    parts = iso_parts(iso)
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    last = parts[2] if len(parts) > 2 else monthrange(year, month)[1]
    return date(*[*parts, 1, 1][:3]), date(year, month, last)


def exact_date(value: object) -> str:
    """Return a date as ISO 8601, as precise as it is given.

    Args:
        value: A date, or ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as a string or a number.

    Raises:
        ValueError: It is no date, none that exists, or one before the year 1000.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    written = str(value).strip()
    if written.startswith("0") or not iso_parts(written):
        raise ValueError(written)
    return written


def read_written(written: str) -> str:
    """Read a Chinese date, in figures or in words (``二〇二四年五月``).

    Returns:
        The date, as precise as it is written; '' where it is none.
    """
    match = _PARTS.match(written)
    if not match:
        return ""
    try:
        year, month, day = (read_number(part) if part else 0 for part in match.groups())
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def read_english(written: str) -> str:
    """Read an English date, such as ``3 May 2024`` or ``May 2024``.

    Returns:
        The date, as precise as it is written; '' where it is none.
    """
    folded = written.lower()
    month = next((at for at, name in enumerate(MONTHS, 1) if name[:3].lower() in folded), None)
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if month is None or not numbers:
        return ""
    day = f"-{numbers[0]:02}" if len(numbers) > 1 else ""
    try:
        return exact_date(f"{numbers[-1]}-{month:02}{day}")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time in months."""

    months: int


def last_of_term(first: str, term: Term) -> str:
    """Return the last day of a term, as precise as its first day is known.

    Args:
        first: The day on which the term begins; of a reduced date, the month or year.
        term: How long it lasts.

    Returns:
        The day, month or year; '' where the calendar has no such day, or where a term of months
        begins on a day of which only the year is known.
    """
    year, month = int(first[:4]), int(first[5:7] or 1)
    if len(first) == len("YYYY") and term.months % 12:
        return ""
    years, months = divmod(year * 12 + month - 1 + term.months, 12)
    try:
        if len(first) < len("YYYY-MM-DD"):
            return exact_date(f"{years:04}-{months + 1:02}"[: len(first)])
        return (_clamped(years, months + 1, int(first[8:])) - timedelta(1)).isoformat()
    except ValueError:
        return ""


def days_after(first: str, days: int) -> str:
    """Return the day some days after another; '' where that is reduced or no date."""
    try:
        return (date.fromisoformat(first) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _clamped(year: int, month: int, day: int) -> date:
    """The day of a month, or the first of the next where the month is shorter."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
