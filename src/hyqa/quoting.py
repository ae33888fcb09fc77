"""Choosing the words to show: whole sentences around the best ones, from the best documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hyqa.asking import VAGUE
from hyqa.chunking import pages_of, text_width
from hyqa.confidence import THRESHOLD, Judged
from hyqa.index import Index
from hyqa.kinds import Kind, asked_kind
from hyqa.narrowing import ends_whole, narrowed, paragraphs_of
from hyqa.places import heading_path as outlined_path
from hyqa.sentences import Span, sentence_spans, trim
from hyqa.simplified import simplify
from hyqa.sparse import SYNONYM_WEIGHT
from hyqa.tokens import HeldTokens, normalize
from hyqa.types import Chunk, Citation, Document, Query, Quote, Section

QUOTE_WIDTH = 320
"""Most that the first quote holds, in Chinese characters, unless one sentence is longer."""
SECOND_QUOTE_WIDTH = 160
"""Most that each further quote holds."""
MAX_QUOTES = 3
NEAR_SCORE = 0.1
"""How far below the best hit another section's may score and still be quoted: .15 shows a tenth more
text and answers no question more."""
NEAR_LOGIT = 1.0
"""How much lower the log-odds of another section's hit may be that is still quoted."""
EQUAL_SCORE, EQUAL_LOGIT = 0.1, 0.2
"""How little a newer hit may fall short of the best one to lead in its place."""
CHANGING_KINDS = frozenset({"number", "money"})
"""Kinds of answer that change from year to year: the day of a decree does not."""
NEIGHBOURHOOD = 200
"""Characters around a chunk that a quote may reach into: what limits a statement often stands in
the sentence before or after the border that chunking happened to draw."""
SENTENCE_REACH = 600
"""Characters around a chunk in which the rest of a sentence is looked for that is longer than a
chunk."""
LENGTH_WEIGHT = 0.0002
"""What a character of context is worth beside the covered share of the question, 0 to 1: enough
to prefer the fuller of two passages that cover the same words."""


KIND = "\0kind"
"""Stands among the tokens for text of the kind that the question asks for."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """What quotes are chosen by: the weight of each token sought, and the kind of answer.

    ``dated`` says whether the question names a year.
    """

    weights: dict[str, float]
    kind: Kind | None
    dated: bool

    def held(self, text: str) -> frozenset[str]:
        """The sought tokens that a text holds."""
        tokens = HeldTokens(normalize(text))
        held = {token for token in self.weights if token != KIND and token in tokens}
        if self.kind is not None and self.kind.found.search(simplify(text)):
            held.add(KIND)
        return frozenset(held)

    def share(self, held: frozenset[str]) -> float:
        """Share of the weight of all that is sought, 0 to 1."""
        total = sum(self.weights.values())
        return sum(self.weights[token] for token in held) / total if total else 0.0


def choose_quotes(index: Index, query: Query, judged: Sequence[Judged]) -> tuple[Quote, ...]:
    """Choose what to show for a query's judged hits.

    Returns:
        One to ``MAX_QUOTES`` quotes, each of another section, verbatim, best first; of those that
        are as likely to answer as the best, the newest leads.
    """
    sought = _sought(index, query)
    quotes: list[Quote] = []
    for item in _newest_first(list(_near(judged, index)), index, sought):
        document = index.store.document(item.hit.chunk.document_id)
        width = SECOND_QUOTE_WIDTH if quotes else QUOTE_WIDTH
        span = _best_window(document, item.hit.chunk, sought, width)
        if not quotes or ends_whole(document.text, span[1]):
            quotes.append(make_quote(document, item.hit.chunk.heading_path, span))
    return tuple(quotes)


def _sought(index: Index, query: Query) -> _Sought:
    synonyms = {token: SYNONYM_WEIGHT * index.sparse.idf(token) for token in query.synonyms}
    content = [token for token in query.content if token.removeprefix("_") not in VAGUE]
    weights = synonyms | {token: index.sparse.idf(token) for token in content or query.content}
    kind = asked_kind(query.question)
    if kind:
        weights[KIND] = max(weights.values(), default=1.0)
    return _Sought(weights, kind, bool(query.years))


def make_quote(document: Document, heading_path: tuple[str, ...], span: Span) -> Quote:
    """Quote a span of a document's text."""
    start, end = span
    pages = pages_of(document.page_starts, span)
    path = outlined_path(document, span) if document.outline else heading_path
    sure = _recognised(document, pages)
    return Quote(
        document.text[start:end],
        Citation(document.id, document.meta, path, pages, sure),
        start,
        end,
    )


