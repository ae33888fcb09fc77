"""Figures, dates and 文号 of a text as values, whatever way they are written."""

import re
from collections.abc import Iterator

from hyqa.text.dates import ENGLISH_DATE, WRITTEN_DATE, read_english, read_written
from hyqa.text.figures import DIGITS, FIGURES, SCALES, UNITS
from hyqa.text.tokens import document_numbers, normalize

_ONES = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_NUMERALS = "".join((*_ONES, *_TENS, *_MYRIADS))
_NUMBER = re.compile(
    rf"(?P<digits>{DIGITS})\s*[多余来]?\s*(?P<scale>[百千]?[万亿]|千|thousand|million|billion)?"
    rf"|(?P<numerals>[{_NUMERALS}]+)"
)
_IN_NUMERALS = re.compile(
    rf"(?<![第\d.{_NUMERALS}])(?<!\d )(?![万亿])(?P<value>[{_NUMERALS}]*[十百千万亿][{_NUMERALS}]*)"
    rf"[多余来]?(?:{'|'.join(UNITS.values())})|百分之(?P<share>[{_NUMERALS}]+)"
)
"""Figures in numerals; 一家 and 三个 are words as often as figures, and are left out."""
_ENGLISH = re.compile(ENGLISH_DATE, re.IGNORECASE)
_CHINESE = re.compile(WRITTEN_DATE)
_ISO = re.compile(r"(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)")
_DAY = re.compile(r"(?<!年)(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.]|\s*[万亿元亩])")
_CODE = re.compile(
    r"([\u4e00-\u9fff]{2})\s*[〔\[(（【]\s*(\d{4})\s*[〕\])）】]\s*第?\s*0*(\d+)\s*号"
)
_THOUSANDS = re.compile(r"(?<=\d)[,，\u00a0\u2009 ](?=\d{3}(?!\d))")

Found = tuple[str, int, int]
"""A value to be compared, and where in the text the words are that say it."""


def numerals_value(written: str) -> float:
    """Read Chinese numerals: 二十, 一亿二千万, 两千三百; digit by digit without tens (二〇二五)."""
    if not any(one in _TENS or one in _MYRIADS for one in written):
        return float("".join(str(_ONES[one]) for one in written))
    total = part = digit = 0
    for one in written:
        if one in _ONES:
            digit = _ONES[one]
        elif one in _TENS:
            part += (digit or 1) * _TENS[one]
            digit = 0
        else:
            total = (total + part + digit) * _MYRIADS[one] if one == "亿" else total
            total += 0 if one == "亿" else (part + digit or 1) * _MYRIADS[one]
            part = digit = 0
    return float(total + part + digit)


def values_in(text: str) -> frozenset[float]:
    """All numbers of a text, each with and without what scales it: 300 and 3,000,000 of 300万."""
    values: set[float] = set()
    for match in _NUMBER.finditer(_THOUSANDS.sub("", normalize(text))):
        if match["numerals"]:
            values.add(numerals_value(match["numerals"]))
            continue
        value = float(match["digits"].replace(",", ""))
        values |= {value, value * _scale(match["scale"])}
    return frozenset(round(value, 6) for value in values)


def _scale(written: str | None) -> float:
    scale = 1.0
    for part in re.findall("[a-z]+|.", written or ""):
        scale *= SCALES.get(part, 100.0 if part == "百" else 1.0)
    return scale


def figures_in(text: str) -> Iterator[tuple[float, int, int]]:
    """The figures of a text that have a unit: their values, and where they stand."""
    folded = text.lower()
    for pattern in FIGURES.values():
        for match in pattern.finditer(folded):
            value = float(match["value"].replace(",", "")) * _scale(match["scale"])
            yield round(value, 6), match.start(), match.end()
    for match in _IN_NUMERALS.finditer(text):
        yield round(numerals_value(match["value"] or match["share"]), 6), match.start(), match.end()


def dates_in(text: str) -> Iterator[Found]:
    """The dates of a text as ISO 8601; of those without a year, month and day as --MM-DD."""
    for pattern, read in ((_CHINESE, read_written), (_ENGLISH, read_english), (_ISO, str)):
        for match in pattern.finditer(text):
            if value := read(match.group()):
                yield value, match.start(), match.end()
    for match in _DAY.finditer(text):
        yield f"--{int(match[1]):02}-{int(match[2]):02}", match.start(), match.end()


def years_in(text: str) -> frozenset[str]:
    """The years that a text names in any way."""
    dates = (value for value, _, _ in dates_in(text))
    return frozenset([*_YEAR.findall(text), *(value[:4] for value in dates if value[0] != "-")])


def numbers_in(text: str) -> Iterator[Found]:
    """The 文号 of a text: the end of the body's sign, the year and the number."""
    for match in _CODE.finditer(text):
        yield f"{match[1]}〔{match[2]}〕{match[3]}号", match.start(), match.end()


def bare_numbers_in(text: str) -> frozenset[str]:
    """The 文号 of a text in any language, without the body's sign."""
    return frozenset(document_numbers(normalize(text)))
