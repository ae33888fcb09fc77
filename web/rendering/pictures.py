"""Pictures as SVG: what stands where. Positions on them say nothing of positions on land.

Lengths are units of the picture, which are pixels where it is shown as large as it is. Nothing is
told by colour alone: groups are boxes with a title, and what belongs together is joined by lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

WIDE, NARROW = 1040, 328
"""Widths of a picture: of a table on a screen, and of a phone of 360 pixels less its margins."""
SIZE, LEADING = 14, 20
"""Size of letters, and the height of a line of them."""
_PAD, _GAP = 10, 12
_LATIN_WIDTH = 0.58
"""Width of a Latin letter by its size, in the fonts of the style sheet, a little too large; a
Chinese one is as wide as it is high."""


_OPEN, _CLOSE = "（《“‘(", " ）》”’)，。、；：！？"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a picture, those of the style sheet."""

    paper: str
    card: str
    ink: str
    soft: str
    line: str

    @classmethod
    def of(cls, is_dark: bool) -> "Palette":
        """The colours in the light or in the dark."""
        if is_dark:
            return cls("#12171a", "#1a2125", "#e8eaea", "#a9b3b8", "#7ccfd8")
        return cls("#fbfaf6", "#ffffff", "#1c2226", "#566068", "#0b5d66")


@dataclass(frozen=True, slots=True)
class Card:
    """A box with lines of text; the first ``heads`` of them are its title."""

    x: float
    y: float
    width: float
    lines: list[str]
    heads: int

    @property
    def height(self) -> float:
        """How high its lines make it."""
        return len(self.lines) * LEADING + 2 * _PAD

    @property
    def middle(self) -> float:
        """Where lines to it end."""
        return self.y + self.height / 2

    @property
    def placed(self) -> Iterator[tuple[str, float, float, bool]]:
        """Each line, where it begins, and whether it belongs to the title."""
        for number, words in enumerate(self.lines):
            y = self.y + _PAD + (number + 0.75) * LEADING
            yield words, self.x + _PAD, y, number < self.heads


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture; a link is from one point to another."""

    width: float
    height: float
    cards: list[Card]
    links: list[tuple[float, float, float, float]] = field(default_factory=list)


def county_picture(groups: Sequence[tuple[str, Sequence[str]]], *, is_narrow: bool) -> Drawn:
    """A card for each county with the names of its parks, in one column or three."""
    columns, whole = (1, NARROW) if is_narrow else (3, WIDE)
    width = (whole - (columns - 1) * _GAP) / columns
    ends = [0.0] * columns
    cards = []
    for title, names in groups:
        column = ends.index(min(ends))
        card = _card(column * (width + _GAP), ends[column], width, title, names)
        ends[column] += card.height + _GAP
        cards.append(card)
    return Drawn(whole, max(max(ends) - _GAP, 0), cards)


def chain_picture(
    chains: Sequence[tuple[str, Sequence[str], Sequence[str]]],
    parks: Mapping[str, str],
    *,
    is_narrow: bool,
) -> Drawn:
    """The chains on the left, their parks on the right, and a line from each to each of its own.

    Args:
        chains: name, further lines, and the keys of the parks of each.
        parks: the names of parks by their keys.
        is_narrow: whether it is for a phone.
    """
    whole, between = (NARROW, 44) if is_narrow else (WIDE, 260)
    width = (whole - between) / 2
    left = _column(0, width, [(name, lines) for name, lines, _ in chains], _GAP)
    order = _order([keys for _, _, keys in chains], parks)
    names: list[tuple[str, Sequence[str]]] = [(parks[key], ()) for key in order]
    high = _end(left)
    spare = high - _end(_column(0, width, names, 0))
    gap = max(_GAP, spare / max(len(names) - 1, 1))
    right = _column(width + between, width, names, gap)
    at = dict(zip(order, right, strict=True))
    links = [
        (width, card.middle, at[key].x, at[key].middle)
        for card, (_, _, keys) in zip(left, chains, strict=True)
        for key in keys
        if key in at
    ]
    return Drawn(whole, max(high, _end(right)), [*left, *right], links)


def wrapped(words: str, width: float) -> list[str]:
    """Cut words into lines of a width at most: between Latin words, and between Chinese letters."""
    lines, line = [], ""
    for part in _parts(words):
        if line and _width((line + part).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += part if line else part.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _parts(words: str) -> Iterator[str]:
    """What must stay on one line: a Latin word with the space behind it, a Chinese letter.

    What closes stays with what is before it, what opens with what is behind it.
    """
    part = ""
    for char in words:
        if part and _may_break(part[-1], char):
            yield part
            part = ""
        part += char
    if part:
        yield part


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSE or before in _OPEN:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _width(words: str) -> float:
    return sum(SIZE * (1 if _is_wide(char) else _LATIN_WIDTH) for char in words)


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def _card(x: float, y: float, width: float, title: str, others: Sequence[str]) -> Card:
    head = wrapped(title, width - 2 * _PAD)
    rest = [line for one in others for line in wrapped(one, width - 2 * _PAD)]
    return Card(x, y, width, [*head, *rest], len(head))


def _column(
    x: float, width: float, entries: Sequence[tuple[str, Sequence[str]]], gap: float
) -> list[Card]:
    cards: list[Card] = []
    for title, others in entries:
        y = cards[-1].y + cards[-1].height + gap if cards else 0.0
        cards.append(_card(x, y, width, title, others))
    return cards


def _end(cards: Sequence[Card]) -> float:
    return cards[-1].y + cards[-1].height if cards else 0.0


def _order(chains: Sequence[Sequence[str]], parks: Mapping[str, str]) -> list[str]:
    """Keys of parks that a chain is in, by where their chains stand: few lines cross then."""
    places: dict[str, list[int]] = {}
    for number, keys in enumerate(chains):
        for key in keys:
            if key in parks:
                places.setdefault(key, []).append(number)
    return sorted(places, key=lambda key: sum(places[key]) / len(places[key]))
