"""Lists in text: the marks of items, articles and headings, and what joins an enumeration.

A mark is what stands before a part of a text and numbers it: 第一章, 一、, （一）, 1., 1.2, （1）, ①
or 附件1. Patterns are strings to compose with, unless they are compiled.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from hyqa.text.figures import COUNTED, NUMERAL, NUMERALS_OR_DIGITS, read_number

CIRCLES = "①-⑳"
"""Circled digits, as they stand inside the brackets of a pattern."""
BULLETS = "•·●■◆▪○-"
"""Bullets, as they stand inside the brackets of a pattern. Markdown has ``*`` besides."""
NUMBERED = rf"[（(]?(?:{NUMERAL}|\d{{1,3}})[）)、.．](?!\d)"
"""A pattern of an item's number with its bracket or stop, whatever its kind."""
FIRST_ITEM = r"(?:[（(]?(?:1|一)[）)、.．]|①|一是|第一)"
"""A pattern of the mark of a list's first item."""
NUMBERED_HEADING = rf"(?:{NUMBERED}|[（(]\d+[）)])"
"""The same of a heading, which may begin with a year: （2023）云刑初字第123号."""
ITEM_MARK = re.compile(rf"\s*(?:{NUMBERED}|[{CIRCLES}]|{NUMERAL}是|[•·●■-])")
"""How an item begins, in the running text or on a line of its own. Of bullets only these: with ◆,
other answers would be longer by the items above or below what they quote."""
LINE_ITEM_MARK = re.compile(
    rf"(?:[*{BULLETS}]|[（(]?\d{{1,3}}[）)、.．](?!\d)|[{CIRCLES}]|[a-zA-Z][）)、.．])"
)
"""How an item begins that stands on a line of its own and is no heading: 一、 and （一） number headings."""
LISTED_LINE_MARK = re.compile(rf"{LINE_ITEM_MARK.pattern}|[（(]{NUMERAL}[）)]")
"""The same where （一） is an item, too: among the lines that a sentence introduces."""
REFERRING = r"\s*(?:项(?!目)|款(?!项)|目(?!标|的|录|前)|至|、|和\s?[（(第])"
"""A pattern of what is behind （二） in 第（二）项 and the like, which refers to an item and begins none."""

PARTING = re.compile(r"[、，,；;]|以及|并且|和|与|及|或者?|\b(?:and|or)\b")
"""What parts the things that a question enumerates."""
PARTING_MEANS = re.compile(r"[、，,；;]|以及|并且|和|或者?|\b(?:and|or)\b")
"""What parts the means that it enumerates: 与 and 及 join what is one thing (健康与安全计划)."""
PARTING_CLAUSES = re.compile(
    r"、|以及|还有|另外|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])|\band\b", re.IGNORECASE
)
"""What parts the things within one clause; commas divide clauses."""
PARTING_COMPARED = re.compile("以及|还是|[和与跟及、]|比")
"""What stands between the two things that a question compares."""
JOINING_NAMES = r"(?:\s*(?:、|,|和|与|跟|及|以及|and)\s*)+"
"""A pattern of what stands between names that are listed."""


class Rank(IntEnum):
    """Kinds of marks from the outside in, as GB/T 9704 and the rules of laws nest them."""

    ANNEX = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    ITEM = 5
    SUBITEM = 6
    POINT = 7
    SUBPOINT = 8
    CIRCLED = 9


