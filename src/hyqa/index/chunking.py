"""Cutting documents into chunks: equal parts of a section, at sentence borders.

Parts of even length beat parts filled to a limit, because a short tail is near to every
question: on an English-to-Chinese set, equal parts lifted the dense half's right document first
from .42 to .64 at the same limit.
"""

import hashlib
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from hyqa.index.leads import find_lead
from hyqa.parsing.outline.places import Places
from hyqa.text.scripts import simplify
from hyqa.text.sentences import Span, goes_on, sentence_spans, trim
from hyqa.types import Chunk, Document, PageStart, Section

CHUNK_SIZE = 350
"""Most that a chunk holds, in Chinese characters. Of 200, 350, 500 and 700, 350 was best or
equal on five public sets, and a chunk of it can be shown whole."""
LATIN_WIDTH = 0.4
"""Chinese characters that a Latin letter or digit counts for: English needs about 2.5 letters
for what one Chinese character says."""
CHUNKING = f"outline-{CHUNK_SIZE}/4"
"""Name stored with an index; change it with anything that moves a chunk's borders."""
BORDER_REACH = 0.4
"""Shares of a part in which a better border than the nearest one is looked for."""
PARAGRAPH_COST, SENTENCE_COST, CONTINUED_COST = 0.1, 0.2, 0.35
"""Shares of a part that a border may be off rather than be no heading's, no paragraph's, or part a
condition from what it limits."""
PREAMBLE_WIDTH = 30
"""What stands before a document's first heading, is narrower than this and no sentence (that it is a
digest, who issued it) says nothing by itself, and yet is near to every question: it belongs to what
follows."""
_ENDS = tuple("。！？；.!?;")
_MOST = math.ceil(CHUNK_SIZE / LATIN_WIDTH) + 1
"""Characters that are too many for a chunk, whatever they are."""
_PAUSE = re.compile(r"[，、：；]|[,:;](?=\s)|\s")


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Cut a document into chunks, none of which crosses a section but a preamble's border."""
    places, body = Places(document), _body(document)
    return tuple(
        _chunk(document, section, span, body, places)
        for section in _sections(document, body)
        for span in _parts(document.text, section, frozenset(places.starts))
    )


def embedded_text(document: Document, chunk: Chunk) -> str:
    """Write what is encoded for a chunk: its text under its title, headings and the list's lead.

    It is in simplified characters; a heading with which the text itself begins is not said twice.
    """
    headings = [document.meta.title, *chunk.heading_path]
    kept = [name for name in headings if name and not chunk.text.startswith(name)]
    if chunk.start > 0 and document.meta.title and document.meta.title not in kept:
        kept.insert(0, document.meta.title)
    lead = document.text[slice(*chunk.lead)] if chunk.lead else ""
    return simplify("\n".join(dict.fromkeys([*kept, *filter(None, [lead]), chunk.text])))


def searched_text(document: Document, chunk: Chunk) -> str:
    """Write what keywords are looked for in: the embedded text, and the document's 文号.

    The encoder does not see the number, which means nothing to it.
    """
    return "\n".join(filter(None, [document.meta.number, embedded_text(document, chunk)]))


def text_width(text: str) -> float:
    """Measure the length of a text in Chinese characters, see ``LATIN_WIDTH``."""
    wide = sum(character > "\u2e7f" for character in text)
    return wide + LATIN_WIDTH * (len(text) - wide)


def pages_of(starts: tuple[PageStart, ...], span: Span) -> tuple[int, int] | None:
    """Find the first and the last page that a span stands on; None where the format has no pages."""
    if not starts:
        return None
    on = [start.page for start in starts if start.offset < span[1]]
    first = [start.page for start in starts if start.offset <= span[0]]
    return (first or [starts[0].page])[-1], (on or [starts[0].page])[-1]


