"""Add to chosen sentences the conditions and introductions without which they would mislead."""

import re
from collections.abc import Iterator, Sequence

from hyqa.reading.listings import is_heading
from hyqa.reading.sentences import sentences_of
from hyqa.text.figures import NUMERAL
from hyqa.text.lists import ITEM_MARK
from hyqa.text.sentences import Span
from hyqa.types import Document, Sentence, Table

MOST_LIMITS = 2
"""Sentences taken after a chosen one that limit it."""
LONGEST_LIMIT = 120
"""Characters of such a sentence; what is longer is a rule of its own."""
MOST_ITEMS = 12
"""Items of a list between a chosen one and the line that introduces them."""
ITEMS_LENGTH = 200
"""Characters of items that are shown below a chosen line that introduces them."""
LIMITS_REACH = (MOST_LIMITS + 1) * LONGEST_LIMIT
"""Characters behind a stretch in which sentences may stand that limit it."""

_LIMITS = re.compile(
    r"\s*(?:[（(]?\s*(?:注|备注|说明)[:：]|但|除[^了]|不包括|不含|不适用|最高不超过|同一|已享受|不得重复|不可重复|不重复|以上(?:政策|奖励|补贴|条款)?[^。]{0,12}不"
    r"|上述[^。]{0,20}(?:不|仅|限|须|需|应)|前款|however\b|but\b|except\b|provided\b|unless\b|only\b|subject to\b|this (?:does not|excludes)\b)"
    rf"|[^。；;.!！?？]{{0,60}}(?:除外|(?:不|未)(?:得|可|能)?(?:重复|同时)(?:享受|申报|申请)|不再享受|有效期(?:为|至|(?:{NUMERAL}|\d+)年)|试行(?:{NUMERAL}|\d+)年|(?:is|are) excluded)",
    re.IGNORECASE,
)
"""A sentence that limits the one before it, by how it begins or what it is about."""
_REFERS_BACK = re.compile(
    r"\s*(?:前款|前项|上述|以上(?!\s*\d)|该(?!市|县|区|省)|此(?:项|类|外)?|这(?:[一些项笔个次种两样批]|里)|本次|为此|由此|因此|与此同时|其中|对(?:此|上述)|符合(?:上述|前款)|同时|但是?|such\b|these?\b|this\b|those\b|it\b|they\b|however\b|but\b)",
    re.IGNORECASE,
)
"""How a sentence begins that means nothing without the one before it."""
_INTRODUCES = re.compile(r"[：:]\s*$")


def with_conditions(
    document: Document, sentences: Sequence[Sentence], chosen: set[int]
) -> set[int]:
    """Add the sentences that chosen ones cannot do without: conditions, exceptions, introductions.

    These are the sentences that limit one, the one that a reference points back to, the line that
    introduces a list, the heading right above one and the header of a table.

    Args:
        document: whose sentences.
        sentences: in order.
        chosen: places of those that answer.
    """
    texts = [document.text[one.start : one.end] for one in sentences]
    whole = set(chosen)
    for place in sorted(chosen):
        whole.update(_limits(place, sentences, texts))
        whole.update(_antecedent(place, sentences, texts))
        whole.update(_introduction(place, sentences, texts))
        whole.update(_items(place, sentences, texts))
        whole.update(_heading(place, sentences, texts))
        whole.update(_header(place, sentences, document.tables))
    return whole


def limits_of(document: Document, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Find the sentences around stretches of a document that limit what they say.

    Args:
        document: whose text.
        spans: stretches of it, such as quotes.

    Returns:
        Spans outside of the stretches, in order: exceptions and provisos that follow one.
    """
    sentences = sentences_of(document, spans, LIMITS_REACH)
    texts = [document.text[one.start : one.end] for one in sentences]
    touched = {
        place
        for place, one in enumerate(sentences)
        if any(one.start < end and start < one.end for start, end in spans)
    }
    limits = {limit for place in touched for limit in _limits(place, sentences, texts)}
    return tuple((sentences[one].start, sentences[one].end) for one in sorted(limits - touched))


def _limits(place: int, sentences: Sequence[Sentence], texts: Sequence[str]) -> Iterator[int]:
    last = min(place + 1 + MOST_LIMITS, len(sentences))
    for following in range(place + 1, last):
        text = texts[following]
        near = sentences[following].section == sentences[place].section
        if not near or len(text) > LONGEST_LIMIT or not _LIMITS.match(text):
            return
        yield following


def _antecedent(place: int, sentences: Sequence[Sentence], texts: Sequence[str]) -> Iterator[int]:
    before = place - 1
    same = place > 0 and sentences[before].section == sentences[place].section
    if same and _REFERS_BACK.match(texts[place]) and len(texts[before]) <= LONGEST_LIMIT:
        yield before


def _introduction(place: int, sentences: Sequence[Sentence], texts: Sequence[str]) -> Iterator[int]:
    """The line above the items that a sentence stands among."""
    if not ITEM_MARK.match(texts[place]):
        return
    for above in range(place - 1, max(-1, place - 1 - MOST_ITEMS), -1):
        if sentences[above].section != sentences[place].section:
            return
        if _INTRODUCES.search(texts[above]):
            yield above
            return


def _heading(place: int, sentences: Sequence[Sentence], texts: Sequence[str]) -> Iterator[int]:
    """The heading in the running text that a sentence stands right below."""
    above = place - 1
    if place and sentences[above].section == sentences[place].section and is_heading(texts[above]):
        yield above


def _items(place: int, sentences: Sequence[Sentence], texts: Sequence[str]) -> Iterator[int]:
    """The items that a line introduces, as far as they are few."""
    used = 0
    if not _INTRODUCES.search(texts[place]):
        return
    for below in range(place + 1, min(place + 1 + MOST_ITEMS, len(sentences))):
        used += len(texts[below])
        item = below == place + 1 or ITEM_MARK.match(texts[below])
        if sentences[below].section != sentences[place].section or not item or used > ITEMS_LENGTH:
            return
        yield below


def _header(place: int, sentences: Sequence[Sentence], tables: Sequence[Table]) -> Iterator[int]:
    """The rows that name the columns of the table that a sentence is a row of."""
    one = sentences[place]
    for table in tables:
        if table.start <= one.start < table.end:
            for number, other in enumerate(sentences):
                if other.start < table.header_end and other.end > table.header_start:
                    yield number
