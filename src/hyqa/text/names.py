"""Names of places, people and things in text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import rjieba

from hyqa.text.tokens import is_chinese

PLACE_TAGS = ("ns",)
"""Tags that the tagger gives to names of places."""
NAME_TAGS = ("nr", "nt", "nz")
"""Tags that it gives to names of people, organisations and other things."""


@dataclass(frozen=True)
class Gazetteer:
    """What a corpus's glossary tells of the places of its region: their names, and how these end.

    The library knows none of it: other regions have other places, and other kinds of them. Words
    are Chinese or Latin, folded.

    Attributes:
        places: names of cities, provinces and counties, without 省, 市, 县.
        own: names of what the corpus's own city is in and what is in it: its province, its counties.
        areas: what ends the name of an administrative area, and often goes unsaid (省, 市).
        cities: those of them that a city has.
        counties: those that tell a county from the city of the same name.
        shortened: what a short form of a name leaves out at its end.
        sites: what ends the name of a park or another place of which there are figures.
        parts: words in a title that is about a park or another part of a city.
        scopes: words that say that a figure is of a whole region, or of one park.
    """

    places: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()

    def without_area(self, name: str) -> str:
        """Leave out what says of what kind an area is: 云岭市 becomes 云岭."""
        return self._area.sub("", name)

    def is_site(self, name: str) -> bool:
        """Say whether a name is that of a park or of another place of which there are figures."""
        return self._site.search(name) is not None

    def is_foreign(self, name: str) -> bool:
        """Say whether a name is that of a place that is neither in the corpus's city nor around it."""
        return name in self.places and name not in self.own

    def names_part(self, title: str) -> bool:
        """Say whether a folded title is about a park or another part of a city."""
        return self._part.search(title) is not None

    def names_city(self, place: str, folded: str) -> bool:
        """Say whether a folded text names a city, and not only the county of the same name."""
        return re.search(rf"{re.escape(place)}(?!\s*{_any(self.counties)})", folded) is not None

    def without_cities(self, folded: str, places: Iterable[str]) -> str:
        """Put a space in the place of each of some cities' names in a folded text."""
        return re.sub(f"{_any(tuple(places))}(?:{_any(self.cities)})?", " ", folded)

    @cached_property
    def _area(self) -> re.Pattern[str]:
        return re.compile(f"(?<=..){_any(self.areas)}$")

    @cached_property
    def _site(self) -> re.Pattern[str]:
        chinese, latin = _by_script(self.sites)
        return re.compile(rf"{_any(chinese)}$|\b{_any(latin)}$", re.IGNORECASE)

    @cached_property
    def _part(self) -> re.Pattern[str]:
        chinese, latin = _by_script(self.parts)
        return re.compile(rf"{_any(chinese)}|\b{_any(latin)}\b")


_BEGINNING = 2
"""Characters by which names are looked up: few of a corpus's names begin with any two of a question."""


class Names(tuple[str, ...]):
    """Proper names of a corpus, to be found in texts."""

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        """The names without capitals, each once, the longest first."""
        return tuple(dict.fromkeys(sorted(map(str.lower, self), key=len, reverse=True)))

    @cached_property
    def _by_beginning(self) -> dict[str, list[int]]:
        """Places in ``longest_first`` of the names that begin with two characters, or are one."""
        found: dict[str, list[int]] = {}
        for place, name in enumerate(self.longest_first):
            found.setdefault(name[:_BEGINNING], []).append(place)
        return found

    def begun_in(self, folded: str) -> list[str]:
        """The names of which a text without capitals has the beginning, the longest first."""
        begun = {folded[at : at + size] for size in (1, _BEGINNING) for at in range(len(folded))}
        places = (self._by_beginning.get(one, ()) for one in begun)
        return [self.longest_first[place] for place in sorted(set(chain.from_iterable(places)))]


def names_in(text: str, names: Names) -> list[str]:
    """Find which of some names stand in a text, in its order, as the text writes them.

    Case is ignored. Of names inside one another, only the longest counts.
    """
    folded = text.lower()
    found: list[tuple[int, str]] = []
    for name in names.begun_in(folded):
        place = folded.find(name)
        if place >= 0:
            found.append((place, text[place : place + len(name)]))
            folded = folded.replace(name, "\0" * len(name))
    return [name for _, name in sorted(found)]


def places_in(text: str) -> list[str]:
    """Find the names of places that the tagger knows, in the order of the text."""
    return [word for word, tag in rjieba.tag(text) if tag in PLACE_TAGS and len(word) > 1]


def is_place(text: str) -> bool:
    """Say whether a text is the name of a place that the tagger knows, and nothing else."""
    tagged = rjieba.tag(text)
    return len(tagged) == 1 and tagged[0][1] in PLACE_TAGS and len(tagged[0][0]) > 1


def _any(words: Sequence[str]) -> str:
    """A pattern of any of some words, longer ones first; one that never matches for none."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if words else "(?!)"


def _by_script(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Words in Chinese, and the others."""
    known = tuple(words)
    return list(filter(is_chinese, known)), [word for word in known if not is_chinese(word)]
