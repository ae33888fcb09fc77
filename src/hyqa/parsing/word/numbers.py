"""The numbers that Word writes before paragraphs of automatic lists: they stand in no text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml import etree

LEVELS = 9
"""Levels of a list, as Word has them."""
LARGEST = 100_000
"""Largest number that is written in other figures than Arabic ones."""

_PLACE = re.compile(r"%([1-9])")
_GAPPED = re.compile(r"[\w.):\]]$")
"""How a number ends that a gap follows; after a Chinese mark, as in 一、 there is none to be seen."""
_HAN = "〇一二三四五六七八九"
_ROMAN = (
    *(("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50)),
    *(("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)),
)


def chinese_number(value: int) -> str:
    """Return a number below 100,000 in Chinese, as 十二 and 二百零三."""
    words, gap = "", False
    for unit, power in (("万", 10_000), ("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // power % 10
        if digit:
            words += ("零" if gap and words else "") + _HAN[digit] + unit
        gap = not digit
    return (words.removeprefix("一") if words.startswith("一十") else words) or "〇"


def _roman(value: int) -> str:
    words = ""
    for letters, size in _ROMAN:
        words += letters * (value // size)
        value %= size
    return words


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if value <= len(signs) else str(value)


_CIRCLES = _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_FIGURES: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "ideographDigital",
        ),
        chinese_number,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _CIRCLES),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": "{:02d}".format,
    "decimalEnclosedParen": "({})".format,
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}


def _written(value: int, figures: str) -> str:
    write = _FIGURES.get(figures, str)
    return write(value) if 0 < value < LARGEST else str(value)


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered."""

    start: int = 1
    figures: str = "decimal"
    shape: str = ""
    gap: str = " "
    arabic: bool = False


def _value(element: etree._Element | None, name: str, default: str) -> str:
    found = element.find(qn(name)) if element is not None else None
    return default if found is None else str(found.get(qn("w:val"), default))


def _level(element: etree._Element) -> _Level:
    start = _value(element, "w:start", "1")
    return _Level(
        start=int(start) if start.isdecimal() else 1,
        figures=_value(element, "w:numFmt", "decimal"),
        shape=_value(element, "w:lvlText", ""),
        gap="" if _value(element, "w:suff", "tab") == "nothing" else " ",
        arabic=element.find(qn("w:isLgl")) is not None,
    )


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the definition whose count it shares, its levels, whether it sets its own start."""

    abstract: str
    levels: Mapping[int, _Level]
    begins_anew: bool


class Numbering:
    """Counts the paragraphs of all lists of a document, in its order.

    Args:
        root: The root of its ``numbering.xml``, or None where there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[str] = set()
        for element in () if root is None else root.iterchildren(qn("w:abstractNum")):
            self._abstract[element.get(qn("w:abstractNumId"), "")] = _levels(element)
        for element in () if root is None else root.iterchildren(qn("w:num")):
            abstract = _value(element, "w:abstractNumId", "")
            levels = dict(self._abstract.get(abstract, {}))
            overrides = list(element.iterchildren(qn("w:lvlOverride")))
            for one in overrides:
                depth = _number_of(one, "w:ilvl")
                levels[depth] = _override(one, levels.get(depth, _Level()))
            number = element.get(qn("w:numId"), "")
            self._lists[number] = _List(abstract, levels, bool(overrides))

    def next(self, number: str, depth: int) -> str:
        """Return what stands before the next paragraph of a list, with the gap after it.

        Args:
            number: The list's ``numId``.
            depth: The level in it, from 0.
        """
        if number not in self._lists or not 0 <= depth < LEVELS:
            return ""
        one = self._lists[number]
        counts = self._counts.setdefault(one.abstract, [0] * LEVELS)
        if one.begins_anew and number not in self._begun:
            counts[:] = [0] * LEVELS
        self._begun.add(number)
        levels = one.levels
        level = levels.get(depth, _Level())
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (LEVELS - depth - 1)
        return _number(level, levels, counts)


def _number_of(element: etree._Element, name: str) -> int:
    value = element.get(qn(name), "0")
    return int(value) if value.isdecimal() else 0


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {_number_of(one, "w:ilvl"): _level(one) for one in element.iterchildren(qn("w:lvl"))}


def _override(element: etree._Element, level: _Level) -> _Level:
    own = element.find(qn("w:lvl"))
    level = level if own is None else _level(own)
    start = _value(element, "w:startOverride", "")
    return replace(level, start=int(start)) if start.isdecimal() else level


def _number(level: _Level, levels: Mapping[int, _Level], counts: list[int]) -> str:
    if level.figures in ("bullet", "none") and not _PLACE.search(level.shape):
        return "" if level.figures == "bullet" else level.shape

    def place(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = levels.get(depth, _Level())
        figures = "decimal" if level.arabic else other.figures
        return _written(counts[depth] or other.start, figures)

    shown = _PLACE.sub(place, level.shape)
    return shown + level.gap if _GAPPED.search(shown) else shown
