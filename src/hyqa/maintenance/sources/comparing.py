"""A digest beside its original: what of its figures, dates and 文号 the original does not hold.

Wording is a digest's own, so that words are not compared. A figure is compared by its value, so
that 2000万元, 2,000 万元, 两千万元 and RMB 20 million are one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hyqa.index.inspection import Concern, Inspection, Warned
from hyqa.maintenance.sources.figures import (
    bare_numbers_in,
    dates_in,
    figures_in,
    numbers_in,
    values_in,
    years_in,
)
from hyqa.text.sentences import sentence_spans
from hyqa.types import Document, Form

MOST_TOLD = 8
"""Words that are told of a digest among its other warnings."""


class Kind(StrEnum):
    """What a digest says that can be looked for in its original."""

    FIGURE = "figure"
    DATE = "date"
    NUMBER = "文号"


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Words of a digest that its original does not hold.

    ``start`` is where they stand in the digest's text, -1 where it is a field of its metadata;
    ``sentence`` is what they stand in, or the name of that field.
    """

    kind: Kind
    words: str
    start: int
    sentence: str


def compare(digest: Document, original: Document) -> tuple[Unsupported, ...]:
    """Find what a digest says that its original does not.

    Args:
        digest: somebody's own words about a source.
        original: the source.

    Returns:
        The figures, dates and 文号 that do not stand in the original, each once, its metadata
        first, then in the order of the digest.
    """
    held = _Held(original)
    found = [*_of_metadata(digest, held), *sorted(_of_text(digest, held), key=lambda o: o.start)]
    first: dict[tuple[Kind, str], Unsupported] = {}
    for one in found:
        first.setdefault((one.kind, "".join(one.words.split())), one)
    return tuple(first.values())


def pairs(documents: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Yield each digest with its original, of documents that are indexed together."""
    by_id = {document.id: document for document in documents}
    for original in documents:
        for name in original.meta.original_of:
            digest = by_id.get(name)
            if digest is not None and digest.meta.form is Form.DIGEST:
                yield digest, original


def with_originals(seen: Sequence[Inspection]) -> list[Inspection]:
    """Warn of each digest that says what its original, inspected with it, does not hold."""
    warned = {one.document.id: one for one in seen}
    for digest, original in pairs([one.document for one in seen]):
        found = compare(digest, original)
        sentences = [
            f"its original {original.id} does not hold {one.words} ({one.sentence})"
            for one in found[:MOST_TOLD]
        ]
        if len(found) > MOST_TOLD:
            rest = len(found) - MOST_TOLD
            sentences.append(f"nor {rest} more: `hyqa compare-original {digest.id}` names them")
        warnings = tuple(Warned(Concern.UNSUPPORTED, sentence) for sentence in sentences)
        one = warned[digest.id]
        warned[digest.id] = replace(one, warnings=(*one.warnings, *warnings))
    return [warned[one.document.id] for one in seen]


class _Held:
    """What an original holds, as values."""

    def __init__(self, original: Document) -> None:
        meta = original.meta
        text = "\n".join((meta.title, meta.number, original.text))
        self.numbers = {value for value, _, _ in numbers_in(text)}
        self.bare_numbers = bare_numbers_in(text)
        self.dates = {value for value, _, _ in dates_in(text)}
        self.dates |= set(filter(None, (meta.issued, meta.effective, meta.expires)))
        self.years = years_in(text) | {date[:4] for date in self.dates if date[0] != "-"}
        self.values = values_in(text)

    def has_date(self, date: str) -> bool:
        """Whether a date stands there, or one that is more exact."""
        if date.startswith("--"):
            return any(one.endswith(date[1:]) for one in self.dates)
        if len(date) == len("YYYY"):
            return date in self.years
        spoken = f"--{date[5:]}" in self.dates and date[:4] in self.years
        return spoken or any(one.startswith(date) for one in self.dates)

    def has_number(self, number: str) -> bool:
        """Whether a 文号 stands there, with its body's sign where it has one."""
        own = {value for value, _, _ in numbers_in(number)}
        return own <= self.numbers if own else bare_numbers_in(number) <= self.bare_numbers


def _of_metadata(digest: Document, held: _Held) -> Iterator[Unsupported]:
    meta = digest.meta
    if meta.number and not held.has_number(meta.number):
        yield Unsupported(Kind.NUMBER, meta.number, -1, "number")
    for name in ("issued", "effective", "expires"):
        date = getattr(meta, name)
        if date and not held.has_date(date):
            yield Unsupported(Kind.DATE, date, -1, name)


def _of_text(digest: Document, held: _Held) -> Iterator[Unsupported]:
    text = digest.text
    dated = [*dates_in(text)]
    numbered = [*numbers_in(text)]
    for value, start, end in dated:
        if not held.has_date(value):
            yield _at(Kind.DATE, digest, start, end)
    for value, start, end in numbered:
        if value not in held.numbers:
            yield _at(Kind.NUMBER, digest, start, end)
    taken = [(start, end) for _, start, end in (*dated, *numbered)]
    for figure, start, end in figures_in(text):
        inside = any(begin <= start < stop for begin, stop in taken)
        if not inside and figure not in held.values:
            yield _at(Kind.FIGURE, digest, start, end)


def _at(kind: Kind, digest: Document, start: int, end: int) -> Unsupported:
    text = digest.text
    spans = (span for span in sentence_spans(text) if span[0] <= start < span[1])
    begin, stop = next(spans, (start, end))
    words = re.sub(r"\s+", " ", text[start:end]).strip()
    return Unsupported(kind, words, start, re.sub(r"\s+", " ", text[begin:stop]).strip())
