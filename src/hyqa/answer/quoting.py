"""Choose the words to show: the fewest whole sentences that answer, with what limits them."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from hyqa.answer.conditions import with_conditions
from hyqa.answer.leading import CHANGING_KINDS
from hyqa.answer.quotes import quotes_at
from hyqa.index.build import Index
from hyqa.reading.gathering import gather
from hyqa.reading.relevance import Floats, share_held, size_of
from hyqa.reading.sentences import sentences_of
from hyqa.reading.wording import PLANNED
from hyqa.text.dates import certain_years_in, years_in
from hyqa.text.sentences import ENDS_SENTENCE
from hyqa.text.tokens import normalize
from hyqa.types import Document, QuestionAnalysis, Quote, Reading, Sentence

OTHER_YEAR = 0.5
"""What a sentence of another year than is asked for counts for. Set, not fitted."""
MOST_QUOTES = 3
"""Stretches of a document that are shown at most where questions were foreseen for it, unless several
things are asked for."""
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
CERTAIN = 0.9
"""Probability from which one does, whatever words it holds: of what was foreseen nearly as it is asked."""
LIKELY = 0.12
"""Probability down to which a sentence is chosen."""
MUCH_LESS_LIKELY = 0.12
"""Share of a sure sentence's probability below which another is left out."""
LESS_CERTAIN = 0.25
"""The same beside one that is ``CERTAIN`` by foreseen questions: of 189 answers half have at most 247 characters, with .12 at
most 362, and hold as often what is asked; with .4 three of 80 golden answers less."""
FAINT = 0.12
"""The same as long as less than ``LEAST_WIDTH`` is chosen; cells and lines of a list, which do not
end as sentences do, are chosen however unlikely: the answer may be a bare number."""
ABOUT_AS_LIKELY = 0.4
"""Share of the likeliest one's probability down to which a sentence is chosen even so: where no
sentence stands out, as in another language than the question's, all of the chunk is shown."""
STILL_LIKELY = 0.05
"""Probability down to which a sentence is chosen that gives a later figure than the others do: last
year's is no answer where this year's is known."""
_NOTE = re.compile(
    r"[（(【\[]?.{0,12}(?:摘要|节选|摘编|非官方|仅供参考|digest\b|excerpt\b|unofficial|not (?:the|an) official)",
    re.IGNORECASE,
)
"""A line that says what a document is, and nothing of what it tells."""
_NOTE_SIZE = 40
_AHEAD = re.compile(rf"{PLANNED}|\b(?:target|plan|expect|aim)", re.IGNORECASE)
"""What is meant to be is no later figure."""


def choose_quotes(
    index: Index, question: QuestionAnalysis, leading: Sequence[Reading]
) -> tuple[Quote, ...]:
    """Choose what to show of the documents that are quoted.

    Args:
        index: where the documents are.
        question: what is asked.
        leading: a reading of each document with the scores of its sentences, see
            :func:`hyqa.answer.leading.leading_readings`.

    Returns:
        Quotes, verbatim; those of one document follow each other, the one that answers first.
    """
    quotes: list[Quote] = []
    for reading in leading:
        document = index.store.document(reading.hit.chunk.document_id)
        width = SECOND_QUOTE_WIDTH if quotes else _width(question)
        shown = "".join(_solid(quote.text) for quote in quotes)
        opens = not quotes and _is_about(document, question.overview)
        found = (
            _opening(document, width) if opens else _quotes_of(document, reading, question, width)
        )
        quotes.extend(quote for quote in found if _solid(quote.text) not in shown)
    return tuple(quotes)


def _solid(text: str) -> str:
    return "".join(text.split())


def _width(question: QuestionAnalysis) -> float:
    several = question.several.listed or question.several.total or len(question.aspects) >= SEVERAL
    return SEVERAL_WIDTH if several else QUOTE_WIDTH


