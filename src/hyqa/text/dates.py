"""Dates as documents carry them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_WRITTEN = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_EXACT = re.compile(r"[1-9]\d{3}(?:-\d{2}(?:-\d{2})?)?")

_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "○": 0}
_DIGITS |= {"Ｏ": 0, "O": 0, "０": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_YEAR = "[12１２][0-9０-９]{3}|[一二][零〇○ＯO０一二三四五六七八九]{3}"
_FEW = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
WRITTEN_DATE = (
    rf"(?<![0-9０-９])(?:{_YEAR})\s{{0,2}}年"
    rf"(?:\s{{0,2}}(?:{_FEW})\s{{0,2}}月(?:\s{{0,2}}(?:{_FEW})\s{{0,2}}日)?)?"
)
"""A Chinese date, in figures or in words, with as much of it as is written."""
_PARTS = re.compile(rf"\s*({_YEAR})\s*年(?:\s*({_FEW})\s*月(?:\s*({_FEW})\s*日)?)?", re.DOTALL)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = (
    "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS if name[3:]) + r"|may)\.?"
)
ENGLISH_DATE = rf"(?:\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|{_MONTH},? \d{{4}})"
"""An English date with its month in letters, to be matched without regard to case."""


def find_date(raw: str) -> str:
    """Returns the first real day that is written in some words, else an empty string."""
    for year, month, day in _WRITTEN.findall(raw):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def exact_date(value: object) -> str:
    """Returns a date as ISO 8601, as precise as it is given.

    Args:
        value: A date, or ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as a string or a number.

    Raises:
        ValueError: It is no date, or none that exists.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    written = str(value).strip()
    if not _EXACT.fullmatch(written):
        raise ValueError(written)
    date.fromisoformat(written + "-01-01"[len(written) - 4 :])
    return written


def read_number(written: str) -> int:
    """Returns the number that some figures or Chinese numerals below a hundred say.

    Raises:
        ValueError: They say none.
    """
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in written if digit in _DIGITS))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def read_written(written: str) -> str:
    """Returns a Chinese date as ISO 8601, as precise as it is written; empty where it is none."""
    match = _PARTS.match(written)
    if not match:
        return ""
    try:
        year, month, day = (read_number(part) if part else 0 for part in match.groups())
        date(year, month or 1, day or 1)
    except (ValueError, KeyError):
        return ""
    return f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def read_english(written: str) -> str:
    """Returns an English date as ISO 8601, as precise as it is written; empty where it is none."""
    month = next((at for at, name in enumerate(_MONTHS, 1) if name[:3] in written.lower()), None)
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
    """A length of time: years, and months above them."""

    months: int


def last_of_term(first: str, term: Term) -> str:
    """Returns the last day of a term that begins on a day, as precise as that day is known.

    Of a reduced date, the month or year that the last day lies in or just before the end of.
    An empty string where the calendar has no such day.
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
    """Returns the day that lies some days after an exact one; empty where it is not exact."""
    try:
        return (date.fromisoformat(first) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def written_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Yields where each Chinese date of a text stands, and what it says."""
    for match in re.finditer(WRITTEN_DATE, text):
        iso = read_written(match[0])
        if iso:
            yield match.start(), match.end(), iso


def _clamped(year: int, month: int, day: int) -> date:
    """The day of a month, or the first of the next where the month is shorter."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
