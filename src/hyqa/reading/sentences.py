"""Cut documents into sentences, section by section."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hyqa.text.lists import NUMBERED
from hyqa.text.sentences import Span, sentence_spans, trim
from hyqa.types import Document, Sentence

_MARKER = re.compile(NUMBERED)
"""A list's number, whose full stop ends no sentence."""
SECTIONS = 256
"""Sections whose sentences are kept, of those cut into sentences lately."""


def sentences_of(document: Document, near: Sequence[Span], reach: int) -> list[Sentence]:
    """Find the sentences of a document that touch a stretch, or stand near one in its section.

    Args:
        document: whose sentences.
        near: stretches of its text.
        reach: characters around a stretch that are near.
    """
    found: list[Sentence] = []
    for number, section in enumerate(document.sections):
        inside = [(a, b) for a, b in near if a < section.end and b > section.start]
        wanted = [(a - reach, b + reach) for a, b in inside]
        if not wanted:
            continue
        sentences = _sentences(document.text, (section.start, section.end), number)
        if any(low <= section.start and high >= section.end for low, high in wanted):
            found += sentences
            continue
        found += (
            one
            for one in sentences
            if any(one.start < high and one.end > low for low, high in wanted)
        )
    return found


@lru_cache(maxsize=SECTIONS)
def _sentences(text: str, section: Span, number: int) -> tuple[Sentence, ...]:
    """The sentences of a section, without white space, where it has that number among others."""
    found: list[Sentence] = []
    opens = True
    for first, last in _with_markers(text, section):
        found.append(Sentence(first, last, number, opens))
        opens = "\n" in text[last : last + 2]
    return tuple(found)


def _with_markers(text: str, section: Span) -> Iterator[Span]:
    """Spans of a section's sentences, without white space; a list's number is of its item."""
    begun: int | None = None
    for start, end in sentence_spans(text[section[0] : section[1]]):
        first, last = trim(text, (section[0] + start, section[0] + end))
        first = first if begun is None else begun
        begun = first if _MARKER.fullmatch(text, first, last) else None
        if begun is None and first < last:
            yield first, last
    if begun is not None:
        yield trim(text, (begun, section[1]))
