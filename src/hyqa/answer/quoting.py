"""Choosing the words to show: the fewest whole sentences that answer, with what limits them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from hyqa.answer.conditions import completed
from hyqa.answer.highlights import highlights_of
from hyqa.index.build import Index
from hyqa.index.chunking import pages_of
from hyqa.index.validity import has_ended
from hyqa.parsing.outline.places import heading_path as outlined_path
from hyqa.question.analysis import subject_of_overview
from hyqa.reading.confidence import Judged
from hyqa.reading.gathering import gathered
from hyqa.reading.relevance import (
    Floats,
    Sentence,
    Sought,
    probabilities,
    seek,
    sentences_of,
    share_held,
    size_of,
)
from hyqa.reading.wording import PLANNED
from hyqa.text.dates import years_in
from hyqa.text.sentences import Span
from hyqa.text.tokens import normalize
from hyqa.types import Chunk, Citation, Document, Query, Quote

QUOTE_WIDTH = 400
"""Most that is chosen from the first document, in Chinese characters, unless one sentence is longer."""
SEVERAL_WIDTH = 500
"""The same where the question asks for a list or a total, or enumerates ``SEVERAL`` things: with 400
two more of ncp_policy's answers were cut off, with 600 none fewer."""
SEVERAL = 3
BESIDE_GATHERED = 300
"""The same beside what is gathered for a question that asks for several things."""
SECOND_QUOTE_WIDTH = 110
"""Most that is chosen from each further document."""
LEAST_WIDTH = 150
"""What is chosen at least, where no sentence is ``SURE``: the answer may then stand beside it."""
SURE = 0.7
"""Share of what is sought from which a sentence answers by itself."""
LIKELY = 0.12
"""Probability down to which a sentence is chosen."""
MUCH_LESS_LIKELY = 0.12
"""Share of a sure sentence's probability below which another is left out."""
FAINT = 0.12
"""The same as long as less than ``LEAST_WIDTH`` is chosen; cells and lines of a list, which do not
end as sentences do, are chosen however unlikely: the answer may be a bare number."""
ABOUT_AS_LIKELY = 0.4
"""Share of the likeliest one's probability down to which a sentence is chosen even so: where no
sentence stands out, as in another language than the question's, all of the chunk is shown."""
MAX_DOCUMENTS = 3
GAP = 30
"""Characters between two chosen places that are shown rather than left out."""
REACH = 400
"""Characters around a found chunk that are looked at; of a short document, all are."""
WHOLE_DOCUMENT = 6000
"""Characters up to which a document is looked at as a whole."""
NEAR_SCORE = 0.1
"""How far below the best hit another document's may score and still be quoted."""
NEAR_LOGIT = 1.0
"""How much lower the log-odds of another document's hit may be that is still quoted."""
EQUAL_SCORE, EQUAL_LOGIT = 0.1, 0.7
"""How little a newer hit may fall short of the best one to lead in its place. Log-odds of the fitted
models that are this near are of passages that hold the same words, one of them closer together."""
STILL_LIKELY = 0.05
"""Probability down to which a sentence is chosen that gives a later figure than the others do: last
year's is no answer where this year's is known."""
CHANGING_KINDS = frozenset({"number", "money", "percentage"})
"""Kinds of answer that change from year to year: the day of a decree does not."""
SECOND_STANDING = 0.5
"""What a document's further hits count for beside its best."""
_ENDS = re.compile(r"[。！？；.!?;][”’」』）)\]\"']*$")
"""How a whole sentence ends."""
_NOTE = re.compile(
    r"[（(【\[]?.{0,12}(?:摘要|节选|摘编|非官方|仅供参考|digest\b|excerpt\b|unofficial|not (?:the|an) official)",
    re.IGNORECASE,
)
"""A line that says what a document is, and nothing of what it tells."""
_NOTE_SIZE = 40
_AHEAD = re.compile(rf"{PLANNED}|\b(?:target|plan|expect|aim)", re.IGNORECASE)
"""What is meant to be is no later figure."""


