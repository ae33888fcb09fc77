"""Choosing the words to show: whole sentences around the best ones, from the best documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hyqa.chunking import pages_of, text_width
from hyqa.confidence import THRESHOLD, Judged
from hyqa.index import Index
from hyqa.sentences import Span, sentence_spans, trim
from hyqa.tokens import tokenize
from hyqa.types import Chunk, Citation, Document, Hit, Query, Quote, Section

QUOTE_WIDTH = 320
"""Most that the first quote holds, in Chinese characters, unless one sentence is longer."""
SECOND_QUOTE_WIDTH = 160
"""Most that each further quote holds."""
MAX_QUOTES = 3
NEAR_SCORE = 0.15
"""How far below the best hit another document's may score and still be quoted."""
NEAR_CONFIDENCE = 0.1
"""How much less likely to answer another document's hit may be and still be quoted."""
NEIGHBOURHOOD = 200
"""Characters around a chunk that a quote may reach into: what limits a statement often stands in
the sentence before or after the border that chunking happened to draw."""
LENGTH_WEIGHT = 0.0002
"""What a character of context is worth beside the covered share of the question, 0 to 1: enough
to prefer the fuller of two passages that cover the same words."""


@dataclass(frozen=True, slots=True)
class _Window:
    score: float
    span: Span


def choose_quotes(index: Index, query: Query, judged: Sequence[Judged]) -> tuple[Quote, ...]:
    """Choose what to show for a query's judged hits, best first.

    Returns:
        One to ``MAX_QUOTES`` quotes, each of another section, verbatim.
    """
    weights = {token: index.sparse.idf(token) for token in query.content}
    quotes: list[Quote] = []
    for hit in _near_hits(judged):
        document = index.store.document(hit.chunk.document_id)
        width = SECOND_QUOTE_WIDTH if quotes else QUOTE_WIDTH
        span = _best_window(document, hit.chunk, weights, width)
        quotes.append(make_quote(document, hit.chunk.heading_path, span))
    return tuple(quotes)


def make_quote(document: Document, heading_path: tuple[str, ...], span: Span) -> Quote:
    """Quote a span of a document's text."""
    start, end = span
    pages = pages_of(document.page_starts, span)
    citation = Citation(document.id, document.meta, heading_path, pages)
    return Quote(document.text[start:end], citation, start, end)


def _near_hits(judged: Sequence[Judged]) -> Iterator[Hit]:
    """The first hit, and of each other section the best that is as sure to answer."""
    first = judged[0]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for item in judged:
        near = item.hit.score >= first.hit.score - NEAR_SCORE
        sure = item.confidence >= max(THRESHOLD, first.confidence - NEAR_CONFIDENCE)
        section = (item.hit.chunk.document_id, item.hit.chunk.heading_path)
        if len(seen) < MAX_QUOTES and section not in seen and near and sure:
            seen.add(section)
            yield item.hit


def _best_window(document: Document, chunk: Chunk, weights: dict[str, float], width: int) -> Span:
    """The run of sentences within a width that covers most of the question."""
    sentences = _sentences_around(document, chunk)
    covered = [weights.keys() & set(tokenize(document.text[start:end])) for start, end in sentences]
    total = sum(weights.values()) or 1.0
    best = _Window(-1.0, (chunk.start, chunk.end))
    for first in range(len(sentences)):
        seen: set[str] = set()
        for last in range(first, len(sentences)):
            span = trim(document.text, (sentences[first][0], sentences[last][1]))
            if last > first and text_width(document.text[span[0] : span[1]]) > width:
                break
            seen |= covered[last]
            score = sum(weights[token] for token in seen) / total + LENGTH_WEIGHT * (
                span[1] - span[0]
            )
            if score > best.score and span[0] < span[1]:
                best = _Window(score, span)
    return best.span


def _sentences_around(document: Document, chunk: Chunk) -> list[Span]:
    """Sentences of the chunk's section that touch the chunk or its neighbourhood."""
    section = _section_of(document, chunk)
    low, high = chunk.start - NEIGHBOURHOOD, chunk.end + NEIGHBOURHOOD
    return [
        (section.start + start, section.start + end)
        for start, end in sentence_spans(document.text[section.start : section.end])
        if section.start + start >= low and section.start + end <= high
    ] or [(chunk.start, chunk.end)]


def _section_of(document: Document, chunk: Chunk) -> Section:
    return next(
        section
        for section in document.sections
        if section.start <= chunk.start and chunk.end <= section.end
    )
