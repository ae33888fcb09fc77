"""Narrowing a quote to the paragraphs that answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hyqa.sentences import Span

PARALLEL_SHARE = 0.75
"""Share of what a quote holds from which one of its paragraphs is an answer of its own."""
_CONTINUES = re.compile(
    r"\s*(?:但|除|其中|不包括|不含|前款|上述|以上|以下|此外|同时|（[一二三四五六七八九十\d]+）|[\d①-⑳]+[.、）)]"
    r"|[一二三四五六七八九十]+、|[-•·]|however|but|except|provided|unless|only)",
    re.IGNORECASE,
)
"""How a paragraph begins that goes on with the one before it, or limits it."""
_ENDS = re.compile(r"[。！？；.!?;][”’」』）)\]\"']*$")
"""How a whole sentence ends."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a quote.

    ``first`` and ``last`` are the places of its sentences, ``held`` what it holds of what is
    sought; ``whole`` says whether it ends as a sentence does, ``goes_on`` whether it belongs to
    the one before it.
    """

    first: int
    last: int
    held: frozenset[str]
    whole: bool
    goes_on: bool


def paragraphs_of(
    text: str, sentences: Sequence[Span], held: Sequence[frozenset[str]], window: tuple[int, int]
) -> list[Paragraph]:
    """The paragraphs of the sentences ``window[0]`` to ``window[1]``, both included."""
    first, last = window
    starts = [first]
    for place in range(first + 1, last + 1):
        if text[sentences[place - 1][0] : sentences[place][0]].rstrip(" ").endswith("\n"):
            starts.append(place)
    ends = [*(start - 1 for start in starts[1:]), last]
    return [
        Paragraph(
            first=start,
            last=end,
            held=frozenset().union(*held[start : end + 1]),
            whole=ends_whole(text, sentences[end][1]),
            goes_on=_goes_on(text, sentences[start][0]),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def narrowed(
    paragraphs: Sequence[Paragraph], share: Callable[[frozenset[str]], float]
) -> Sequence[Paragraph]:
    """Leave out the paragraphs at both ends that hold nothing more of what is sought.

    A paragraph stays that goes on with the one before it or limits it, that holds nearly all that
    is sought (one of several answers), or that ends without a full stop: rows of a table and lines
    of a list mean little without each other.

    Args:
        paragraphs: of a quote, in order.
        share: how much of what is sought something held is, 0 to 1.
    """
    everything = _held(paragraphs)
    slight = PARALLEL_SHARE * share(everything)

    def idle(one: Paragraph, others: Sequence[Paragraph]) -> bool:
        return share(one.held) < slight and _held(others) == everything

    kept = list(paragraphs)
    while len(kept) > 1 and kept[-1].whole and not kept[-1].goes_on and idle(kept[-1], kept[:-1]):
        kept.pop()
    while len(kept) > 1 and _may_go(kept[0], kept[1]) and idle(kept[0], kept[1:]):
        kept.pop(0)
    return kept


def ends_whole(text: str, end: int) -> bool:
    """Whether a whole sentence ends at a place in a text."""
    return _ENDS.search(text[max(0, end - 20) : end].rstrip()) is not None


def _may_go(first: Paragraph, following: Paragraph) -> bool:
    """Whether a first paragraph may go: prose, or a byline above prose."""
    prose = first.whole or (not first.held and following.whole)
    return prose and not following.goes_on


def _goes_on(text: str, start: int) -> bool:
    return text[max(0, start - 20) : start].rstrip()[-1:] in ("：", ":") or bool(
        _CONTINUES.match(text, start)
    )


def _held(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    return frozenset().union(*(paragraph.held for paragraph in paragraphs))
