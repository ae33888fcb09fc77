"""An answer as the page shows it: what is said of it, and its quotes by their sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hyqa import (
    Answer,
    Citation,
    Form,
    HighlightKind,
    Language,
    Quote,
    Status,
    by_source,
    cite,
    cited_title,
    further_documents,
)
from web.languages import Tongue, code_of
from web.library import Shelf
from web.rendering.days import Badge, badge
from web.rendering.links import document_url, original_url
from web.rendering.pieces import Piece, Stretch, cut
from web.texts import TEXTS

MOST_HIGHLIGHTS = 40
"""Amounts and dates of a quote that are marked at most. Where more would be, as in a table of
figures, marks say nothing, and only conditions keep theirs."""
MOST_NEAREST = 3
CODES = {Language.CHINESE: "zh-Hans", Language.ENGLISH: "en"}
"""What ``lang`` says of a document's own words."""


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is shown: the language around it, the day, and the language that links name."""

    tongue: Tongue
    day: date
    kept: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote: its pieces in its own language, and English names of what a Chinese one speaks of."""

    pieces: list[Piece]
    lang: str
    url: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A citation on one line; ``title`` stands in it between ``before`` and ``after``."""

    before: str
    title: str
    lang: str
    after: str
    url: str
    original: str
    standing: Badge
    is_digest: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Quotes of one section of a document, and where they stand."""

    number: int
    passages: list[Passage]
    line: Line


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page says of an answer, in the order in which it is said."""

    status: str
    lines: list[str]
    sources: list[Source]
    closest_lead: str
    closest: list[Source]
    nearest_lead: str
    nearest: list[Line]
    after_nearest: list[str]
    choices: tuple[str, ...]
    related: tuple[str, ...]
    said: str
    """For those who do not see the page change."""


def shown(answer: Answer, shelf: Shelf, view: View) -> Shown:
    """Put an answer into words and lines."""
    texts = TEXTS[view.tongue]
    return Shown(
        status=answer.status.value,
        lines=list(_lines(answer, view)),
        sources=list(_sources(answer.quotes, shelf, view)),
        closest_lead=texts.closest,
        closest=list(_sources(answer.closest, shelf, view)),
        nearest_lead=texts.nearby if answer.pointer else texts.nearest,
        nearest=[source_line(one, shelf, view) for one in nearest_of(answer)],
        after_nearest=list(_after_nearest(answer, view)),
        choices=answer.choices,
        related=() if answer.choices else answer.related,
        said=_said(answer, view),
    )


def source_line(citation: Citation, shelf: Shelf, view: View, quotes: Sequence[Quote] = ()) -> Line:
    """The citation of a document, its title linked to where the quotes stand in it."""
    line = cite(citation, view.tongue.language, as_of=view.day)
    title = cited_title(citation)
    before, found, after = line.partition(title)
    held = shelf.document(citation.document_id)
    spans = [(one.start, one.end) for one in quotes]
    return Line(
        before if found else "",
        title if found else line,
        code_of(title if found else line),
        after if found else "",
        document_url(citation.document_id, spans, held.sha256 if held else "", view.kept),
        original_url(citation, quotes[0].text if quotes else ""),
        badge(citation.meta, view.day, view.tongue),
        citation.meta.form is Form.DIGEST,
    )


def _lines(answer: Answer, view: View) -> Iterator[str]:
    """What is said above the quotes, or instead of any."""
    texts = TEXTS[view.tongue]
    if answer.status is Status.CLARIFY:
        yield texts.clarify
        return
    if not answer.quotes:
        outside = answer.status is Status.OUT_OF_SCOPE
        yield answer.pointer or (texts.out_of_scope if outside else texts.not_found)
        return
    if answer.summary:
        yield " ".join(one.text for one in answer.summary)
    if answer.missing:
        yield texts.partial + _listed(answer.missing, view)
    if answer.pointer:
        yield answer.pointer
    if answer.differs:
        yield texts.differs


def nearest_of(answer: Answer) -> Sequence[Citation]:
    """The documents that are named as near; none beside quotes or choices."""
    return () if answer.quotes or answer.choices else further_documents(answer)[:MOST_NEAREST]


def _after_nearest(answer: Answer, view: View) -> Iterator[str]:
    """What is said below what is near."""
    texts = TEXTS[view.tongue]
    if answer.quotes or answer.choices:
        return
    if answer.missing and (nearest_of(answer) or answer.pointer):
        yield texts.not_mentioned + _listed(answer.missing, view)
    if answer.status is Status.NOT_FOUND and not answer.pointer:
        yield texts.ask_better


def _listed(items: Sequence[str], view: View) -> str:
    return ("、" if view.tongue.language is Language.CHINESE else ", ").join(items)


def _sources(all_: Sequence[Quote], shelf: Shelf, view: View) -> Iterator[Source]:
    for number, (citation, quotes) in enumerate(by_source(all_), 1):
        held = shelf.document(citation.document_id)
        version = held.sha256 if held else ""
        passages = [_passage(quote, version, view) for quote in quotes]
        yield Source(number, passages, source_line(citation, shelf, view, quotes))


def _passage(quote: Quote, version: str, view: View) -> Passage:
    names = tuple(
        (quote.text[one.start - quote.start : one.end - quote.start], one.english)
        for one in quote.labels
    )
    return Passage(
        cut(quote.text, quote.start, stretches(quote)),
        CODES[quote.citation.meta.language],
        document_url(quote.citation.document_id, [(quote.start, quote.end)], version, view.kept),
        names,
    )


def stretches(quote: Quote) -> list[Stretch]:
    """What to mark of a quote's own highlights."""
    all_ = [Stretch(one.kind.value, one.start, one.end) for one in quote.highlights]
    if len(all_) <= MOST_HIGHLIGHTS:
        return all_
    return [one for one in all_ if one.kind == HighlightKind.CONDITION.value]


def _said(answer: Answer, view: View) -> str:
    texts = TEXTS[view.tongue]
    if answer.quotes:
        return texts.said_quotes.format(count=len(answer.quotes))
    return texts.said_choices if answer.choices else texts.said_none
