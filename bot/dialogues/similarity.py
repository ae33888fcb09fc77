"""Grouping questions that ask much the same."""

from collections.abc import Iterable
from typing import TypeVar

ALIKE = 0.5
"""Share of their pairs of characters that two questions of one group have in common. A word
changed in a short Chinese question takes away a third of its pairs; half still asks the same."""

_T = TypeVar("_T")


def grouped(items: Iterable[tuple[str, _T]]) -> list[tuple[str, list[_T]]]:
    """Put texts that are alike into groups, the largest group first.

    Args:
        items: texts, each with what it stands for.

    Returns:
        Of each group its first text, and what its texts stand for.
    """
    groups: list[tuple[str, frozenset[str], list[_T]]] = []
    for text, item in items:
        pairs = _pairs(text)
        home = next((group for group in groups if _alike(group[1], pairs) >= ALIKE), None)
        if home:
            home[2].append(item)
        else:
            groups.append((text, pairs, [item]))
    groups.sort(key=lambda group: -len(group[2]))
    return [(text, members) for text, _, members in groups]


def _pairs(text: str) -> frozenset[str]:
    letters = "".join(char for char in text.lower() if char.isalnum())
    return frozenset(letters[at : at + 2] for at in range(max(len(letters) - 1, 1)))


def _alike(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard's coefficient of two sets."""
    return len(first & second) / len(first | second)
