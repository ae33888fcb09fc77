"""Joining the lines of a wrapped paragraph."""

import re
from collections.abc import Sequence

from hyqa.parsing.characters import is_wide, width

WRAPPED_WIDTHS = range(50, 101)
"""Columns of a line that was wrapped by hand or by an editor: 72 to 80 is usual, Chinese too."""
WRAPPED_SHARE = 0.8
"""Share of such lines, last lines of paragraphs aside, from which a text counts as wrapped."""

NEAR = 8
"""Characters before a line's end among which a Chinese one tells that a number was divided."""

_HYPHENATED = re.compile(r"[A-Za-z]-$")


def join_pair(left: str, right: str) -> str:
    """Return what to put between two lines of a paragraph, after ``trim_hyphen`` of the first."""
    if not left or not right or is_wide(left[-1]) or is_wide(right[0]):
        return ""
    if left[-1].isdigit() and right[0].isdigit() and any(map(is_wide, left[-NEAR:])):
        return ""
    return "" if left[-1] in "-–/" else " "


def trim_hyphen(left: str, right: str) -> str:
    """Return the first line without the hyphen that divides an English word over two lines."""
    return left[:-1] if _HYPHENATED.search(left) and right[:1].islower() else left


def join_lines(lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Return the paragraph that the lines make, and the offset at which each line begins."""
    text = ""
    starts = []
    for line in lines:
        whole = trim_hyphen(text, line)
        gap = "" if len(whole) < len(text) else join_pair(whole, line)
        text = whole + gap
        starts.append(len(text))
        text += line
    return text, tuple(starts)


def _groups(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line.strip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text: its lines, joined first if the text is wrapped."""
    groups = _groups(text.split("\n"))
    inner = [line for group in groups for line in group[:-1]]
    wrapped = sum(width(line) in WRAPPED_WIDTHS for line in inner)
    if len(groups) > 1 and len(inner) > 1 and wrapped >= WRAPPED_SHARE * len(inner):
        return [join_lines(group)[0] for group in groups]
    return [line for group in groups for line in group]