def _recognised(document: Document, pages: tuple[int, int] | None) -> float | None:
    """How sure the least sure of the pages is that were read from their picture; None if none."""
    first, last = pages or (0, -1)
    return min(
        (one.confidence for one in document.recognised if first <= one.page <= last), default=None
    )


def _near(judged: Sequence[Judged], index: Index) -> Iterator[Judged]:
    """The best hit, and of each other section the best that is about as sure to answer."""
    first = judged[0]
    seen: set[tuple[str, int]] = set()
    for item in judged:
        near = item.hit.score >= first.hit.score - NEAR_SCORE
        sure = item.confidence >= THRESHOLD and item.logit >= first.logit - NEAR_LOGIT
        chunk = item.hit.chunk
        document = index.store.document(chunk.document_id)
        section = (chunk.document_id, _section_of(document, chunk).start)
        if len(seen) < MAX_QUOTES and section not in seen and near and sure:
            seen.add(section)
            yield item


def _newest_first(near: Sequence[Judged], index: Index, sought: _Sought) -> list[Judged]:
    """Of those that are as good as the best, put the newest first where figures are asked for."""
    best = near[0]
    if sought.dated or sought.kind is None or sought.kind.name not in CHANGING_KINDS:
        return list(near)
    equal = [
        item
        for item in near
        if item.hit.score >= best.hit.score - EQUAL_SCORE and item.logit >= best.logit - EQUAL_LOGIT
    ]
    newest = max(equal, key=lambda item: _year(item, index))
    lead = newest if _year(best, index) and _year(newest, index) > _year(best, index) else best
    return [lead, *(item for item in near if item is not lead)]


def _year(item: Judged, index: Index) -> int:
    """The year a hit's document was issued, 0 where it is not known."""
    return int(index.store.document(item.hit.chunk.document_id).meta.issued[:4] or 0)


def _best_window(document: Document, chunk: Chunk, sought: _Sought, width: int) -> Span:
    """The run of sentences within a width that holds most of what is sought."""
    sentences = _sentences_around(document, chunk)
    held = [sought.held(document.text[start:end]) for start, end in sentences]
    best, best_score = (0, 0), -1.0
    for first in range(len(sentences)):
        seen: frozenset[str] = frozenset()
        for last in range(first, len(sentences)):
            start, end = trim(document.text, (sentences[first][0], sentences[last][1]))
            if last > first and text_width(document.text[start:end]) > width:
                break
            seen |= held[last]
            score = sought.share(seen) + LENGTH_WEIGHT * (end - start)
            if score > best_score:
                best, best_score = (first, last), score
    kept = narrowed(paragraphs_of(document.text, sentences, held, best), sought.share)
    return trim(document.text, (sentences[kept[0].first][0], sentences[kept[-1].last][1]))


def _sentences_around(document: Document, chunk: Chunk) -> list[Span]:
    """The sentences that the chunk touches, and those whole in its neighbourhood.

    They are of its section. Of a sentence that is longer than can be shown, the chunk itself.
    """
    section = _section_of(document, chunk)
    low = max(section.start, chunk.start - SENTENCE_REACH)
    high = min(section.end, chunk.end + SENTENCE_REACH)
    spans = [(low + a, low + b) for a, b in sentence_spans(document.text[low:high])]
    whole = spans[low > section.start : len(spans) - (high < section.end)]
    near = [
        (start, end)
        for start, end in whole
        if (start < chunk.end and end > chunk.start)
        or (start >= chunk.start - NEIGHBOURHOOD and end <= chunk.end + NEIGHBOURHOOD)
    ]
    return near or [(chunk.start, chunk.end)]


def _section_of(document: Document, chunk: Chunk) -> Section:
    return next(
        section
        for section in document.sections
        if section.start <= chunk.start and chunk.end <= section.end
    )
