"""What may be told of people: nothing with fewer than five of them behind it, as is promised."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.texts import Texts

FEWEST = 5
"""People behind a figure that is shown: fewer could be told apart."""


class Figure(NamedTuple):
    """A count, and the people who are behind it."""

    label: str
    total: int
    people: frozenset[int]

    @property
    def is_shown(self) -> bool:
        """Whether enough people are behind it."""
        return len(self.people) >= FEWEST

    def written(self, texts: Texts) -> str:
        """The count, or that it is too small to be shown."""
        return shown(texts, self.total, len(self.people))


def shown(texts: Texts, count: int, people: int) -> str:
    """A count, unless too few people are behind it."""
    return str(count) if people >= FEWEST else texts.stats_few.format(limit=FEWEST)


def kept_apart(parts: Sequence[Figure], rest: Figure | None = None) -> list[Figure]:
    """Parts of a sum that is shown, with nobody behind those that would give others away.

    A part that is hidden is what the sum has beyond the parts that are shown. So the smallest of
    these are hidden as well, until enough people are behind all that is hidden.

    Args:
        parts: that make up the sum, but for the rest.
        rest: of the sum, which is never shown.
    """
    places = [place for place, one in enumerate(parts) if one.is_shown]
    told = sorted(places, key=lambda place: parts[place].total)
    hidden = (rest.people if rest else frozenset()).union(
        *(one.people for one in parts if not one.is_shown)
    )
    while told and 0 < len(hidden) < FEWEST:
        hidden |= parts[told.pop(0)].people
    return [
        one if place in told else Figure(one.label, one.total, frozenset())
        for place, one in enumerate(parts)
    ]
