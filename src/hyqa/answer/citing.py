"""Citations as one line of plain text, for the terminal, the bot and the web alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from hyqa.text.dates import MONTHS, days_of, iso_parts
from hyqa.text.lists import Mark, Rank, read_mark
from hyqa.types import Answer, Citation, Form, Language, Metadata, Quote

DOUBTFUL = 0.97
"""Confidence below which the words of a scan may be wrong, as its citation then says. Pages of
clean print have .98 to 1; stamps over text, faint copies and small print bring it down."""

_EDGES = " \t\n\r。.；;，,"


@dataclass(frozen=True, slots=True)
class _Labels:
    """The words of one language that stand around what a document says of itself."""

    comma: str
    semicolon: str
    title: str
    number: str
    digest: str
    digest_by: str
    own_digest: str
    own_digest_by: str
    page: str
    pages: str
    effective: str
    until: str
    expired_on: str
    expired_in: str
    superseded: str
    note: str
    reprint: str
    recognised: str
    doubtful: str


_LABELS = {
    Language.CHINESE: _Labels(
        comma="，",
        semicolon="；",
        title="《{}》",
        number="（{}）",
        digest="整理自{title}",
        digest_by="整理自 {publisher}{title}",
        own_digest="摘要「{title}」",
        own_digest_by="摘要「{title}」，整理自 {publisher}",
        page="第 {} 页",
        pages="第 {}–{} 页",
        effective="{}起施行",
        until="有效期至{}",
        expired_on="已于{}到期",
        expired_in="已于{}到期",
        superseded="已被{}取代",
        note="说明：{}",
        reprint="链接为转载页",
        recognised="扫描识别",
        doubtful="扫描识别，可能有误",
    ),
    Language.ENGLISH: _Labels(
        comma=", ",
        semicolon="; ",
        title="“{}”",
        number=" ({})",
        digest="Digest of {title}",
        digest_by="Digest of {publisher}, {title}",
        own_digest="Digest “{title}”",
        own_digest_by="Digest “{title}” of material from {publisher}",
        page="p. {}",
        pages="pp. {}–{}",
        effective="effective {}",
        until="valid until {}",
        expired_on="expired on {}",
        expired_in="expired in {}",
        superseded="superseded by {}",
        note="note: {}",
        reprint="the link leads to a reprint",
        recognised="read from a scan",
        doubtful="read from a scan, may contain errors",
    ),
}


def cite(citation: Citation, language: Language, *, as_of: date | None = None) -> str:
    """Say on one line where a quote stands, and whether its document is in force.

    A digest reads as somebody's digest of its source, never as the source itself.

    Args:
        citation: What is cited; whatever it leaves empty is left out.
        language: Language of the labels and dates; names stay as the document has them.
        as_of: The day on which a document counts as expired or not; without it, no document
            is said to have expired, only until when it is valid.

    Returns:
        Title, publisher, 文号, date, place and validity, without markup or line breaks.
    """
    labels = _LABELS[language]
    meta = citation.meta
    head = labels.comma.join(_source(citation, labels) + _dated(meta.issued, language))
    place = labels.comma.join(_place(citation, labels))
    notes = [*_recognised(citation, labels), *_validity(meta, labels, language, as_of)]
    if meta.reprint and meta.url:
        notes.append(labels.reprint)
    return labels.semicolon.join(part for part in (head, place, *notes) if part)


def by_source(quotes: Sequence[Quote]) -> tuple[tuple[Citation, tuple[Quote, ...]], ...]:
    """Put quotes of one section that follow each other under one citation.

    Returns:
        Each citation with its quotes, in their order: places of one text, to be shown together
        with an ellipsis between them. Its pages are those of all of them.
    """
    groups = groupby(quotes, lambda one: (one.citation.document_id, one.citation.heading_path))
    return tuple((_joint(parts), parts) for parts in (tuple(group) for _, group in groups))


def cited(answer: Answer, near: int | None = None) -> tuple[Citation, ...]:
    """Where the words that are shown stand; where none are, the documents that are near.

    Args:
        answer: to a question.
        near: the first so many of those that are near; all where it is not given.
    """
    return tuple(quote.citation for quote in answer.shown) or answer.nearest[:near]


def further_documents(answer: Answer) -> tuple[Citation, ...]:
    """The documents that are near where nothing is quoted, but for that of what comes closest."""
    shown = {quote.citation.document_id for quote in answer.closest}
    return tuple(one for one in answer.nearest if one.document_id not in shown)


def leading(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes of the first document; none where there are none."""
    return tuple(q for q in quotes if q.citation.document_id == quotes[0].citation.document_id)


def words_shown(quotes: Sequence[Quote]) -> str:
    """Join what a reader sees of quotes of one document: its title, their headings and texts."""
    words = [part for one in quotes for part in (*one.citation.heading_path, one.text)]
    return " ".join([quotes[0].citation.meta.title, *words]) if quotes else ""


