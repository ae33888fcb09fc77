"""Colloquial words and the official ones that they stand for."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import rjieba

from hyqa.text.tokens import is_chinese, normalize, stem

_SHORTEST = 2
"""Characters of the shortest entries."""
_LONGEST = 4
"""Characters of the longest word in which an entry may mean something else; in longer ones, names
mostly, it means what it does alone (中国人民大学 is a 大学)."""


def equals(word: str) -> frozenset[str]:
    """List the other words, folded, that a document may use for this one."""
    return _chinese().get(word, frozenset()) | _english().get(stem(word), frozenset())


def known_phrases(folded: str) -> tuple[str, ...]:
    """Find the thesaurus's Chinese words in a folded text, longest first, none inside another.

    Nor inside a longer word: 求职信 does not ask for work.
    """
    found: list[str] = []
    cut = (word for word in rjieba.cut(folded, False) if _SHORTEST < len(word) <= _LONGEST)
    words = [word for word in cut if word not in _chinese()]
    for phrase in _longest_first():
        if phrase in folded and not any(phrase in longer for longer in (*found, *words)):
            found.append(phrase)
    return tuple(found)


def without_phrases(folded: str, phrases: tuple[str, ...]) -> str:
    """Put spaces in the place of some phrases in a folded text."""
    for phrase in phrases:
        folded = folded.replace(phrase, " ")
    return folded


@lru_cache(maxsize=8192)
def token_forms(token: str) -> tuple[str, ...]:
    """List a token of a question, and those that documents may use for it; phrases count as tokens."""
    others = (stem(form) if form.isascii() else form for form in equals(token) if " " not in form)
    return tuple(dict.fromkeys([token, *others]))


def with_phrases(tokens: Iterable[str], rest: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the tokens of a question that stand only inside its phrases, and add the phrases.

    Args:
        tokens: those of the question.
        rest: the folded question without its phrases, see :func:`without_phrases`.
        phrases: the entries that stand in it, see :func:`known_phrases`.
    """
    kept = (t for t in tokens if (c := t.removeprefix("_")) in rest or not is_chinese(c))
    return (*kept, *phrases)


def equals_in(folded: str, phrases: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """List for each word of a text that has any, what documents may use for it, in a fixed order.

    Args:
        folded: the text, see :func:`hyqa.text.tokens.normalize`.
        phrases: the entries that stand in it, see :func:`known_phrases`.

    Returns:
        Words of which none is in the text, a tuple for each word that has others.
    """
    words = [*phrases, *re.findall(r"[a-z]+", folded)]
    others = (sorted(other for other in equals(word) if other not in folded) for word in words)
    return tuple(dict.fromkeys(map(tuple, filter(None, others))))


def chinese_entries() -> tuple[str, ...]:
    """List all Chinese words that people ask with or documents answer with."""
    return tuple(_chinese())


@cache
def _groups() -> dict[str, list[list[str]]]:
    return tomllib.loads(files("hyqa.text").joinpath("thesaurus.toml").read_text(encoding="utf-8"))


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