_ROMAN = "[IVX]{1,5}"
_KINDS = (
    (Rank.ANNEX, rf"(?P<mark>附\s?[件录]\s*(?P<n>{NUMERAL}|\d{{1,2}}|[A-Z])?)(?=$|[\s:：.．、（(])[\s:：.．、]*"),
    (Rank.PART, rf"(?P<mark>第(?P<n>{NUMERALS_OR_DIGITS})(?:编|篇|部分))[\s、:：]*"),
    (Rank.CHAPTER, rf"(?P<mark>第(?P<n>{NUMERALS_OR_DIGITS})章)[\s、:：]*"),
    (Rank.SECTION, rf"(?P<mark>第(?P<n>{NUMERALS_OR_DIGITS})节)[\s、:：]*"),
    (Rank.ARTICLE, rf"(?P<mark>第(?P<n>{NUMERALS_OR_DIGITS})条(?:之{NUMERAL})?)(?![款项例第至、和的规所])[\s:：]*"),
    (Rank.PART, rf"(?P<mark>Part\s(?P<n>\d{{1,2}}|{_ROMAN}))\b[.:\s—–-]*"),
    (Rank.CHAPTER, rf"(?P<mark>Chapter\s(?P<n>\d{{1,2}}|{_ROMAN}))\b[.:\s—–-]*"),
    (Rank.SECTION, rf"(?P<mark>Section\s(?P<n>\d{{1,2}}|{_ROMAN}))\b[.:\s—–-]*"),
    (Rank.ARTICLE, r"(?P<mark>Article\s(?P<n>\d{1,3}))\b(?!\s(?:of|and|or|to|in)\b)[.:\s—–-]*"),
    (Rank.ITEM, rf"(?P<mark>(?P<n>{NUMERAL})\s?[、.．])(?!{NUMERAL}[季月年、])\s*"),
    (Rank.SUBITEM, rf"(?P<mark>[（(]\s?(?P<n>{NUMERAL})\s?[）)])(?!{REFERRING})[、.．]?\s*"),
    (Rank.POINT, r"(?P<mark>(?P<n>\d{1,2}(?:[.．]\d{1,2}){1,4})[.．]?)(?![\d%％年月日])(?=\s*[^\W\d])\s*"),
    (Rank.POINT, r"(?P<mark>(?P<n>\d{1,2})\s?[、.．])(?!\s*\d)\s*"),
    (Rank.SUBPOINT, rf"(?P<mark>[（(]\s?(?P<n>\d{{1,2}})\s?[）)])(?!{REFERRING})[、.．]?\s*"),
    (Rank.CIRCLED, rf"(?P<mark>(?P<n>[{CIRCLES}]))\s*"),
)  # fmt: skip
_MARKS = tuple((rank, re.compile(pattern)) for rank, pattern in _KINDS)
_BARE = re.compile(rf"(?P<mark>(?P<n>\d{{1,2}}))\s+(?=[^\W\d]{{2}})(?!{COUNTED})")
"""The number of a clause of a standard (3 范围), which stands on a line of its own only."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at a place of a text.

    Attributes:
        rank: its :class:`Rank`; 1.2 and 1.2.3 stand below 1 by tenths of a rank.
        path: its figures, several for 1.2.
        words: the mark as written.
        start: where it begins, as an offset into the text.
        end: where what it numbers begins.
    """

    rank: float
    path: tuple[int, ...]
    words: str
    start: int
    end: int

    @property
    def value(self) -> int:
        """The last of its figures, which counts on from the mark before it."""
        return self.path[-1]


def read_mark(text: str, start: int, *, bare: bool = False) -> Mark | None:
    """Read the mark at a place of a text; None where there is none.

    Args:
        text: any text.
        start: the place, as an offset.
        bare: whether a figure before a space is a mark, as in standards.
    """
    for rank, pattern in (*_MARKS, (Rank.POINT, _BARE)) if bare else _MARKS:
        match = pattern.match(text, start)
        if match:
            return _mark(rank, match)
    return None


def _mark(rank: Rank, match: re.Match[str]) -> Mark | None:
    try:
        path = _path(match["n"])
    except ValueError:  # 第十十章
        return None
    return Mark(rank + (len(path) - 1) / 10, path, match["mark"], match.start(), match.end())


def _path(figures: str | None) -> tuple[int, ...]:
    if not figures:
        return (1,)
    if re.fullmatch(_ROMAN, figures):
        return (_roman(figures),)
    if figures.isascii() and figures.isalpha():
        return (ord(figures) - ord("A") + 1,)
    return tuple(map(read_number, re.split("[.．]", figures)))


def _roman(figures: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[figure] for figure in figures]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