def _body(document: Document) -> int:
    """Where what a document says begins: after a short preamble, or with its text."""
    if len(document.sections) < 2 or document.sections[0].heading_path:
        return 0
    start, end = document.sections[0].start, document.sections[0].end
    preamble = document.text[start:end].strip()
    is_label = text_width(preamble) < PREAMBLE_WIDTH and not preamble.endswith(_ENDS)
    return end if is_label else 0


def _sections(document: Document, body: int) -> Sequence[Section]:
    """The sections of a document, its preamble joined with the first of them."""
    if not body:
        return document.sections
    preamble, first, *rest = document.sections
    return [replace(first, start=preamble.start), *rest]


def _parts(text: str, section: Section, heads: frozenset[int]) -> Iterator[Span]:
    """Cut a section into parts of about the same width, at the best borders near to that."""
    sentences = [
        (section.start + start, section.start + end)
        for start, end in sentence_spans(text[section.start : section.end])
    ]
    sentences = [piece for sentence in sentences for piece in _visible(text, sentence)]
    done = [0.0, *accumulate(text_width(text[start:end]) for start, end in sentences)]
    parts = max(1, math.ceil(done[-1] / CHUNK_SIZE))
    share = done[-1] / parts
    borders = [0]
    for part in range(1, parts):
        borders.append(_border(text, sentences, done, part * share, share, heads))
    for first, last in pairwise([*borders, len(sentences)]):
        if first < last:
            start, end = trim(text, (sentences[first][0], sentences[last - 1][1]))
            if start < end:
                yield start, end


def _border(
    text: str,
    sentences: Sequence[Span],
    done: Sequence[float],
    ideal: float,
    share: float,
    heads: frozenset[int],
) -> int:
    """The sentence before which a part is best ended, near an ideal width from the start."""
    low = bisect_left(done, ideal - BORDER_REACH * share)
    high = max(low + 1, bisect_right(done, ideal + BORDER_REACH * share))
    near = range(max(1, low), min(high, len(sentences)))
    if not near:
        return min(len(sentences), low)

    def cost(place: int) -> float:
        return abs(done[place] - ideal) / share + _break_cost(text, sentences, place, heads)

    return min(near, key=cost)


def _break_cost(text: str, sentences: Sequence[Span], place: int, heads: frozenset[int]) -> float:
    """What it costs to part a sentence from the one before it, in shares of a part."""
    start, _ = trim(text, sentences[place])
    if start in heads:
        return 0.0
    if goes_on(text, start):
        return CONTINUED_COST
    return PARAGRAPH_COST if "\n" in text[sentences[place - 1][0] : start] else SENTENCE_COST


def _visible(text: str, sentence: Span) -> Iterator[Span]:
    """Cut a sentence wider than a chunk at its pauses, or anywhere, as an encoder sees no more.

    Tables and lists without any full stop read as one sentence.
    """
    start, end = sentence
    while (limit := start + _fitting(text[start : min(end, start + _MOST)])) < end:
        cut = max((pause.end() for pause in _PAUSE.finditer(text, start, limit)), default=limit)
        yield start, cut
        start = cut
    yield start, end


def _fitting(text: str) -> int:
    """Number of a text's characters that fit into a chunk."""
    if len(text) <= CHUNK_SIZE:  # no character is wider than 1
        return len(text)
    widths = accumulate(map(text_width, text))
    return next((count for count, width in enumerate(widths) if width > CHUNK_SIZE), len(text))


def _chunk(document: Document, section: Section, span: Span, body: int, places: Places) -> Chunk:
    start, end = span
    text = document.text[start:end]
    said = (max(start, body), end)
    path = places.titles(said) if document.outline else section.heading_path
    identity = f"{document.id}\0{'/'.join(path)}\0{start}\0{text}"
    return Chunk(
        id=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:16],
        document_id=document.id,
        heading_path=path,
        pages=pages_of(document.page_starts, span),
        start=start,
        end=end,
        text=text,
        lead=find_lead(document, section, start, places),
    )
