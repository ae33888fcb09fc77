"""Values of Excel cells as they are displayed, by their number format.

Of the formats, those that policies and statistics use: dates, decimals, thousands, percentages,
and words around a number. What a format says beyond that (colours, conditions) is passed over.
"""

import re
from datetime import date, datetime, time, timedelta

DIGITS = 10
"""Significant digits of a number without a format: Excel shows as many in a usual column."""

_MOMENT = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<plain>.)|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]|(?P<half>AM/PM|上午/下午)'
    r"|(?P<part>y+|m+|d+|h+|s+|a{3,4})|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?,*")
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")
_WEEKDAYS = "一二三四五六日"

Value = str | bool | int | float | datetime | date | time | timedelta | None


def display(value: object, shape: str = "General") -> str:
    """Return what a cell shows.

    Args:
        value: What it holds.
        shape: Its number format, as ``#,##0.00`` or ``yyyy"年"m"月"``.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, shape)
    if isinstance(value, (datetime, date, time)):
        return _moment(value, shape)
    return str(value)


def _plain(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else repr(value)
    return f"{value:.{DIGITS}g}" if abs(value) >= 1e-4 else repr(value)


def _literal(text: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda match: match[1] or match[2] or "", text)


def _section(value: float, shape: str) -> tuple[float, str]:
    """Return the part of a format that is for such a value; one for negatives shows no sign."""
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', shape)
    if value < 0 and len(parts) > 1:
        return -value, parts[1]
    if value == 0 and len(parts) > 2:
        return value, parts[2]
    return value, parts[0]


def _number(value: float, shape: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    value, section = _section(value, shape)
    section = _ASIDE.sub("", section)
    match = _NUMBER.search(re.sub(r'"[^"]*"', lambda quoted: "\0" * len(quoted[0]), section))
    if section.lower() in ("general", "@", "") or "e+" in section.lower():
        return _plain(value)
    if match is None:
        return _literal(section.replace("General", _plain(value)))
    pattern = match[0]
    if pattern.endswith(","):  # shown in thousands
        value /= 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    percent = "%" in section
    decimals = pattern.rstrip(",").partition(".")[2]
    shown = f"{value * (100 if percent else 1):{',' if ',' in pattern.rstrip(',') else ''}.{len(decimals)}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    whole, _, rest = shown.partition(".")
    kept = rest[: len(rest) - optional] + rest[len(rest) - optional :].rstrip("0")
    digits = pattern.partition(".")[0].count("0")
    whole = whole.zfill(digits + whole.startswith("-")) if "," not in whole else whole
    number = f"{whole}.{kept}" if kept else whole
    return _literal(section[: match.start()]) + number + _literal(section[match.end() :])


def _moment(value: datetime | date | time, shape: str) -> str:
    shape = shape.split(";")[0]
    if shape.lower() in ("general", "@"):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    pieces = [match for match in _MOMENT.finditer(shape)]
    half = any(piece["half"] for piece in pieces)
    words = ""
    last = ""
    for place, piece in enumerate(pieces):
        part = (piece["part"] or "").lower()
        if part:
            minutes = part.startswith("m") and (last == "h" or _next_part(pieces, place) == "s")
            words += _part(value, part, minutes=minutes, half=half)
            last = part[0]
        elif piece["half"]:
            words += "AM" if _of(value, "hour") < 12 else "PM"
        else:
            words += piece["quoted"] or piece["plain"] or piece["other"] or ""
    return words.strip()


def _next_part(pieces: list[re.Match[str]], place: int) -> str:
    parts = (piece["part"].lower()[0] for piece in pieces[place + 1 :] if piece["part"])
    return next(parts, "")


def _of(value: datetime | date | time, name: str) -> int:
    return int(getattr(value, name, 0))


def _part(value: datetime | date | time, part: str, *, minutes: bool, half: bool) -> str:
    kind, size = part[0], len(part)
    if kind == "a":
        return _WEEKDAYS[value.weekday()] if isinstance(value, date) else ""
    if kind == "y":
        return f"{_of(value, 'year'):04d}"[-2 if size < 3 else -4 :]
    if kind == "h":
        hour = _of(value, "hour")
        number = (hour % 12 or 12) if half else hour
    elif kind == "s":
        number = _of(value, "second")
    elif minutes:
        number = _of(value, "minute")
    else:
        number = _of(value, "month" if kind == "m" else "day")
        if size > 2 and isinstance(value, date):
            names = {("m", 3): "%b", ("m", 4): "%B", ("d", 3): "%a", ("d", 4): "%A"}
            return value.strftime(names.get((kind, size), "%B"))
    return f"{number:02d}" if size > 1 else str(number)