def choose_quotes(
    index: Index, query: Query, judged: Sequence[Judged], *, as_of: date
) -> tuple[Quote, ...]:
    """Choose what to show for a query's judged hits.

    Args:
        index: where the hits come from.
        query: what was searched for.
        judged: the hits, the one most likely to answer first.
        as_of: day on which a document leads only if it is in force.

    Returns:
        Quotes, verbatim; those of one document follow each other, in its order. Of documents that
        are as likely to answer as the best, the newest leads.
    """
    sought = seek(query, index.sparse)
    subject = subject_of_overview(query.question, index.names, index.translations.terms)
    quotes: list[Quote] = []
    for leading in _leading(judged, index, sought, as_of):
        document = index.store.document(leading.hit.chunk.document_id)
        chunks = [one.hit.chunk for one in judged if one.hit.chunk.document_id == document.id]
        chunks.sort(key=lambda chunk: chunk is not leading.hit.chunk)
        width = SECOND_QUOTE_WIDTH if quotes else _width(sought)
        shown = "".join(_solid(quote.text) for quote in quotes)
        opens = not quotes and _is_about(document, subject)
        found = _opening(document, width) if opens else _quotes_of(document, chunks, sought, width)
        quotes.extend(quote for quote in found if _solid(quote.text) not in shown)
    return tuple(quotes)


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


def _solid(text: str) -> str:
    return "".join(text.split())


def _width(sought: Sought) -> float:
    several = sought.several.listed or sought.several.total or len(sought.aspects) >= SEVERAL
    return SEVERAL_WIDTH if several else QUOTE_WIDTH


def _leading(judged: Sequence[Judged], index: Index, sought: Sought, as_of: date) -> list[Judged]:
    """The best hit of each document that is quoted, the document that leads first.

    What has expired or was repealed stands behind what has not, unless a year is asked about.
    """
    near = list(_near(judged, index))
    if sought.dated:
        return near
    ended = {id(item): _has_ended(item, index, as_of) for item in near}
    near.sort(key=lambda item: ended[id(item)])
    best = near[0]
    if sought.kind is None or sought.kind.name not in CHANGING_KINDS:
        return near
    equal = [
        item
        for item in near
        if ended[id(item)] == ended[id(best)]
        and item.hit.score >= best.hit.score - EQUAL_SCORE
        and item.logit >= best.logit - EQUAL_LOGIT
    ]
    newest = max(equal, key=lambda item: _year(item, index))
    lead = newest if _year(best, index) and _year(newest, index) > _year(best, index) else best
    return [lead, *(item for item in near if item is not lead)]


def _near(judged: Sequence[Judged], index: Index) -> Iterator[Judged]:
    """The best hit, and of each other document in its language the best that is about as sure."""
    first = judged[0]
    language = index.store.document(first.hit.chunk.document_id).meta.language
    seen: set[str] = set()
    for item in judged:
        near = item.hit.score >= first.hit.score - NEAR_SCORE
        sure = item.answers and item.logit >= first.logit - NEAR_LOGIT
        fits = item is first or (near and sure)
        if len(seen) == MAX_DOCUMENTS or item.hit.chunk.document_id in seen or not fits:
            continue
        if index.store.document(item.hit.chunk.document_id).meta.language is language:
            seen.add(item.hit.chunk.document_id)
            yield item


def _has_ended(item: Judged, index: Index, day: date) -> bool:
    meta = index.store.document(item.hit.chunk.document_id).meta
    return has_ended(meta, day)


def _year(item: Judged, index: Index) -> int:
    """The year a hit's document was issued, 0 where it is not known."""
    return int(index.store.document(item.hit.chunk.document_id).meta.issued[:4] or 0)


def _quotes_of(
    document: Document, chunks: Sequence[Chunk], sought: Sought, width: float
) -> Iterator[Quote]:
    """Quotes of one document, in its order."""
    hits = [
        ((chunk.start, chunk.end), SECOND_STANDING if place else 1.0)
        for place, chunk in enumerate(chunks)
    ]
    whole = len(document.text) <= WHOLE_DOCUMENT
    near = [(0, len(document.text))] if whole else [span for span, _ in hits]
    near += [(table.header_start, table.header_end) for table in document.tables]
    sentences = sentences_of(document, near, REACH)
    likely = probabilities(document, sentences, hits, sought)
    best = sentences[int(likely.argmax())]
    sure = share_held(document.text[best.start : best.end], sought) >= SURE
    floor = MUCH_LESS_LIKELY * float(likely.max()) if sure else 0.0
    least = 0.0 if sure else LEAST_WIDTH
    gathers = gathered(document, sentences, likely, sought) if width > SECOND_QUOTE_WIDTH else set()
    if gathers:
        least, width = 0.0, min(width, BESIDE_GATHERED)
    chosen = _likeliest(document, sentences, np.where(likely < floor, 0.0, likely), (least, width))
    chosen |= gathers
    if not sought.dated:
        chosen |= _newer(document, sentences, likely, chosen, sought)
    chosen = completed(document, sentences, _of_places(document, sentences, chosen, sought))
    return quotes_at(document, sentences, chosen)


