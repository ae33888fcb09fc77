"""Cutting documents into chunks: equal parts of a section, at sentence borders.

Parts of even length beat parts filled to a limit, because a short tail is near to every
question: on an English-to-Chinese set, equal parts lifted the dense half's right document first
from .42 to .64 at the same limit.
"""

import hashlib
import math
import re
from collections.abc import Iterator
from itertools import accumulate

from hyqa.sentences import Span, sentence_spans, trim
from hyqa.simplified import simplify
from hyqa.types import Chunk, Document, PageStart, Section

CHUNK_SIZE = 350
"""Most that a chunk holds, in Chinese characters. Of 200, 350, 500 and 700, 350 was best or
equal on five public sets, and a chunk of it can be shown whole."""
LATIN_WIDTH = 0.4
"""Chinese characters that a Latin letter or digit counts for: English needs about 2.5 letters
for what one Chinese character says."""
CHUNKING = f"equal-{CHUNK_SIZE}/2"
"""Name stored with an index; change it with anything that moves a chunk's borders."""
_MOST = math.ceil(CHUNK_SIZE / LATIN_WIDTH) + 1
"""Characters that are too many for a chunk, whatever they are."""
_PAUSE = re.compile(r"[，、：；]|[,:;](?=\s)|\s")


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Cut a document into chunks, none of which crosses a section."""
    return tuple(
        _chunk(document, section, span)
        for section in document.sections
        for span in _equal_parts(document.text, section)
    )


def embedded_text(document: Document, chunk: Chunk) -> str:
    """What is encoded for a chunk: its text under its title and headings, in simplified characters."""
    headings = [document.meta.title, *chunk.heading_path]
    if chunk.start == 0 and chunk.text.startswith(document.meta.title):
        headings = headings[1:]
    return simplify("\n".join(dict.fromkeys([*filter(None, headings), chunk.text])))


def searched_text(document: Document, chunk: Chunk) -> str:
    """What keywords are looked for in: the embedded text, and the document's 文号.

    The encoder does not see the number, which means nothing to it.
    """
    return "\n".join(filter(None, [document.meta.number, embedded_text(document, chunk)]))


def text_width(text: str) -> float:
    """Length of a text in Chinese characters, see ``LATIN_WIDTH``."""
    wide = sum(character > "\u2e7f" for character in text)
    return wide + LATIN_WIDTH * (len(text) - wide)


def pages_of(starts: tuple[PageStart, ...], span: Span) -> tuple[int, int] | None:
    """First and last page that a span stands on; None where the format has no pages."""
    if not starts:
        return None
    on = [start.page for start in starts if start.offset < span[1]]
    first = [start.page for start in starts if start.offset <= span[0]]
    return (first or [starts[0].page])[-1], (on or [starts[0].page])[-1]


def _equal_parts(text: str, section: Section) -> Iterator[Span]:
    sentences = [
        (section.start + start, section.start + end)
        for start, end in sentence_spans(text[section.start : section.end])
    ]
    sentences = [piece for sentence in sentences for piece in _visible(text, sentence)]
    widths = [text_width(text[start:end]) for start, end in sentences]
    parts = max(1, math.ceil(sum(widths) / CHUNK_SIZE))
    share = sum(widths) / parts
    grouped: dict[int, list[Span]] = {}
    done = 0.0
    for span, width in zip(sentences, widths, strict=True):
        grouped.setdefault(
            min(parts - 1, int((done + width / 2) / share)) if share else 0, []
        ).append(span)
        done += width
    for spans in grouped.values():
        start, end = trim(text, (spans[0][0], spans[-1][1]))
        if start < end:
            yield start, end


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
    widths = accumulate(map(text_width, text))
    return next((count for count, width in enumerate(widths) if width > CHUNK_SIZE), len(text))


def _chunk(document: Document, section: Section, span: Span) -> Chunk:
    start, end = span
    text = document.text[start:end]
    identity = f"{document.id}\0{'/'.join(section.heading_path)}\0{start}\0{text}"
    return Chunk(
        id=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:16],
        document_id=document.id,
        heading_path=section.heading_path,
        pages=pages_of(document.page_starts, span),
        start=start,
        end=end,
        text=text,
    )
