"""What a sheet says, in its order, each stretch with how it is to look."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hyqa.answer.citing import by_source, cite
from hyqa.answer.writing.paper.words import IN_TONGUES, Words
from hyqa.types import Answer, Citation, Form, HighlightKind, Language, Quote

MOST_QUOTED = 40_000
"""Characters of all quotes on a sheet: some forty pages, and two seconds of work."""
MOST_HIGHLIGHTS = 40
"""Amounts and dates of a quote that are marked at most, as on the page: in a table of figures
only conditions are."""
SHORT = 110
"""Characters of an address that is written out; a longer one stands behind its words."""


class Place(NamedTuple):
    """Where a reader of the sheet may look further: addresses, '' where there is none."""

    document: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer, and what a channel says around it.

    Attributes:
        answer: whose quotes are shown.
        question: as it was asked.
        tongue: code of the language around the quotes: ``zh-hans``, ``zh-hant`` or ``en``.
        day: on which it was answered.
        as_of: the day on which documents are said to have expired or not.
        title: of who answers, '' for nobody.
        lines: said above the quotes, or instead of any.
        near: said above documents that are near, and these.
        after: said below them.
        earlier: questions before it in the conversation.
        link: address of the answer, '' where there is none.
        place: where a source can be seen.
    """

    answer: Answer
    question: str
    tongue: str
    day: date
    as_of: date
    title: str = ""
    lines: Sequence[str] = ()
    near: tuple[str, Sequence[Citation]] = ("", ())
    after: Sequence[str] = ()
    earlier: Sequence[str] = ()
    link: str = ""
    place: Callable[[Citation, Sequence[Quote]], Place] = lambda citation, quotes: Place()

    @property
    def words(self) -> Words:
        """Labels in its language."""
        return IN_TONGUES[self.tongue.lower()]

    @property
    def language(self) -> Language:
        """The language of its citations."""
        return Language.ENGLISH if self.tongue.lower() == "en" else Language.CHINESE


class Mark(NamedTuple):
    """A stretch of a text that is to look like its kind."""

    kind: str
    start: int
    end: int


class Stretch(NamedTuple):
    """A paragraph: its words, the look of which it is, what is marked in it, and where it leads."""

    text: str
    look: str
    marks: tuple[Mark, ...] = ()
    url: str = ""


def stretches(sheet: Sheet) -> Iterator[Stretch]:
    """All that a sheet says but for what ends it."""
    words = sheet.words
    if sheet.title:
        yield Stretch(sheet.title, "site")
    if sheet.earlier:
        yield Stretch(words.asked_before + " → ".join(sheet.earlier), "small")
    yield Stretch(words.question, "label")
    yield Stretch(sheet.question, "question")
    yield Stretch(words.answered_on.format(day=sheet.day.isoformat()), "small")
    for line in sheet.lines:
        yield Stretch(line, "line")
    yield from _quoted(sheet)
    lead, documents = sheet.near
    if documents:
        yield Stretch(lead, "line")
    for citation in documents:
        yield Stretch("• " + cite(citation, sheet.language, as_of=sheet.as_of), "cited")
        yield from _links(sheet, citation, ())
    for line in sheet.after:
        yield Stretch(line, "line")


def ending(sheet: Sheet) -> Iterator[Stretch]:
    """What ends a sheet: where the answer can be read again, and what the sheet is not."""
    words = sheet.words
    if sheet.link:
        yield _link(words.answer, sheet.link)
    yield Stretch(words.notice.format(day=sheet.day.isoformat()), "notice")


def _quoted(sheet: Sheet) -> Iterator[Stretch]:
    """Quotes by their sources, until the sheet is full."""
    room = MOST_QUOTED
    for number, (citation, quotes) in enumerate(by_source(sheet.answer.shown), 1):
        for quote in quotes:
            text = quote.text[: max(room, 0)]
            room -= len(quote.text)
            yield Stretch(text, "quote", _marks(quote, len(text)))
            if names := _names(quote):
                yield Stretch(sheet.words.names + names, "names")
        yield from _source(sheet, number, citation, quotes)
        if room < 0:
            yield Stretch(sheet.words.cut, "line")
            return


def _source(
    sheet: Sheet, number: int, citation: Citation, quotes: Sequence[Quote]
) -> Iterator[Stretch]:
    """The citation of quotes, what kind of text they are of, and where to look further."""
    words = sheet.words
    line = cite(citation, sheet.language, as_of=sheet.as_of)
    is_digest = citation.meta.form is Form.DIGEST
    yield Stretch(f"[{number}] {line}", "cited")
    yield Stretch(words.digest if is_digest else words.official, "digest" if is_digest else "names")
    yield from _links(sheet, citation, quotes)


def _links(sheet: Sheet, citation: Citation, quotes: Sequence[Quote]) -> Iterator[Stretch]:
    place = sheet.place(citation, quotes)
    labels = (sheet.words.in_document, sheet.words.original)
    for label, url in zip(labels, place, strict=True):
        if url:
            yield _link(label, url)


def _link(label: str, url: str) -> Stretch:
    return Stretch(f"{label}: {url}" if len(url) <= SHORT else f"{label} ↗", "link", url=url)


def _marks(quote: Quote, length: int) -> tuple[Mark, ...]:
    """What is marked in the first so many characters of a quote."""
    held = quote.highlights
    if len(held) > MOST_HIGHLIGHTS:
        held = tuple(one for one in held if one.kind is HighlightKind.CONDITION)
    return tuple(
        Mark(one.kind.value, one.start - quote.start, min(one.end - quote.start, length))
        for one in held
    )


def _names(quote: Quote) -> str:
    """English names of what a Chinese quote speaks of."""
    return "; ".join(
        f"{quote.text[one.start - quote.start : one.end - quote.start]} = {one.english}"
        for one in quote.labels
    )
