"""Headings that a PDF shows by their look: larger or heavier than the text, on their own line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hyqa.parsing.blocks import Block
from hyqa.parsing.headings import MAX_TITLE, could_head, numbered_level
from hyqa.parsing.pdf.layout.paragraphs import Look
from hyqa.text.lists import LINE_ITEM_MARK

LARGER = 1.08
"""How many times larger than the text a heading is: 12 points over 10.5, 16 over 14."""
LEAST_SHARE = 0.5
"""Share of a document's words in the text's own look; with less, looks say nothing."""
LONGEST_ON_COVER = 90
"""Characters of the longest line on a cover, such as a title in English."""
MAX_SHARE = 0.3
"""Share of the words in lines that look like headings above which the look is one of emphasis."""

_CAPTION = re.compile(
    r"^(?:续?[表图]\s*[A-Z]?[\d.]|Table\s|Fig(?:ure|\.)\s|注[:：])", re.IGNORECASE
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{4}")

_DOTTED = re.compile(r"^\d{1,2}[.．、]\s*\S")
"""A number with a dot: of a list, unless its line stands out."""

Piece = tuple[Block, Look]
Style = tuple[float, bool]


def body_size(looks: Sequence[tuple[float, int]]) -> float:
    """Return the points of an em of most of the text, given sizes and numbers of characters."""
    counts: Counter[float] = Counter()
    for size, count in looks:
        counts[round(size * 2) / 2] += count
    return counts.most_common(1)[0][0] if counts else 0.0


def _style(look: Look) -> Style:
    return round(look.size * 2) / 2, look.bold


def _stands_out(piece: Piece, body: Style) -> bool:
    size, bold = _style(piece[1])
    larger = size >= LARGER * body[0]
    heavier = bold and not body[1] and size >= body[0]
    return larger or heavier


def _could_be(piece: Piece) -> bool:
    text = piece[0].text
    plain = (
        piece[0].header is None
        and piece[0].level is None
        and not _CAPTION.match(text)
        and bool(_WORDS.search(text))
    )
    item = LINE_ITEM_MARK.match(text) and not _DOTTED.match(text)
    return plain and could_head(text, MAX_TITLE) and not item


def _levels(pieces: Sequence[Piece], styles: Sequence[Style]) -> dict[Style, int]:
    """Return the level of each look of headings: that of numbered ones that look alike.

    A look above all numbered ones is of level 1, others one below the next above them.
    """
    votes: dict[Style, Counter[int]] = {}
    for block, look in pieces:
        level = numbered_level(block.text, decimal=True)
        if level is not None and could_head(block.text):
            votes.setdefault(_style(look), Counter())[level] += 1
    levels: dict[Style, int] = {}
    above = 0
    for style in sorted(styles, reverse=True):
        own = votes.get(style)
        above = own.most_common(1)[0][0] if own else above + 1
        levels[style] = above
    return levels


def _first(pieces: Sequence[Piece]) -> int:
    """Return the index of the first piece after a cover, which has no headings."""
    for index, (block, _) in enumerate(pieces):
        if len(block.text) > LONGEST_ON_COVER:
            return 0
        if any(mark.page > 1 for mark in block.pages):
            return index
    return 0


def mark_headings(pieces: Sequence[Piece]) -> list[Block]:
    """Return the blocks, with a level for those without a number that look like headings."""
    counts: Counter[Style] = Counter()
    for block, look in pieces:
        if block.header is None and block.level is None:
            counts[_style(look)] += len(block.text)
    blocks = [block for block, _ in pieces]
    if not counts:
        return blocks
    body, most = counts.most_common(1)[0]
    if most < LEAST_SHARE * sum(counts.values()):
        return blocks
    first = _first(pieces)
    chosen = [
        index
        for index, piece in enumerate(pieces)
        if index >= first and _could_be(piece) and _stands_out(piece, body)
    ]
    plain = [index for index in chosen if numbered_level(blocks[index].text, decimal=True) is None]
    if sum(len(blocks[i].text) for i in plain) > MAX_SHARE * sum(counts.values()):
        return blocks
    levels = _levels(pieces, sorted({_style(pieces[index][1]) for index in chosen}))
    for index in chosen:
        number = numbered_level(blocks[index].text, decimal=True)
        level = levels[_style(pieces[index][1])] if number is None else number
        blocks[index] = replace(blocks[index], level=level)
    return blocks
