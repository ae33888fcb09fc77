"""Telling headings, titles and bylines from paragraphs where the format does not say."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hyqa.parsing.blocks import TITLE, Block
from hyqa.parsing.characters import width
from hyqa.text.figures import COUNTED
from hyqa.text.lists import LINE_ITEM_MARK, Mark, Rank, read_mark
from hyqa.text.sentences import ENDS_SENTENCE

MAX_HEADING = 40
"""Characters of the longest heading: official ones stay under 30, newspapers' go to 35."""
MAX_TITLE = 60
"""Characters of the longest title: titles of notices about notices are long."""

_LEADS_TO_LIST = re.compile(r"[a-z]:$")
"""How an English paragraph ends that introduces a list. A Chinese line before a colon names whom a
letter is for."""
_ENDS_OPEN = re.compile(r"[：:，,、—-]$")
_INNER_STOP = re.compile(r"[。！？；]")
_BYLINE = re.compile(
    r"^[（(【\[]?\s*(?:通讯员|(?:本报|实习|见习)?记者|作者|来源|编辑|责编|责任编辑|文字|撰文|摄影|图片?"
    r"|一审|二审|三审|终审|初审|审核|监制|校对|发布(?:时间|日期)|发文(?:时间|日期)|日期|时间|By\b|Source\b)"
    r"\s*(?:[:：/|｜\s]|$)",
    re.IGNORECASE,
)
_LEVELS = {
    Rank.ANNEX: 1,
    Rank.PART: 1,
    Rank.CHAPTER: 2,
    Rank.SECTION: 3,
    Rank.ITEM: 4,
    Rank.SUBITEM: 5,
}
_DECIMAL = re.compile(rf"^(\d{{1,2}}(?:\.\d{{1,2}}){{0,4}})\.?\s+(?!{COUNTED})[^\W\d]{{2}}")
_NO_HEADING = re.compile(r" \| |[:：]\s*[+(]?\d")
"""A row of a table, or a label with a number: Phone: 0730-1234."""
PLAIN_LEVEL = 4


def is_byline(line: str) -> bool:
    """Return whether a line names writers, sources, checkers or dates of an article."""
    return bool(_BYLINE.match(line))


def numbered_level(line: str, *, decimal: bool = False) -> int | None:
    """Return the level that a heading's number shows, as 第一章, 一、 and （一） do, else None.

    Args:
        line: A line without white space at its edges.
        decimal: Whether numbers such as ``3 范围`` and ``4.2.1 总则`` count, as in standards.
    """
    mark = read_mark(line, 0)
    if mark is not None and mark.rank in _LEVELS and _heads(mark, line):
        return _LEVELS[Rank(int(mark.rank))]
    match = _DECIMAL.match(line) if decimal else None
    return 4 + match[1].count(".") if match else None


def _heads(mark: Mark, line: str) -> bool:
    """Whether a mark heads its line: an annex by its number, others by the words behind them.

    Chapter 1 and the like are left to the outline, which reads where they count on.
    """
    if mark.rank == Rank.ANNEX:
        return not mark.words.endswith(("件", "录"))
    return mark.end < len(line) and not mark.words.isascii()


def could_head(line: str, longest: int = MAX_HEADING) -> bool:
    """Return whether a line is short, names no writer and does not end like a sentence."""
    # A Latin letter takes half the room of a Chinese character, and English words take more.
    if len(line) > 2 * longest or width(line) > 2 * longest:
        return False
    ends = _ends_sentence(line) or _ENDS_OPEN.search(line) or _INNER_STOP.search(line)
    return not ends and not is_byline(line) and any(map(str.isalpha, line))


def looks_like_title(line: str) -> bool:
    """Return whether a line could name the whole document."""
    return (
        could_head(line, MAX_TITLE)
        and not LINE_ITEM_MARK.match(line)
        and numbered_level(line) is None
    )


def _ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does; a caption in square brackets is none."""
    return ENDS_SENTENCE.search(line) is not None and not line.endswith("]")


def _level(line: str, following: str, *, decimal: bool, plain: bool) -> int | None:
    if not could_head(line):
        return None
    level = numbered_level(line, decimal=decimal)
    if level is not None or not plain or LINE_ITEM_MARK.match(line) or _NO_HEADING.search(line):
        return level
    text = _ends_sentence(following) or _LEADS_TO_LIST.search(following)
    leads = len(following) > len(line) and text
    return PLAIN_LEVEL if leads else None


def guess_headings(
    blocks: Sequence[Block], *, decimal: bool = False, plain: bool = True
) -> list[Block]:
    """Return the blocks with those marked that read like headings of what follows them.

    A run of short numbered lines is a list: a heading that has nothing under it stays a
    paragraph, so that no line falls out of all sections.

    Args:
        blocks: Paragraphs in order; blocks that have a level keep it.
        decimal: Whether ``4.2 总则`` numbers a heading.
        plain: Whether a line without a number can be a heading.
    """
    following = [*(block.text for block in blocks[1:]), ""][: len(blocks)]
    levels = [
        block.level
        if block.level is not None
        else _level(block.text, after, decimal=decimal, plain=plain)
        for block, after in zip(blocks, following, strict=True)
    ]
    nexts = [*levels[1:], TITLE][: len(blocks)]
    kept = [
        None if level and after is not None and after <= level else level
        for level, after in zip(levels, nexts, strict=True)
    ]
    return [
        block if block.level == level else replace(block, level=level)
        for block, level in zip(blocks, kept, strict=True)
    ]
