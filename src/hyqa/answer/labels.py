"""Label a Chinese quote for an English reader with the glossary's names; nothing is translated."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hyqa.types import Label, Language, Quote

MAX_LABELS = 8
"""Labels of a quote: more would hide it."""


def label_quote(quote: Quote, terms: Mapping[str, str], language: Language) -> Quote:
    """Label a quote, where its document is Chinese and its reader is not.

    Args:
        quote: what is shown.
        terms: English names of Chinese terms, from the glossary.
        language: the reader's.
    """
    if language is Language.CHINESE or quote.citation.meta.language is not Language.CHINESE:
        return quote
    return replace(quote, labels=tuple(_labels(quote, terms))[:MAX_LABELS])


def _labels(quote: Quote, terms: Mapping[str, str]) -> Iterator[Label]:
    """The terms that stand in a quote, each where it first does, none inside a longer one."""
    if not terms:
        return
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    seen: set[str] = set()
    for match in re.finditer("|".join(map(re.escape, longest_first)), quote.text):
        if (english := terms[match.group()]) not in seen:
            seen.add(english)
            yield Label(quote.start + match.start(), quote.start + match.end(), english)
