"""Colloquial words and the official ones that they stand for."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import rjieba

from hyqa.tokens import normalize, stem

_SHORTEST = 2
"""Characters of the shortest entries."""


def equals(word: str) -> frozenset[str]:
    """The other words, folded, that a document may use for this one."""
    return _chinese().get(word, frozenset()) | _english().get(stem(word), frozenset())


def known_phrases(folded: str) -> tuple[str, ...]:
    """The Chinese entries that stand in a folded text, longest first, none inside another.

    Nor inside a longer word: 求职信 does not ask for work.
    """
    found: list[str] = []
    cut = (word for word in rjieba.cut(folded, False) if len(word) > _SHORTEST)
    words = [word for word in cut if word not in _chinese()]
    for phrase in _longest_first():
        if phrase in folded and not any(phrase in longer for longer in (*found, *words)):
            found.append(phrase)
    return tuple(found)


def without_phrases(folded: str, phrases: tuple[str, ...]) -> str:
    """A folded text with spaces for some phrases."""
    for phrase in phrases:
        folded = folded.replace(phrase, " ")
    return folded


def synonyms_in(text: str) -> tuple[str, ...]:
    """Words that documents may use for those of a text, in a fixed order; none is in the text."""
    folded = normalize(text)
    words = [*known_phrases(folded), *re.findall(r"[a-z]+", folded)]
    return tuple(sorted({other for word in words for other in equals(word) if other not in folded}))


@cache
def _groups() -> dict[str, list[list[str]]]:
    return tomllib.loads(files("hyqa").joinpath("data/thesaurus.toml").read_text(encoding="utf-8"))


@cache
def _chinese() -> dict[str, frozenset[str]]:
    return {word: frozenset(group) - {word} for group in _groups()["chinese"] for word in group}


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_chinese(), key=lambda phrase: (-len(phrase), phrase)))


@cache
def _english() -> dict[str, frozenset[str]]:
    groups = [[normalize(word) for word in group] for group in _groups()["english"]]
    return {stem(word): frozenset(group) - {word} for group in groups for word in group}