def _is_about(document: Document, subject: Sequence[str]) -> bool:
    """Whether a document's title or first sentence has one of some names."""
    if not subject:
        return False
    first = sentences_of(document, [(0, len(document.text))], 0)[0]
    head = normalize(f"{document.meta.title}\n{document.text[first.start : first.end]}")
    return any(name in head for name in subject)


def _opening(document: Document, width: float) -> Iterator[Quote]:
    """How a document begins, whose subject is all that is asked about: whole sentences."""
    sentences = sentences_of(document, [(0, len(document.text))], 0)
    chosen: set[int] = set()
    used = 0.0
    for place, one in enumerate(sentences):
        text = document.text[one.start : one.end]
        if _is_note(text):
            continue
        used += size_of(text)
        if chosen and used > width:
            break
        chosen.add(place)
    return quotes_at(document, sentences, completed(document, sentences, chosen))


def _likeliest(
    document: Document, sentences: Sequence[Sentence], likely: Floats, width: tuple[float, float]
) -> set[int]:
    """Places of the likeliest sentences, at least one, of a width between two bounds."""
    order = np.argsort(-likely, kind="stable")
    likeliest = float(likely[order[0]])
    floor = min(LIKELY, ABOUT_AS_LIKELY * likeliest)
    least, most = width
    chosen: set[int] = set()
    used = 0.0
    for place in map(int, order):
        text = document.text[sentences[place].start : sentences[place].end]
        faint = 0.0 if _may_be_bare_answer(text) else FAINT * likeliest
        if chosen and likely[place] < (floor if used >= least else faint):
            continue
        if not chosen or used + size_of(text) <= most:
            chosen.add(place)
            used += size_of(text)
    return chosen


def _of_places(
    document: Document, sentences: Sequence[Sentence], chosen: set[int], sought: Sought
) -> set[int]:
    """Of what is chosen for a question about another place, what names that; all if none does."""
    texts = (
        (place, document.text[sentences[place].start : sentences[place].end]) for place in chosen
    )
    named = {place for place, text in texts if any(name in text for name in sought.abroad)}
    return named or chosen


def _newer(
    document: Document,
    sentences: Sequence[Sentence],
    likely: Floats,
    chosen: set[int],
    sought: Sought,
) -> set[int]:
    """Of a figure that changes, the sentence that gives a later one than those chosen do, if any."""
    if sought.kind is None or sought.kind.name not in CHANGING_KINDS:
        return set()
    texts = [document.text[one.start : one.end] for one in sentences]
    alike = min(filter(None, (share_held(texts[place], sought) for place in chosen)), default=0.0)
    shown = max(_last_year(texts[place]) for place in chosen)
    later = [
        place
        for place, text in enumerate(texts)
        if place not in chosen
        and likely[place] >= STILL_LIKELY
        and _last_year(text) > shown > 0
        and not _AHEAD.search(text)
        and share_held(text, sought) >= alike > 0  # and so gives a figure of the kind
    ]
    return {max(later, key=lambda place: likely[place])} if later else set()


def _last_year(text: str) -> int:
    return max(map(int, years_in(text)), default=0)


def _may_be_bare_answer(text: str) -> bool:
    """Whether a text is a cell or a line of a list, and no note on the document."""
    return not _is_note(text) and not _ENDS.search(text)


def _is_note(text: str) -> bool:
    return len(text) <= _NOTE_SIZE and _NOTE.match(text) is not None


def quotes_at(
    document: Document, sentences: Sequence[Sentence], chosen: set[int]
) -> Iterator[Quote]:
    """Quotes of the sentences of a document at some places, in its order."""
    for section, span in stretches(document, sentences, chosen):
        yield make_quote(document, document.sections[section].heading_path, span)


def stretches(
    document: Document, sentences: Sequence[Sentence], chosen: set[int]
) -> list[tuple[int, Span]]:
    """The stretches of text that chosen sentences make, each with its section's place."""
    places: list[tuple[int, Span]] = []
    for number in sorted(chosen):
        one = sentences[number]
        if places and places[-1][0] == one.section and one.start - places[-1][1][1] <= GAP:
            places[-1] = (one.section, (places[-1][1][0], one.end))
        else:
            places.append((one.section, (one.start, one.end)))
    return places
