"""What a page of a PDF shows: runs of characters, ruling lines, and what is wrong with it.

A page has some hundred runs and rules; they are named tuples, which are made several times
faster than frozen dataclasses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Characters side by side, in a box given in points from the corner at the top left.

    ``size`` is that of one em; ``font`` is a name, empty where it is unknown. ``confidence`` is
    how sure it is what the characters are, 0 to 1: those of a text layer are.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str = ""
    bold: bool = False
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A straight line, or a box too thin to be anything else; level where it is wider than high."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it lies rather than stands."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its text layer has it, turned so that its text stands upright.

    ``fault`` says in words why its text layer cannot be relied on, empty where it can;
    ``doubles`` are characters that are drawn again at their place, and count once; ``unseen``
    are white ones on white.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()
    fault: str = ""
    doubles: str = ""
    unseen: str = ""

    @property
    def needs_ocr(self) -> bool:
        """Whether what the page shows has to be recognised from its picture."""
        return bool(self.fault)


Recognise = Callable[[bytes, int], Sequence[Run] | None]
"""Reads a page from its picture.

It is given the file and the number of a page that needs it, from 1, and returns what it read,
boxes in points from the top left of the page as it is displayed; None where it read nothing.
"""
