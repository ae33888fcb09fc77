"""Tell whether a text holds a word: as it is, by a synonym, or in part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from hyqa.text.thesaurus import equals, token_forms
from hyqa.text.tokens import HeldTokens, stem

PART_LENGTH = 3
"""Characters from which a Chinese word may be held in part, pair by pair."""


@dataclass(frozen=True, slots=True)
class WaysToHold:
    """The ways in which a text may hold a word or a synonym of it.

    By the characters of one, by the tokens of the parts of one in Latin letters, or in part, by
    pairs of the word's characters.
    """

    characters: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    pairs: tuple[str, ...]


@lru_cache(maxsize=8192)
def ways_to_hold(word: str) -> WaysToHold:
    """List the ways in which a text may hold a word of a question."""
    forms = (word, *equals(word))
    latin = [re.findall(r"[a-z]+|[\d.]+", form) for form in forms if form.isascii()]
    divided = len(word) >= PART_LENGTH and not word.isascii()
    return WaysToHold(
        characters=tuple(form for form in forms if not form.isascii()),
        parts=tuple(tuple(map(stem, parts)) for parts in latin),
        pairs=tuple(word[i : i + 2] for i in range(len(word) - 1)) if divided else (),
    )


def holds_token(held: HeldTokens, token: str) -> bool:
    """Say whether a text holds a token or a synonym of it."""
    forms = token_forms(token)
    return token in held or (len(forms) > 1 and any(form in held for form in forms))


def share_held(weights: Sequence[float], held: Sequence[float]) -> float:
    """Share of the weight of some words that a text holds, given how much of each it holds."""
    total = sum(weights)
    return sum(map(mul, weights, held)) / total if total else 0.0


def weightiest_missing(weights: Sequence[float], held: Sequence[float]) -> float:
    """Weight of the weightiest word that is missing, beside that of the weightiest of all."""
    missing = [weight * (1 - part) for weight, part in zip(weights, held, strict=True) if part < 1]
    return max(missing, default=0.0) / max(weights, default=1.0)
