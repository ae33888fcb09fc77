"""Make quotes: stretches of a document's text, each with its citation."""

from collections.abc import Iterator, Sequence

from hyqa.answer.highlights import highlights_of
from hyqa.index.build import Index
from hyqa.index.chunking import pages_of
from hyqa.parsing.outline.places import heading_path as outlined_path
from hyqa.text.sentences import Span
from hyqa.types import Citation, Document, Hit, Quote, Sentence

GAP = 30
"""Characters between two chosen places that are shown rather than left out."""


def make_quote(document: Document, heading_path: tuple[str, ...], span: Span) -> Quote:
    """Quote a span of a document's text."""
    start, end = span
    text = document.text[start:end]
    pages = pages_of(document.page_starts, span)
    path = outlined_path(document, span) if document.outline else heading_path
    citation = Citation(document.id, document.meta, path, pages, _recognised(document, pages))
    return Quote(text, citation, start, end, highlights_of(text, start))


def _recognised(document: Document, pages: tuple[int, int] | None) -> float | None:
    """How sure the least sure of the pages is that were read from their picture; None if none."""
    first, last = pages or (0, -1)
    return min(
        (one.confidence for one in document.recognised if first <= one.page <= last), default=None
    )


def quote_hits(index: Index, hits: Sequence[Hit]) -> tuple[Quote, ...]:
    """Quote each hit as a whole."""
    chunks = [hit.chunk for hit in hits]
    return tuple(
        make_quote(index.store.document(one.document_id), one.heading_path, (one.start, one.end))
        for one in chunks
    )


def quote_words(document: Document, words: str) -> Quote:
    """Quote words of a document where they stand first; ``ValueError`` where they do not."""
    start = document.text.index(words)
    section = next(one for one in document.sections if one.end > start)
    return make_quote(document, section.heading_path, (start, start + len(words)))


def quotes_at(
    document: Document, sentences: Sequence[Sentence], chosen: set[int]
) -> Iterator[Quote]:
    """Quote the sentences of a document at some places, in its order."""
    for section, span in stretches(document, sentences, chosen):
        yield make_quote(document, document.sections[section].heading_path, span)


def stretches(
    document: Document, sentences: Sequence[Sentence], chosen: set[int]
) -> list[tuple[int, Span]]:
    """Join chosen sentences that stand together into stretches, each with its section's place."""
    places: list[tuple[int, Span]] = []
    for number in sorted(chosen):
        one = sentences[number]
        if places and places[-1][0] == one.section and one.start - places[-1][1][1] <= GAP:
            places[-1] = (one.section, (places[-1][1][0], one.end))
        else:
            places.append((one.section, (one.start, one.end)))
    return places
