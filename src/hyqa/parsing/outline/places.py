"""Where a stretch of a document stands in its outline."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from hyqa.text.sentences import Span
from hyqa.types import Document, Heading

_NAMES_ITSELF = re.compile("第|附|[A-Z]")
"""Numbers that say what they number: 第五条, 附件1, Article 5."""


class Places:
    """Looks up the headings of a document's places; made once for many of them.

    Args:
        document: A document with its outline.
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._outline = document.outline
        self.starts = [heading.start for heading in document.outline]
        self._parents = _parents(document.outline)
        self._firsts = _firsts(self._parents)

    def over(self, span: Span) -> tuple[Heading, ...]:
        """Find the headings of all parts that hold a whole span, from the outside in."""
        first = bisect_right(self.starts, span[0]) - 1
        last = bisect_right(self.starts, span[1] - 1)
        lowest = min((h.level for h in self._outline[first + 1 : last]), default=None)
        path = []
        place = first
        while place >= 0:
            heading = self._outline[place]
            if lowest is None or heading.level < lowest:
                path.append(heading)
            place = self._parents[place]
        return tuple(reversed(path))

    def first_sibling(self, start: int) -> int | None:
        """Find where the first item begins of those that stand beside the one at a place.

        None where none begins there, or it has a title and so needs no sentence to introduce it.
        """
        place = bisect_right(self.starts, start) - 1
        if place < 0 or self.starts[place] != start or self._outline[place].title:
            return None
        return self.starts[self._firsts[place]]

    def words(self, heading: Heading) -> str:
        """Write a heading as it stands in the text, on one line."""
        return " ".join(self._text[heading.start : heading.end].split("\n"))

    def path(self, span: Span) -> tuple[str, ...]:
        """List the words of all headings and numbers over a span, from the outside in."""
        return tuple(self.words(heading) for heading in self.over(span))

    def titles(self, span: Span) -> tuple[str, ...]:
        """List the words of the headings over a span, without items that only have a number."""
        named = [h for h in self.over(span) if h.title or names_itself(h)]
        return tuple(self.words(heading) for heading in named)


def names_itself(heading: Heading) -> bool:
    """Say whether a number without a title says what it numbers, as 第五条 does and （三） does not."""
    return _NAMES_ITSELF.match(heading.number) is not None


def heading_path(document: Document, span: Span) -> tuple[str, ...]:
    """List the words of all headings and numbers over a span, from the outside in."""
    return Places(document).path(span)


def _parents(outline: Sequence[Heading]) -> list[int]:
    """The place of the heading that each one stands under; -1 for the outermost."""
    parents: list[int] = []
    open_: list[int] = []
    for place, heading in enumerate(outline):
        while open_ and outline[open_[-1]].level >= heading.level:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(place)
    return parents


def _firsts(parents: Sequence[int]) -> list[int]:
    """The place of the first of the headings that stand beside each one."""
    first: dict[int, int] = {}
    return [first.setdefault(parent, place) for place, parent in enumerate(parents)]
