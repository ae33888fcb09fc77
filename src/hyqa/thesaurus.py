"""Colloquial words and the official ones that they stand for."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from hyqa.tokens import normalize, stem


def equals(word: str) -> frozenset[str]:
    """The other words, folded, that a document may use for this one."""
    return _chinese().get(word, frozenset()) | _english().get(stem(word), frozenset())


def synonyms_in(text: str) -> tuple[str, ...]:
    """Words that documents may use for those of a text, in a fixed order; none is in the text."""
    folded = normalize(text)
    latin = {stem(word) for word in re.findall(r"[a-z]+", folded)}
    groups = [group for word, group in _chinese().items() if word in folded]
    groups += [group for word, group in _english().items() if word in latin]
    return tuple(sorted({word for group in groups for word in group if word not in folded}))


@cache
def _groups() -> dict[str, list[list[str]]]:
    return tomllib.loads(files("hyqa").joinpath("data/thesaurus.toml").read_text(encoding="utf-8"))


@cache
def _chinese() -> dict[str, frozenset[str]]:
    return {word: frozenset(group) - {word} for group in _groups()["chinese"] for word in group}


@cache
def _english() -> dict[str, frozenset[str]]:
    groups = [[normalize(word) for word in group] for group in _groups()["english"]]
    return {stem(word): frozenset(group) - {word} for group in groups for word in group}
