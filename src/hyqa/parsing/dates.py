"""Dates as documents carry them."""

import re
from datetime import date, datetime

_WRITTEN = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_EXACT = re.compile(r"[1-9]\d{3}(?:-\d{2}(?:-\d{2})?)?")


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
