"""The numbers that head the parts of documents: 第一章, 一、, （一）, 1., 1.2, （1）, ①, 附件1."""

import re
from dataclasses import dataclass

from hyqa.text.figures import COUNTED, read_number

_NO_REFERENCE = r"(?!\s*(?:项(?!目)|款(?!项)|目(?!标|的|录|前)|至|、|和\s?[（(第]))"
"""Behind （二） in 第（二）项 and the like, which refers to an item and heads none."""
_HAN = "[〇零一二三四五六七八九十百两\\d]{1,5}"
ANNEX, PART, CHAPTER, SECTION, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT, CIRCLED = range(10)
"""Ranks of the kinds of numbers from the outside in, as GB/T 9704 and the rules of laws nest them.

1.2 and 1.2.3 stand below 1 by tenths of a rank.
"""
_KINDS = (
    (ANNEX, re.compile(r"(?P<mark>附\s?[件录]\s*(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2}|[A-Z])?)(?=$|[\s:：.．、（(])[\s:：.．、]*")),
    (PART, re.compile(rf"(?P<mark>第(?P<n>{_HAN})(?:编|篇|部分))[\s、:：]*")),
    (CHAPTER, re.compile(rf"(?P<mark>第(?P<n>{_HAN})章)[\s、:：]*")),
    (SECTION, re.compile(rf"(?P<mark>第(?P<n>{_HAN})节)[\s、:：]*")),
    (ARTICLE, re.compile(rf"(?P<mark>第(?P<n>{_HAN})条(?:之[一二三四五六七八九十])?)(?![款项例第至、和的规所])[\s　:：]*")),
    (PART, re.compile(r"(?P<mark>Part\s(?P<n>\d{1,2}|[IVX]{1,5}))\b[.:\s—–-]*")),
    (CHAPTER, re.compile(r"(?P<mark>Chapter\s(?P<n>\d{1,2}|[IVX]{1,5}))\b[.:\s—–-]*")),
    (SECTION, re.compile(r"(?P<mark>Section\s(?P<n>\d{1,2}|[IVX]{1,5}))\b[.:\s—–-]*")),
    (ARTICLE, re.compile(r"(?P<mark>Article\s(?P<n>\d{1,3}))\b(?!\s(?:of|and|or|to|in)\b)[.:\s—–-]*")),
    (ITEM, re.compile(r"(?P<mark>(?P<n>[一二三四五六七八九十]{1,3})\s?[、.．])(?![一二三四五六七八九十][季月年、])\s*")),
    (SUBITEM, re.compile(rf"(?P<mark>[（(]\s?(?P<n>[一二三四五六七八九十]{{1,3}})\s?[）)]){_NO_REFERENCE}[、.．]?\s*")),
    (POINT, re.compile(r"(?P<mark>(?P<n>\d{1,2}(?:[.．]\d{1,2}){1,4})[.．]?)(?![\d%％年月日])(?=\s*[^\W\d])\s*")),
    (POINT, re.compile(r"(?P<mark>(?P<n>\d{1,2})\s?[、.．])(?!\s*\d)\s*")),
    (SUBPOINT, re.compile(rf"(?P<mark>[（(]\s?(?P<n>\d{{1,2}})\s?[）)]){_NO_REFERENCE}[、.．]?\s*")),
    (CIRCLED, re.compile(r"(?P<mark>(?P<n>[①-⑳]))\s*")),
)  # fmt: skip
_BARE = re.compile(rf"(?P<mark>(?P<n>\d{{1,2}}))\s+(?=[^\W\d]{{2}})(?!{COUNTED})")
"""The number of a clause of a standard, 3 范围: on a line of its own only."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at a place of a text.

    ``words`` are the number as written; ``end`` is where what it numbers begins; ``path`` are
    its figures, several for 1.2.
    """

    rank: float
    path: tuple[int, ...]
    words: str
    start: int
    end: int

    @property
    def value(self) -> int:
        """The figure that counts on from its neighbour before it."""
        return self.path[-1]


def read_mark(text: str, start: int, *, bare: bool = False) -> Mark | None:
    """Returns the number that stands at a place of a text, if there is one.

    Args:
        text: A document's text.
        start: The place.
        bare: Whether a figure and a space is a number, as in standards.
    """
    kinds = (*_KINDS, (POINT, _BARE)) if bare else _KINDS
    for rank, pattern in kinds:
        match = pattern.match(text, start)
        if match:
            path = _path(match["n"])
            depth = rank + (len(path) - 1) / 10
            return Mark(depth, path, match["mark"], start, match.end())
    return None


def _path(figures: str | None) -> tuple[int, ...]:
    if not figures:
        return (1,)
    if re.fullmatch("[IVX]+", figures):
        return (_roman(figures),)
    if figures.isascii() and figures.isalpha():
        return (ord(figures) - ord("A") + 1,)
    return tuple(map(read_number, re.split("[.．]", figures)))


def _roman(figures: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[figure] for figure in figures]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
