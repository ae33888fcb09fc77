"""A text cut where something about it changes: what is quoted, what limits, what is an amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document's text, ``text[start:end]``, that is to look like its kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A text all of which is of the same kinds; ``start`` is where it stands in its document."""

    text: str
    start: int
    kinds: frozenset[str] = frozenset()


def cut(text: str, start: int, stretches: Iterable[Stretch]) -> list[Piece]:
    """Cut a text into pieces; joined, they are the text.

    Args:
        text: any.
        start: where it begins in its document.
        stretches: of the document; what lies outside of the text is passed over.
    """
    end = start + len(text)
    inside = [one for one in stretches if one.start < end and one.end > start]
    borders = {start, end}
    for one in inside:
        borders |= {max(one.start, start), min(one.end, end)}
    ordered = sorted(borders)
    return [
        Piece(
            text[low - start : high - start],
            low,
            frozenset(one.kind for one in inside if one.start <= low and one.end >= high),
        )
        for low, high in pairwise(ordered)
    ]
