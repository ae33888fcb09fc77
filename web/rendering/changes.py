"""What changed in the documents, as lines of the page and of its feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hyqa import Language
from storage.reader_schema import PassageChange
from web.languages import Tongue
from web.library import Shelf
from web.rendering.answers import CODES
from web.rendering.days import written
from web.rendering.links import document_url
from web.texts import TEXTS


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as it is shown: ``url`` leads to the words, or to the document where they are gone."""

    number: int
    title: str
    url: str
    lang: str
    day: str
    place: str
    old: str
    new: str
    found_at: datetime

    def words(self, tongue: Tongue) -> str:
        """Old and new words one below the other, as plain text."""
        texts = TEXTS[tongue]
        if self.old and self.new:
            parts = [f"{texts.change_before} {self.old}", f"{texts.change_now} {self.new}"]
        else:
            parts = [self.old or self.new]
        return "\n".join(part for part in (self.place, *parts) if part)


def changed(
    rows: Sequence[PassageChange], shelf: Shelf, tongue: Tongue, kept: Tongue | None
) -> list[Changed]:
    """Put changes into words.

    Args:
        rows: as they are kept.
        shelf: of the documents of today.
        tongue: of the page.
        kept: language that links are to name.
    """
    return [_changed(row, shelf, tongue, kept) for row in rows]


def _changed(row: PassageChange, shelf: Shelf, tongue: Tongue, kept: Tongue | None) -> Changed:
    texts = TEXTS[tongue]
    name = row.reason if row.kind == "ended" else row.kind
    if row.whole and name in ("new", "removed"):
        name = f"{name}_document"
    title = getattr(texts, f"change_{name}").format(title=row.title)
    by = f"{texts.change_by} {row.by}" if row.by else ""
    place = " › ".join(str(one) for one in row.headings) if not row.whole else ""
    return Changed(
        number=row.id,
        title=_clean(title),
        url=_url(row, shelf, kept),
        lang=CODES[Language(row.language)],
        day=written(row.day, tongue),
        place=_clean("; ".join(filter(None, (place, by)))),
        old=_clean(row.old) if not row.whole else "",
        new=_clean(row.new),
        found_at=datetime.fromtimestamp(row.at, UTC),
    )


def _url(row: PassageChange, shelf: Shelf, kept: Tongue | None) -> str:
    """Where the new words stand, as long as they stand there; '' where the document is gone."""
    held = shelf.document(row.document_id)
    if held is None:
        return ""
    stands = bool(row.new) and held.text[row.start : row.end] == row.new
    spans = [(row.start, row.end)] if stands else []
    return document_url(held.id, spans, held.sha256, kept)


def _clean(words: str) -> str:
    """Words without characters that XML does not know."""
    return "".join(char for char in words if char.isprintable() or char in "\n\t")
