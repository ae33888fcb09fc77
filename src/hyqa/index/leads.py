"""The sentence that introduces a list, for the parts of a document that begin inside it."""

from hyqa.parsing.outline.places import Places
from hyqa.text.lists import LISTED_LINE_MARK
from hyqa.text.sentences import Span, sentence_spans, trim
from hyqa.types import Document, Section

LONGEST_LEAD = 200
"""Characters of the longest sentence that introduces a list: a longer one says more than that."""
MOST_ITEMS = 60
"""Lines of a list that are gone back over to its first one."""


def find_lead(document: Document, section: Section, start: int, places: Places) -> Span | None:
    """Find the sentence that introduces the list in which a part of a section begins.

    Args:
        document: The document.
        section: The section that the part is in.
        start: Where the part begins.
        places: The places of the document.

    Returns:
        The sentence's span, without white space at its edges; it ends with a colon and lies
        before the part. None where the part does not begin with an item, or nothing introduces it.
    """
    first = _first_item(document.text, section, start, places)
    if first is None:
        return None
    low = max(section.start, first - 2 * LONGEST_LEAD)
    before = sentence_spans(document.text[low:first])
    if not before:
        return None
    span = trim(document.text, (low + before[-1][0], first))
    words = document.text[span[0] : span[1]]
    introduces = words.endswith(("：", ":")) and len(words) <= LONGEST_LEAD
    return span if introduces and span[1] <= start else None


def _first_item(text: str, section: Section, start: int, places: Places) -> int | None:
    """Where the first item of a list begins that has another one at a place."""
    if (sibling := places.first_sibling(start)) is not None:
        return sibling if sibling > section.start else None
    line = text.rfind("\n", section.start, start) + 1 or section.start
    if line != start or not LISTED_LINE_MARK.match(text, start):
        return None
    for _ in range(MOST_ITEMS):
        above = text.rfind("\n", section.start, max(section.start, line - 1)) + 1 or section.start
        if above >= line or not LISTED_LINE_MARK.match(text, above):
            return line
        line = above
    return None