def cited_title(citation: Citation) -> str:
    """Return the title that ``cite`` shows: of a digest, that of the text it restates, if known."""
    meta = citation.meta
    own = _flat(meta.title) or citation.document_id
    return (_flat(meta.source_title) or own) if meta.form is Form.DIGEST else own


def _joint(quotes: tuple[Quote, ...]) -> Citation:
    pages = [page for quote in quotes for page in quote.citation.pages or ()]
    first = quotes[0].citation
    return replace(first, pages=(min(pages), max(pages)) if pages else None)


def _source(citation: Citation, labels: _Labels) -> list[str]:
    """Name the document: title, number and publisher, in the order its form asks for."""
    meta = citation.meta
    publisher = _flat(meta.publisher)
    number = _filled(labels.number, meta.number)
    title = cited_title(citation)
    if meta.form is not Form.DIGEST:
        return [part for part in (_titled(title, labels) + number, publisher) if part]
    if not _flat(meta.source_title):
        # The title is the digest's own: in title marks it would pass for the source's.
        shape = labels.own_digest_by if publisher else labels.own_digest
        return [shape.format(publisher=publisher, title=title) + number]
    shape = labels.digest_by if publisher else labels.digest
    return [shape.format(publisher=publisher, title=_titled(title, labels) + number)]


def _place(citation: Citation, labels: _Labels) -> list[str]:
    path = [part for part in map(_flat, citation.heading_path) if part]
    heading = " › ".join(_numbered(path) if labels is _LABELS[Language.CHINESE] else path)
    return [part for part in (heading, _pages(citation.pages, labels)) if part]


def _numbered(path: list[str]) -> list[str]:
    """Read the numbers at the end of a path together, as people cite: 第三部分（二）第 5 条."""
    marks = [_mark(words) for words in path]
    first = next((at for at in range(len(path)) if all(marks[at:])), len(path))
    numbers = [mark for mark in marks[first:] if mark]
    title = path[-1][numbers[-1].end :] if numbers else ""
    if not numbers or (len(numbers) == 1 and title):
        return path
    place = "".join(map(_number, numbers))
    gap = "" if place.endswith("）") or not title else " "
    return [*path[:first], f"{place}{gap}{title}".strip()]


def _mark(heading: str) -> Mark | None:
    """The number that a heading of a Chinese official document begins with, None without one."""
    mark = read_mark(heading, 0)
    cited = mark is not None and mark.rank in tuple(Rank) and mark.rank != Rank.ANNEX
    return mark if cited else None


def _number(mark: Mark) -> str:
    figures = mark.words.rstrip("、.． ")
    if mark.rank == Rank.ITEM:
        return f"第{figures}部分"
    return f"第 {figures} 条" if mark.rank == Rank.POINT else mark.words


def _pages(pages: tuple[int, int] | None, labels: _Labels) -> str:
    if pages is None:
        return ""
    first, last = pages
    return labels.page.format(first) if first == last else labels.pages.format(first, last)


def _validity(meta: Metadata, labels: _Labels, language: Language, as_of: date | None) -> list[str]:
    """Say from when, until when and by what a document is in force, as far as it is known."""
    superseding = _flat(meta.superseded_by)
    notes = (
        _filled(labels.effective, _date(meta.effective, language)),
        _filled(_expiry(meta.expires, labels, as_of), _date(meta.expires, language)),
        labels.superseded.format(_titled(superseding, labels)) if superseding else "",
        _filled(labels.note, meta.validity.strip(_EDGES)),
    )
    return [note for note in notes if note]


def _recognised(citation: Citation, labels: _Labels) -> list[str]:
    if citation.recognised is None:
        return []
    return [labels.doubtful if citation.recognised < DOUBTFUL else labels.recognised]


def _titled(title: str, labels: _Labels) -> str:
    """Put a title in its language's title marks, unless it brings its own."""
    if title.startswith("《") and title.find("》") == len(title) - 1:
        return title
    return labels.title.format(title)


def _dated(iso: str, language: Language) -> list[str]:
    day = _date(iso, language)
    return [day] if day else []


def _date(iso: str, language: Language) -> str:
    """Write an ISO date as people do, as precisely as it is known; other words stay."""
    parts = iso_parts(iso.strip())
    if not parts:
        return _flat(iso)
    year, month, day = (*parts, 0, 0)[:3]
    if language is Language.CHINESE:
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    named = f"{MONTHS[month - 1]} {year}" if month else f"{year}"
    return f"{day} {named}" if day else named


def _expiry(iso: str, labels: _Labels, as_of: date | None) -> str:
    if as_of is None or not _has_passed(iso, as_of):
        return labels.until
    return labels.expired_on if len(iso.strip()) == len("YYYY-MM-DD") else labels.expired_in


def _has_passed(iso: str, as_of: date) -> bool:
    """Whether a possibly partial date lies wholly before a day."""
    days = days_of(iso.strip())
    return days is not None and days[1] < as_of


def _filled(shape: str, value: str) -> str:
    flat = _flat(value)
    return shape.format(flat) if flat else ""


def _flat(value: str) -> str:
    return " ".join(value.split())
