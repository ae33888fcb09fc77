"""Finding the title in the first lines of a PDF."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hyqa.parsing.blocks import TITLE, Block
from hyqa.parsing.headings import MAX_TITLE, looks_like_title
from hyqa.parsing.lines import join_lines
from hyqa.text.figures import YEAR

FIRST_BLOCKS = 12
"""Blocks among which the title is: a cover has some masthead, numbers and names first."""

MOST_LINES = 4
"""Lines of the longest title."""

SHORTEST = 4
"""Characters of the shortest title: less is the rest of a broken line."""

_MASTHEAD = re.compile(
    r"^(?:[A-Z]{1,4}(?:/[A-Z])?\s?[\dXx.\s—-]*|[\d\W]*)$"  # the code of a standard, a date
    r"|^(?:ICS|CCS)(?![a-z])|点击此处|^(?:目\s*[录次]|前\s*言)$"
    r"|^中\s*华\s*人\s*民\s*共\s*和\s*国.{0,14}标|(?:文件|公报|国家标准|行业标准|地方标准)$"
    rf"|[〔\[(（]\s*{YEAR}\s*[〕\])）]\s*第?\s*\d+\s*号"  # 文号
)
_TITLE_END = re.compile(
    r"(?:通知|意见|办法|方案|规划|规定|细则|条例|公告|通告|报告|指南|规范|决定|批复|措施|纲要|说明|政策|计划|清单)"
    r"(?:\s*[（(].*[）)])?$"
)
_OWN_WORDS = re.compile(r"^(?:Microsoft |untitled|未命名|<)|\.(?:docx?|wps|pdf|pptx?|xlsx?)$", re.I)


def plain_title(written: str) -> str:
    """Return a title from a file's properties, or nothing where a program made it up."""
    return "" if _OWN_WORDS.search(written) else written


def _goes_on(first: str, second: str) -> bool:
    joined = len(first) + len(second) <= MAX_TITLE
    return joined and not _TITLE_END.search(first) and bool(_TITLE_END.search(second))


def _lines_of(title: str, blocks: Sequence[Block]) -> int:
    """Return how many of the first blocks together say a title; 0 where they do not."""
    wanted = "".join(title.split())
    said = ""
    for count, block in enumerate(blocks[:MOST_LINES], start=1):
        said += "".join(block.text.split())
        if said == wanted:
            return count
    return 0


def _largest(blocks: Sequence[Block], sizes: Sequence[float]) -> int:
    """Return the index of the first block that could be the title and is larger than others."""
    fit = [
        index
        for index, block in enumerate(blocks[:FIRST_BLOCKS])
        if len(block.text) >= SHORTEST
        and not _MASTHEAD.search(block.text)
        and looks_like_title(block.text)
    ]
    return max(fit, key=lambda index: (sizes[index], -index)) if fit and sizes else 0


def lift_title(
    blocks: Sequence[Block], known: str = "", sizes: Sequence[float] = ()
) -> tuple[list[Block], str]:
    """Make the lines that name a document its title line.

    Args:
        blocks: the document's paragraphs.
        known: the title in the file's properties; only lines that say it are taken for it.
        sizes: points of an em of each block, where they are known: titles are set large.

    Returns:
        The blocks, and the title: an empty string where the first lines are none.
    """
    if count := _lines_of(known, blocks):
        return [replace(blocks[0], text=known, level=TITLE), *blocks[count:]], known
    if known and blocks and blocks[0].text.startswith(known):  # a full line hid where it ends
        rest = replace(blocks[0], text=blocks[0].text[len(known) :].lstrip(), pages=())
        return [replace(blocks[0], text=known, level=TITLE), rest, *blocks[1:]], known
    first = _largest(blocks, sizes)
    for index, block in enumerate(blocks[first:FIRST_BLOCKS], start=first):
        if _MASTHEAD.search(block.text) or len(block.text) < SHORTEST:
            continue
        if not looks_like_title(block.text) or index + 1 == len(blocks):
            break
        parts = 2 if _goes_on(block.text, blocks[index + 1].text) else 1
        title = join_lines([part.text for part in blocks[index : index + parts]])[0]
        lifted = replace(block, text=title, level=TITLE)
        return [*blocks[:index], lifted, *blocks[index + parts :]], title
    return list(blocks), ""
