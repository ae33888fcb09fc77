"""Find counterparts: quotes of the document that tells the same source in the asker's language.

Nothing is translated. What answers the same foreseen questions tells the same. Where none were
foreseen, sentences of the two documents are matched by what languages share: figures, years, and
the Chinese names that English documents give in brackets (cf. Gale and Church, "A program
for aligning sentences in bilingual corpora", Computational Linguistics 19, 1993, and the anchors of
later aligners).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from hyqa.answer.quotes import quotes_at
from hyqa.index.build import Index
from hyqa.reading.sentences import sentences_of
from hyqa.text.dates import years_in
from hyqa.text.figures import DIGITS
from hyqa.text.sentences import sentence_spans
from hyqa.text.tokens import normalize
from hyqa.types import Document, Language, Metadata, Quote

FIGURE, NAME, YEAR = 1.0, 0.5, 0.25
"""What a figure, a name and a year count for that two sentences share."""
LEAST = 1.0
"""What a sentence must share at least to tell the same: a figure, or two names."""
SHARE = 0.6
"""Share of the best sentence's score from which others tell the same, too."""
_NUMBER = re.compile(DIGITS)
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")


def in_language(
    index: Index, quotes: Sequence[Quote], language: Language, found: Iterable[str]
) -> tuple[Quote, ...]:
    """Replace quotes by their counterparts in a language, where found documents hold any.

    Args:
        index: where the documents stand.
        quotes: what answers.
        language: the asker's.
        found: ids of documents among which counterparts may be.

    Returns:
        The quotes in their order; in the place of those in another language, what tells the same
        in this one, where there is any.
    """
    if all(quote.citation.meta.language is language for quote in quotes):
        return tuple(quotes)
    others = {id_: index.store.metadata(id_) for id_ in dict.fromkeys(found)}
    others = {id_: meta for id_, meta in others.items() if meta.language is language}
    told: dict[tuple[str, int, int], Quote] = {}
    for quote in quotes:
        instead = list(_foreseen_in(index, quote, language))
        if not instead and _may_have_counterpart(quote, language):
            same = [
                index.store.document(id_)
                for id_, meta in others.items()
                if _are_of_one_source(meta, quote.citation.meta)
            ]
            instead = max((list(_told_in(one, quote)) for one in same), key=len, default=[])
        for one in instead or [quote]:
            told.setdefault((one.citation.document_id, one.start, one.end), one)
    return tuple(told.values())


def _foreseen_in(index: Index, quote: Quote, language: Language) -> Iterator[Quote]:
    """What answers the same foreseen questions in a language: of the document that answers most."""
    if quote.citation.meta.language is language or not len(index.foreseen.links):
        return
    rows = index.store.rows_of_document(quote.citation.document_id)
    places: dict[str, set[tuple[int, int]]] = {}
    for row, start, end in index.foreseen.same_answers(rows, quote.start, quote.end):
        [chunk] = index.store.chunks([row])
        if index.store.metadata(chunk.document_id).language is language:
            places.setdefault(chunk.document_id, set()).add((start, end))
    if not places:
        return
    best = max(places, key=lambda name: len(places[name]))
    document = index.store.document(best)
    sentences = sentences_of(document, [(0, len(document.text))], 0)
    chosen = {
        place
        for place, one in enumerate(sentences)
        if any(one.start < end and one.end > start for start, end in places[best])
    }
    yield from quotes_at(document, sentences, chosen)


def _may_have_counterpart(quote: Quote, language: Language) -> bool:
    meta = quote.citation.meta
    return meta.language is not language and bool(meta.url or meta.number)


def _are_of_one_source(one: Metadata, other: Metadata) -> bool:
    """Whether two documents name the same 文号, or where not both have one, the same address."""
    if one.number and other.number:
        return one.number == other.number
    return bool(one.url) and one.url == other.url


def _told_in(document: Document, quote: Quote) -> Iterator[Quote]:
    """What a document tells of a quote, sentence by sentence."""
    sentences = sentences_of(document, [(0, len(document.text))], 0)
    texts = [normalize(document.text[one.start : one.end]) for one in sentences]
    chosen: set[int] = set()
    for start, end in sentence_spans(quote.text):
        chosen |= _matching(normalize(quote.text[start:end]), texts)
    return quotes_at(document, sentences, chosen)


def _matching(said: str, texts: list[str]) -> set[int]:
    """Places of the sentences that share most with one of the other language."""
    scores = [_shared(said, text) for text in texts]
    best = max(scores, default=0.0)
    if best < LEAST:
        return set()
    return {place for place, score in enumerate(scores) if score >= max(LEAST, SHARE * best)}


def _shared(one: str, other: str) -> float:
    """What two sentences share: each figure, year and name once."""
    numbers = set(_NUMBER.findall(one)) & set(_NUMBER.findall(other))
    years = {number for number in numbers if years_in(number) == [number]}
    chinese, mixed = (one, other) if _letters(one) >= _letters(other) else (other, one)
    names = {name for name in _CHINESE.findall(mixed) if name in chinese}
    return FIGURE * len(numbers - years) + YEAR * len(years) + NAME * len(names)


def _letters(text: str) -> int:
    return sum(map(len, _CHINESE.findall(text)))
