"""Names of places, people and things in text."""

from collections.abc import Sequence
from functools import lru_cache

import rjieba

PLACE_TAGS = ("ns",)
"""Tags that the tagger gives to names of places."""
NAME_TAGS = ("nr", "nt", "nz")
"""Tags that it gives to names of people, organisations and other things."""


def names_in(text: str, names: Sequence[str]) -> list[str]:
    """Find which of some names stand in a text, in its order, as the text writes them.

    Case is ignored. Of names inside one another, only the longest counts.
    """
    return list(_names_in(text, tuple(names)))


def places_in(text: str) -> list[str]:
    """Find the names of places that the tagger knows, in the order of the text."""
    return [word for word, tag in rjieba.tag(text) if tag in PLACE_TAGS and len(word) > 1]


def is_place(text: str) -> bool:
    """Whether a text is the name of a place that the tagger knows, and nothing else."""
    tagged = rjieba.tag(text)
    return len(tagged) == 1 and tagged[0][1] in PLACE_TAGS and len(tagged[0][0]) > 1


@lru_cache(maxsize=32)  # each step of an answer asks for those of its question
def _names_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    folded = text.lower()
    found: list[tuple[int, str]] = []
    for name in _longest_first(names):
        place = folded.find(name)
        if place >= 0:
            found.append((place, text[place : place + len(name)]))
            folded = folded.replace(name, "\0" * len(name))
    return tuple(name for _, name in sorted(found))


@lru_cache(maxsize=4)
def _longest_first(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sorted(map(str.lower, names), key=len, reverse=True)))
