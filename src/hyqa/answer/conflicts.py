"""Find conflicts: documents that give different figures for the same thing.

Two sentences speak of the same thing where both hold the same of the question's words, beside
their figures and around them, name no thing or place that the other does not, and agree in phase,
scope and in whether the figure is a plan, a bound or what was reached. What a document's title
holds stands beside all of its figures, and the whole sentence beside its only one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hyqa.answer.quotes import make_quote
from hyqa.index.build import Index
from hyqa.index.validity import has_ended
from hyqa.reading.wording import PLANNED
from hyqa.text.dates import certain_years_in
from hyqa.text.figures import FIGURES, NUMERAL, SCALES
from hyqa.text.names import places_in
from hyqa.text.sentences import CLAUSE, Span, sentence_spans, trim
from hyqa.text.tokens import HeldTokens, content_tokens, normalize
from hyqa.types import Chunk, Document, Query, QuestionAnalysis, Quote, Reading

ROUNDING = 0.02
"""Share by which two figures may differ and still be one, rounded differently."""
HOME_SHARE = 0.1
"""A name that more of the chunks hold tells no two figures apart."""
NEARLY = 2.0
"""How much lower the log-odds of a passage may be than those of the best, to be compared with it:
what its sentence must have in common with the leading one says more than these."""
LEAST_HELD = 0.5
"""Share of the question's tokens that the sentence of a figure must hold, title and headings
included, for the figure to be an answer to it."""
_OF_SENTENCE = re.compile(
    r"首期|[一二三四]期|第[一二三四]期|全国(?!人口)|全省|全市|全区|全县|phase"
)
_OF_CLAUSE = re.compile(
    rf"{PLANNED}|到20\d\d年|不超过|不低于|最高|最低|至少|以上|以下|每[年月人天户亩家个]|人均|累计|新增|增长"
    rf"|同比|下降|上半年|季度|前(?:{NUMERAL}|\d+)个?月|\d+月|首|其中|另|up to|at least|at most|planned|grew|increase"
)
"""What makes a figure another one: a plan, a bound, a rate, a part of a year."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure in a sentence of a document, and what says which figure it is."""

    value: float
    unit: str
    span: Span
    held: frozenset[str]
    beside: frozenset[str]
    close: frozenset[str]
    """The same without those that only the title holds."""
    names: frozenset[str]
    marks: frozenset[str]
    years: frozenset[str]
    dated: str
    """What it is of: the last year that its sentence names, or when its document was issued."""


def conflicting_quotes(
    index: Index,
    query: Query,
    question: QuestionAnalysis,
    readings: Sequence[Reading],
    quotes: tuple[Quote, ...],
    *,
    as_of: date,
) -> tuple[Quote, ...]:
    """Put a conflicting document's quotes beside those chosen, the newer first.

    Args:
        index: where the documents are.
        query: what was searched for.
        question: what it asks.
        readings: what was read of its hits.
        quotes: what was chosen to be shown.
        as_of: day on which a document that has ended contradicts none.

    Returns:
        No quotes where no document is found to differ from what leads.
    """
    kind = question.kind
    if not quotes or kind is None or kind.name not in FIGURES or not query.content:
        return ()
    figures = _FigureReader(index, query, FIGURES[kind.name])
    first = index.store.document(quotes[0].citation.document_id)
    own = [quote for quote in quotes if quote.citation.document_id == first.id]
    leading = figures.leading(first, own)
    if leading is None:
        return ()
    found = [
        one for one in figures.others(leading, first, readings) if not has_ended(one[0].meta, as_of)
    ]
    if not found:
        return ()
    document, chunk, figure = max(found, key=lambda one: one[2].dated)
    theirs = [quote for quote in quotes if quote.citation.document_id == document.id]
    rest = [quote for quote in quotes if quote not in own and quote not in theirs]
    if not any(quote.start <= figure.span[0] < quote.end for quote in theirs):
        theirs.append(make_quote(document, chunk.heading_path, figure.span))
        theirs.sort(key=lambda quote: quote.start)
    newer = figure.dated > leading.dated
    return tuple([*theirs, *own, *rest] if newer else [*own, *theirs, *rest])


