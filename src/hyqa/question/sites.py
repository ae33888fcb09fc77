"""Find parks and places that a question names, and questions that ask about one in general."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from hyqa.text.names import Gazetteer
from hyqa.text.thesaurus import equals, known_phrases
from hyqa.text.tokens import normalize

_HOW_IS_IT = (
    r"怎么样|怎样|咋样|如何|(?:是|有)?(?:个|一个)?(?:什么|啥)(?:样的?|地方{kinds})?|的|吗|呢"
    r"|\b(?:what|how|who|where)?\s*(?:is|are|'s|about)\b|\bthe\b"
)
"""A pattern of the words that ask of a thing in general; ``kinds`` are words for parks."""


def sites_among(
    named: Iterable[str], terms: Mapping[str, str], gazetteer: Gazetteer
) -> tuple[tuple[str, ...], ...]:
    """Find the parks and places among the names in a question, each with all of its names, folded.

    Args:
        named: proper names that stand in the question.
        terms: English names of Chinese ones: Chinese names of one English name are one thing's.
        gazetteer: tells which of the names are those of parks and places.
    """
    return tuple(_names_of(name, terms) for name in named if gazetteer.is_site(name))


def subject_of_overview(
    question: str, named: Sequence[str], terms: Mapping[str, str], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Find the park that a question asks about in general (云岭高新区怎么样?): its names, folded, or ().

    Args:
        question: its own words.
        named: proper names that stand in it.
        terms: English names of Chinese ones.
        gazetteer: tells which of the names are those of parks and places.
    """
    name = named[0] if named else ""
    rest = _how_is_it(gazetteer.parts).sub("", normalize(question.replace(name, " ")))
    if not gazetteer.is_site(name) or re.search(r"\w", rest):
        return ()
    return _names_of(name, terms)


@lru_cache(maxsize=4)
def _how_is_it(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_HOW_IS_IT.format(kinds="".join(f"|{kind}" for kind in kinds)))


def _names_of(name: str, terms: Mapping[str, str]) -> tuple[str, ...]:
    """A name, folded, and the others of the same thing.

    They are those that the glossary has for it, and those with its kind in full or in short
    (云岭经开区, 云岭经济开发区).
    """
    english = terms.get(name, name)
    chinese = (one for one, other in terms.items() if other.lower() == english.lower())
    written = dict.fromkeys(map(normalize, [name, english, *chinese]))
    kinds = ((one, kind) for one in written for kind in known_phrases(one))
    other = (one.replace(kind, full) for one, kind in kinds for full in sorted(equals(kind)))
    return tuple(dict.fromkeys([*written, *other]))
