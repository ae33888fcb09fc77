"""Recognise lists among a document's sentences: their introduction, their items, their end."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from hyqa.text.figures import NUMERAL, read_number
from hyqa.text.lists import BULLETS, CIRCLES, FIRST_ITEM
from hyqa.types import Sentence

DATED = "dated"
"""Kind of a list whose items begin with the month that they tell of."""
FAR = 4
"""Sentences from one item to the next beyond which two without numbers are of two lists."""
SHORTEST_BLOCK = 2
"""Sentences under a heading, at least, to speak of a block."""

_ITEM = re.compile(
    rf"[\s*#]*(?:(?P<item>{NUMERAL})[、.．]|[（(](?P<subitem>{NUMERAL})[）)]"
    rf"|(?P<point>\d{{1,2}})[.．、](?!\d)|[（(](?P<subpoint>\d{{1,2}})[）)]|(?P<halved>\d{{1,2}})[）)]"
    rf"|(?P<circled>[{CIRCLES}])|(?P<firstly>{NUMERAL})是|第(?P<ordinal>{NUMERAL})[，、,：:是]"
    rf"|(?:[^，。,]{{2,3}}，)?(?:[在于自]|In |On )?(?P<dated>\d{{4}}年\d{{1,2}}月|[A-Z][a-z]{{2,8}} \d{{4}}\b))"
    rf"|\s*(?P<bullet>[{BULLETS}])\s?(?=\S)"
)
"""How an item begins; the group's name is the kind of its list. It finds kinds in one match, where
:func:`hyqa.text.lists.read_mark` tries each, and knows some that number no part of an outline."""
_WITHIN = re.compile(rf"[：:]\s*(?={FIRST_ITEM})")
"""Where a list begins in the sentence that introduces it."""
_HEADING = re.compile(
    r"\s*(?:(?P<marks>#{1,6})\s|(?P<bold>\*\*[^*]{2,20}\*\*[：:]?\s*$|【[^】]{2,14}】)"
    rf"|(?P<item>{NUMERAL}[、.．][^。；;，,]{{2,20}}[：:]?$)"
    rf"|(?P<subitem>[（(]{NUMERAL}[）)][^。；;，,]{{2,20}}[：:]?$))"
)
_DEPTHS = {"bold": 7, "item": 8, "subitem": 9}
"""How deep a heading stands; one of Markdown as deep as it has marks."""
_LABEL = re.compile(r"[^。；;，,：:]{2,14}[：:]\s*$")
"""A line of a form that only names what the lines below it tell."""
LONGEST_HEADING = 40

Mark = tuple[str, int | None]
"""The kind of an item's number, and its value where it has one."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: places of its items among the sentences, of what introduces it and of its end.

    Where nothing introduces it, ``introduction`` is its first item's place; ``end`` is that of the
    first sentence after it.
    """

    kind: str
    items: tuple[int, ...]
    introduction: int
    end: int


@dataclass(slots=True)
class _Open:
    kind: str
    introduction: int
    number: int | None
    items: list[int] = field(default_factory=list)


def listings_in(sentences: Sequence[Sentence], texts: Sequence[str]) -> list[Listing]:
    """Find the lists of two items or more among sentences, those within items included.

    Args:
        sentences: of a document, in order.
        texts: their words.
    """
    found: list[Listing] = []
    open_: list[_Open] = []
    for place, text in enumerate(texts):
        if place and sentences[place].section != sentences[place - 1].section:
            found += _closed(open_, 0, place)
        for mark, within in _marks(text):
            begins = place > 0 and sentences[place - 1].section == sentences[place].section
            found += _take(open_, mark, place, place - (begins and not within))
    return found + list(_closed(open_, 0, len(texts)))


def block_end(place: int, sentences: Sequence[Sentence], texts: Sequence[str]) -> int:
    """Find where the block under a heading or a label ends: at the next of its level, or with its section."""
    label, depth = is_label(texts[place]), _depth(texts[place])
    for following in range(place + 1, len(texts)):
        if sentences[following].section != sentences[place].section:
            return following
        if sentences[following].opens and (
            (is_heading(texts[following]) and _depth(texts[following]) <= depth)
            or (label and is_label(texts[following]))
        ):
            return following
    return len(texts)


def _depth(text: str) -> float:
    """How deep a heading stands; deeper than any what is none."""
    match = _HEADING.match(text)
    if match is None:
        return math.inf
    return len(match["marks"]) if match["marks"] else _DEPTHS[str(match.lastgroup)]


def is_heading(text: str) -> bool:
    """Say whether a sentence is a heading in the running text."""
    return _HEADING.match(text) is not None


def is_label(text: str) -> bool:
    """Say whether a sentence is a label: a line that only names what stands below it."""
    return _LABEL.fullmatch(text) is not None


def announces(text: str) -> bool:
    """Say whether a sentence only announces what follows it."""
    return is_heading(text) or (len(text) <= LONGEST_HEADING and text.endswith(("：", ":")))


def _marks(text: str) -> Iterator[tuple[Mark, bool]]:
    """The numbers of the items that begin in a sentence, each with whether it begins within."""
    if mark := _mark(text, 0):
        yield mark, False
    begins = _WITHIN.search(text)
    if begins and (mark := _mark(text, begins.end())):
        yield mark, True


def _mark(text: str, start: int) -> Mark | None:
    match = _ITEM.match(text, start)
    kind = match.lastgroup if match else None
    if match is None or kind is None:
        return None
    return kind, None if kind in (DATED, "bullet") else read_number(match[kind])


def _take(open_: list[_Open], mark: Mark, place: int, introduction: int) -> Iterator[Listing]:
    """Add an item to the innermost list that it goes on with, or begin one."""
    kind, number = mark
    for depth in range(len(open_) - 1, -1, -1):
        one = open_[depth]
        near = number is not None or place - one.items[-1] <= FAR
        if one.kind == kind and near and (number is None or number == (one.number or 0) + 1):
            yield from _closed(open_, depth + 1, place)
            one.items.append(place)
            one.number = number
            return
    same = next((depth for depth, one in enumerate(open_) if one.kind == kind), len(open_))
    yield from _closed(open_, same, place)
    if number is None or number <= 1:
        open_.append(_Open(kind, introduction, number, [place]))


def _closed(open_: list[_Open], depth: int, place: int) -> Iterator[Listing]:
    """Close the lists below a depth; the last item is taken to be as long as most are."""
    while len(open_) > depth:
        one = open_.pop()
        if len(one.items) > 1:
            usual = median_low(b - a for a, b in zip(one.items, one.items[1:], strict=False))
            end = min(place, one.items[-1] + max(1, usual))
            yield Listing(one.kind, tuple(one.items), one.introduction, end)