class _FigureReader:
    """Reads figures that may answer one question."""

    def __init__(self, index: Index, query: Query, pattern: re.Pattern[str]) -> None:
        self._index = index
        self._pattern = pattern
        self._query = query
        content = [token for token in content_tokens(query.text) if not token.isdigit()]
        # Pairs of characters span words (衡阳|常住), which documents part in other ways.
        self._tokens = [token for token in content if not token.startswith("_")] or content
        self._asked = normalize(query.text)
        self._named = [name for name in index.lexicon.proper if name in self._asked]

    def leading(self, document: Document, quotes: Sequence[Quote]) -> _Figure | None:
        """Find the one figure of the leading quotes that answers; None where several may."""
        found = [one for quote in quotes for one in self._figures(document, quote.start, quote.end)]
        if not found:
            return None
        best = max(found, key=_told)
        alike = [one for one in found if _told(one) == _told(best)]
        return best if len({(one.value, one.unit) for one in alike}) == 1 else None

    def others(
        self, leading: _Figure, first: Document, readings: Sequence[Reading]
    ) -> Iterator[tuple[Document, Chunk, _Figure]]:
        """Find figures of other documents that conflict with the leading one, the likeliest first."""
        for item in readings:
            chunk = item.hit.chunk
            near = item.logit >= readings[0].logit - NEARLY
            if not near or chunk.document_id == first.id:
                continue
            document = self._index.store.document(chunk.document_id)
            if document.meta.language is first.meta.language:
                figures = [
                    one
                    for one in _closest(self._figures(document, chunk.start, chunk.end))
                    if _same_thing(leading, one) and self._fits_years(leading, one)
                    if one.dated and leading.dated and self._names_all(document, one)
                ]
                last = max((one.dated for one in figures), default="")
                latest = [one for one in figures if one.dated == last]
                clear = len({one.value for one in latest}) == 1
                if clear and not any(_is_near(leading.value, one.value) for one in figures):
                    yield document, chunk, latest[0]

    def _names_all(self, document: Document, figure: _Figure) -> bool:
        """Whether a document speaks of the very names that the question holds."""
        text = f"{document.meta.title} {document.text[figure.span[0] : figure.span[1]]}"
        return all(name in text for name in self._named)

    def _fits_years(self, left: _Figure, right: _Figure) -> bool:
        years = set(self._query.years)
        return not years or (years <= left.years and years <= right.years)

    def _figures(self, document: Document, start: int, end: int) -> Iterator[_Figure]:
        for first, last in sentence_spans(document.text[start:end]):
            span = trim(document.text, (start + first, start + last))
            sentence = document.text[span[0] : span[1]]
            only = len(self._pattern.findall(sentence)) == 1
            for clause in CLAUSE.finditer(sentence):
                matches = list(self._pattern.finditer(clause.group()))
                if len(matches) != 1:
                    continue
                beside = sentence if only else clause.group()
                figure = self._figure(document, span, clause.group(), beside, matches[0])
                if len(figure.held) >= LEAST_HELD * len(self._tokens):
                    yield figure

    def _figure(
        self, document: Document, span: Span, clause: str, beside: str, match: re.Match[str]
    ) -> _Figure:
        sentence = document.text[span[0] : span[1]]
        around = HeldTokens(normalize(f"{document.meta.title} {sentence}"))
        title, near = HeldTokens(normalize(document.meta.title)), HeldTokens(normalize(beside))
        close = frozenset(token for token in self._tokens if token in near)
        return _Figure(
            value=float(match["value"].replace(",", "")) * SCALES.get(match["scale"], 1.0),
            unit=match["unit"].rstrip("s"),
            span=span,
            held=frozenset(token for token in self._tokens if token in around),
            beside=close | {token for token in self._tokens if token in title},
            close=close,
            names=frozenset(self._names(sentence)),
            marks=self._marks(sentence, clause),
            years=frozenset(certain_years_in(f"{document.meta.title} {sentence}")),
            dated=max(certain_years_in(sentence), default=document.meta.issued),
        )

    def _marks(self, sentence: str, clause: str) -> frozenset[str]:
        """What says of which region, park or phase a figure is, and whether it is a plan or a bound."""
        scopes = [one for one in self._index.gazetteer.scopes if one in sentence]
        return frozenset([*_OF_SENTENCE.findall(sentence), *_OF_CLAUSE.findall(clause), *scopes])

    def _names(self, text: str) -> Iterator[str]:
        """Names and places in a text that the question does not hold, as the glossary has them.

        What much of the corpus is about tells no two figures apart.
        """
        english = self._index.translations.terms
        told = {english.get(name, name) for name in english if name in self._asked}
        found = [name for name in self._index.lexicon.proper if name in text]
        found += places_in(text)
        for name in found:
            common = self._index.sparse.share(f"_{name[:2]}") > HOME_SHARE
            if name not in self._asked and english.get(name, name) not in told and not common:
                yield english.get(name, name)


def _told(figure: _Figure) -> tuple[int, int, int]:
    """How much of the question stands around a figure, beside it, and beside it by its own words."""
    return len(figure.held), len(figure.beside), len(figure.close)


def _closest(figures: Iterator[_Figure]) -> list[_Figure]:
    """Those beside which most of the question stands: a title stands beside every figure."""
    found = list(figures)
    most = max((len(one.close) for one in found), default=0)
    return [one for one in found if most and len(one.close) == most]


def _same_thing(left: _Figure, right: _Figure) -> bool:
    return (
        left.unit == right.unit
        and left.held <= right.held
        and left.beside <= right.beside
        and left.names == right.names
        and left.marks == right.marks
    )


def _is_near(left: float, right: float) -> bool:
    return abs(left - right) <= ROUNDING * max(left, right)