def _quotes_of(
    document: Document, reading: Reading, question: QuestionAnalysis, width: float
) -> list[Quote]:
    """Quotes of one document: the likeliest sentence's stretch, then the others in its order."""
    sentences = reading.sentences
    likely = _of_asked_years(document, sentences, np.array(reading.sentence_scores), question)
    best = sentences[int(likely.argmax())]
    held = share_held(document.text[best.start : best.end], question)
    sure = held >= SURE or float(likely.max()) >= CERTAIN
    certain = bool(reading.hit.foreseen) and float(likely.max()) >= CERTAIN
    floor = (LESS_CERTAIN if certain else MUCH_LESS_LIKELY if sure else 0.0) * float(likely.max())
    least = 0.0 if sure else LEAST_WIDTH
    several = width > SECOND_QUOTE_WIDTH
    gathers = gather(document, sentences, likely, question) if several else set()
    if gathers:
        least, width = 0.0, min(width, BESIDE_GATHERED)
    chosen = _likeliest(document, sentences, np.where(likely < floor, 0.0, likely), (least, width))
    chosen |= gathers
    if not question.years:
        chosen |= _newer(document, sentences, likely, chosen, question)
    chosen = _of_places(document, sentences, chosen, question)
    if not gathers and width <= QUOTE_WIDTH and reading.hit.foreseen:
        chosen = _in_few_stretches(document, sentences, likely, chosen)
    quotes = list(quotes_at(document, sentences, with_conditions(document, sentences, chosen)))
    # The stretch that answers stands first, then what belongs to it: also where several things are asked
    # for, of 434 right answers to blind questions 15 more begin with what answers, and 1 less.
    quotes.sort(key=lambda quote: not quote.start <= best.start < quote.end)
    return quotes


def _of_asked_years(
    document: Document, sentences: Sequence[Sentence], likely: Floats, question: QuestionAnalysis
) -> Floats:
    """Scores of sentences, less for those that tell of other years than are asked for.

    A question that was foreseen of one year is near the same question of another.
    """
    if not question.years:
        return likely
    told = [set(certain_years_in(document.text[one.start : one.end])) for one in sentences]
    other = np.array([bool(years) and years.isdisjoint(question.years) for years in told])
    return np.where(other, OTHER_YEAR * likely, likely)


def _in_few_stretches(
    document: Document, sentences: Sequence[Sentence], likely: Floats, chosen: set[int]
) -> set[int]:
    """Of what is chosen, what stands in the ``MOST_QUOTES`` stretches with the likeliest sentences."""

    def best(quote: Quote) -> float:
        return max(float(likely[place]) for place in chosen if _stands_in(sentences[place], quote))

    stretches = sorted(quotes_at(document, sentences, chosen), key=best, reverse=True)
    few = stretches[:MOST_QUOTES]
    return {place for place in chosen if any(_stands_in(sentences[place], one) for one in few)}


def _stands_in(sentence: Sentence, quote: Quote) -> bool:
    return quote.start <= sentence.start < quote.end


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
    return quotes_at(document, sentences, with_conditions(document, sentences, chosen))


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
    document: Document, sentences: Sequence[Sentence], chosen: set[int], question: QuestionAnalysis
) -> set[int]:
    """Of what is chosen for a question about another place, what names that; all if none does."""
    texts = (
        (place, document.text[sentences[place].start : sentences[place].end]) for place in chosen
    )
    named = {place for place, text in texts if any(name in text for name in question.places_abroad)}
    return named or chosen


def _newer(
    document: Document,
    sentences: Sequence[Sentence],
    likely: Floats,
    chosen: set[int],
    question: QuestionAnalysis,
) -> set[int]:
    """Of a figure that changes, the sentence that gives a later one than those chosen do, if any."""
    if question.sentence_kind is None or question.sentence_kind.name not in CHANGING_KINDS:
        return set()
    texts = [document.text[one.start : one.end] for one in sentences]
    alike = min(filter(None, (share_held(texts[place], question) for place in chosen)), default=0.0)
    shown = max(_last_year(texts[place]) for place in chosen)
    later = [
        place
        for place, text in enumerate(texts)
        if place not in chosen
        and likely[place] >= STILL_LIKELY
        and _last_year(text) > shown > 0
        and not _AHEAD.search(text)
        and share_held(text, question) >= alike > 0  # and so gives a figure of the kind
    ]
    return {max(later, key=lambda place: likely[place])} if later else set()


def _last_year(text: str) -> int:
    return max(map(int, years_in(text)), default=0)


def _may_be_bare_answer(text: str) -> bool:
    """Whether a text is a cell or a line of a list, and no note on the document."""
    return not _is_note(text) and not ENDS_SENTENCE.search(text)


def _is_note(text: str) -> bool:
    return len(text) <= _NOTE_SIZE and _NOTE.match(text) is not None
