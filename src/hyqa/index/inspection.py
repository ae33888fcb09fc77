"""Looking at documents as they were read, before anything is indexed: what a maintainer checks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import PurePosixPath

from hyqa.index.chunking import chunk_document
from hyqa.index.duplicates import unique
from hyqa.index.repeals import link_repeals
from hyqa.index.validity import Force, Standing, status_on
from hyqa.types import Chunk, Document, Language

LITTLE = 60
"""Characters of a text below which it is hardly a document: the shortest notices have some 100."""
SPARSE = 40
"""Characters a page on average below which pages were probably not read: a title page has as
many, and a page of text some 600."""
STRANGE = 0.01
"""Share of characters that no Chinese or English text has from which a text looks broken; of the
PDF files that were looked at, whole ones have none, broken ones three percent and more."""
LONG_SECTION = 20_000
"""Characters without a heading from which an outline was probably not found: some 30 pages."""

_STRANGE = re.compile(
    "[\ufffd\u0080-\u009f\ue000-\uf8ff\u0180-\u024f\u0500-\u1aff\ua000-\uabff]"
    "|锟斤拷|烫烫烫|屯屯屯|[ÃÂâ][\u0080-\u00bf€™œ]"
)
"""Replacement characters, scripts of other continents, and what wrong decoding leaves."""
_NUMBERED_KINDS = ("policy", "law")
_OFFICIAL_TITLE = re.compile(
    r"(?:通知|意见|办法|措施|规定|条例|细则|决定|公告|批复|通告)[》」）)]?$"
)
_FORCE = {
    Force.EXPIRED: "it was in force until {day}",
    Force.REPEALED: "it is no longer in force{since}{by}",
    Force.NOT_YET: "it is not in force before {day}",
}


class Concern(StrEnum):
    """What may be wrong with a document that can be read."""

    NO_DATE = "no_date"
    NO_NUMBER = "no_number"
    NO_PUBLISHER = "no_publisher"
    NOT_IN_FORCE = "not_in_force"
    DUPLICATE = "duplicate"
    METADATA = "metadata"
    LITTLE_TEXT = "little_text"
    MISSING_PAGES = "missing_pages"
    BROKEN_TEXT = "broken_text"
    NO_OUTLINE = "no_outline"
    UNSUPPORTED = "unsupported"
    """A digest says what its original does not hold."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a maintainer should look at, and in one sentence what."""

    concern: Concern
    sentence: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """A document as it would be indexed, what it is worth on a day, and what seems wrong."""

    document: Document
    chunks: tuple[Chunk, ...]
    standing: Standing
    warnings: tuple[Warned, ...]


def inspect(documents: Sequence[Document], day: date) -> Iterator[Inspection]:
    """Inspect documents that would be indexed together: what is worth seeing of each.

    Args:
        documents: all that would be indexed together: repeals and duplicates are looked for
            among them.
        day: the day of which it is told whether they are in force.
    """
    first: dict[str, str] = {}
    near = {twin.left_out.id: twin.kept for twin in unique(documents)[1]}
    for document in link_repeals(documents):
        standing = status_on(document.meta, day)
        twin = first.setdefault(_letters(document.text), document.id)
        warnings = [*_metadata(document, standing), *_text(document)]
        if twin != document.id:
            sentence = f"its words are the same as those of {twin}"
            warnings.append(Warned(Concern.DUPLICATE, sentence))
        elif document.id in near:
            sentence = f"it is left out of an index, as {near[document.id]} is the same document"
            warnings.append(Warned(Concern.DUPLICATE, sentence))
        yield Inspection(document, chunk_document(document), standing, tuple(warnings))


def missing_pages(document: Document) -> tuple[int, ...]:
    """Return the pages before the last one on which nothing begins, hence nothing was read."""
    pages = [start.page for start in document.page_starts]
    return tuple(sorted(set(range(1, max(pages, default=0))) - set(pages)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _metadata(document: Document, standing: Standing) -> Iterator[Warned]:
    meta = document.meta
    if not meta.issued:
        yield Warned(Concern.NO_DATE, "no date of issue was found")
    official = meta.kind in _NUMBERED_KINDS or _OFFICIAL_TITLE.search(meta.title)
    if official and not meta.number and meta.language is Language.CHINESE:
        yield Warned(Concern.NO_NUMBER, "no 文号 was found")
    if not meta.publisher:
        yield Warned(Concern.NO_PUBLISHER, "no issuing body was found")
    if standing.force in _FORCE:
        since = f" since {standing.day}" if standing.day else ""
        by = f", by {standing.by}" if standing.by else ""
        sentence = _FORCE[standing.force].format(day=standing.day, since=since, by=by)
        yield Warned(Concern.NOT_IN_FORCE, sentence)
    for remark in document.remarks:
        yield Warned(Concern.METADATA, remark.rstrip("."))


def _text(document: Document) -> Iterator[Warned]:
    text = document.text
    pages = max((start.page for start in document.page_starts), default=0)
    if len(text) < max(LITTLE, SPARSE * pages):
        on = f" on {pages} pages" if pages > 1 else ""
        yield Warned(Concern.LITTLE_TEXT, f"there are only {len(text)} characters in it{on}")
    if missing := missing_pages(document):
        which = ", ".join(map(str, missing[:10])) + ("…" if len(missing) > 10 else "")
        yield Warned(Concern.MISSING_PAGES, f"no text was read from page {which}")
    strange = Counter(_STRANGE.findall(text))
    if strange.total() > STRANGE * len(text):
        samples = " ".join(sample for sample, _ in strange.most_common(5))
        sentence = f"its text looks broken: {strange.total()} odd characters such as {samples}"
        yield Warned(Concern.BROKEN_TEXT, sentence)
    borders = [0, *(heading.start for heading in document.outline), len(text)]
    longest = max(end - start for start, end in pairwise(borders))
    if longest > LONG_SECTION and PurePosixPath(document.id).suffix != ".jsonl":
        yield Warned(Concern.NO_OUTLINE, f"{longest} characters stand under one heading")
