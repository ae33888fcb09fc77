"""The outline of a document: which headings and numbers its parts stand under.

What a format's styles and tags say is kept; numbers add to it, also where a heading runs on into
its paragraph (（一）加强服务。各部门要…) and where an export lost the line breaks. A number counts
where it goes on from the one before it, so that figures at the start of a line are none.
"""

from collections.abc import Sequence
from dataclasses import replace

from hyqa.parsing.outline.candidates import (
    Candidate,
    find_candidates,
    guessed_headings,
    known_headings,
)
from hyqa.text.lists import Rank
from hyqa.types import Heading, Section, Table

HEADED_SHARE = 0.5
"""Share of neighbours that must have such a first sentence: it is the habit of a document, and
one item of many with a short first sentence has no heading."""
MOST_LOST = 3
"""How far the next chapter, article or 一、 may count on: one or two may be written oddly."""
LINES_SHARE, LEAST_LINES = 0.7, 4
"""Share of neighbours with titles on lines of their own from which the others have none, and how
many neighbours it takes."""
HABIT_SHARE = 0.34
"""The same share over the whole document, where only two neighbours say little."""


def find_outline(
    text: str,
    sections: Sequence[Section],
    tables: Sequence[Table] = (),
    *,
    plain: bool = False,
) -> tuple[Heading, ...]:
    """Return the headings of a text in order, with the level of each.

    Args:
        text: A document's text.
        sections: Its sections: the lines between them are the headings that its format tells.
        tables: Its tables, in which nothing is a heading.
        plain: Whether a short line above a paragraph is a heading where the format tells none.
    """
    known = dict(known_headings(text, sections)) or (dict(guessed_headings(text)) if plain else {})
    nodes = _nested(_without_lone_part(list(find_candidates(text, known, tables))))
    kept = _without_title(_with_habits(_without_lists(nodes, text)), text)
    return tuple(
        Heading(node.level, node.mark.words if node.mark else "", node.title, node.start, node.end)
        for node in kept
    )


def _without_lone_part(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; a single 第1部分 is of the title of a standard, which is one part of several."""
    parts = [node for node in candidates if node.mark and node.mark.rank == Rank.PART]
    lone = len({node.mark.path for node in parts if node.mark}) == 1
    return [node for node in candidates if not (lone and node in parts)]


def _nested(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates whose numbers follow each other, each with its level."""
    kept: list[Candidate] = []
    stack: list[Candidate] = []
    last: dict[float, int] = {}
    for node in candidates:
        if not node.depth and not _goes_on(node, stack, last):
            continue
        while stack and _is_above(stack[-1], node, stack):
            stack.pop()
        node = replace(node, level=len(stack) + 1)
        stack.append(node)
        if node.mark:
            last[node.mark.rank] = node.mark.value
        kept.append(node)
    return kept


def _is_above(top: Candidate, node: Candidate, stack: Sequence[Candidate]) -> bool:
    """Whether the innermost open heading ends where another begins.

    Numbers know their order among themselves; beside headings without a number it is the format
    that tells.
    """
    if node.mark is None or (top.mark is None and node.depth):
        return not top.depth or top.depth >= node.depth
    rank = node.mark.rank
    if any(open_.mark and open_.mark.rank == rank for open_ in stack):
        return True
    return bool(top.mark and top.mark.rank > rank)


def _goes_on(node: Candidate, stack: Sequence[Candidate], last: dict[float, int]) -> bool:
    """Whether a number is the next one of its kind, or the first."""
    mark = node.mark
    assert mark is not None
    if mark.rank == Rank.ANNEX or mark.value == 1:
        return True
    if mark.rank in last:
        return 0 < mark.value - last[mark.rank] <= (MOST_LOST if mark.rank <= Rank.ITEM else 1)
    return mark.rank <= Rank.ITEM and mark.rank >= Rank.SECTION - 1 and node.line


def _without_lists(nodes: Sequence[Candidate], text: str) -> list[Candidate]:
    """The nodes; a line with nothing under it is an item of a list, and heads nothing."""
    kept = []
    for node, after in zip(nodes, [*nodes[1:], None], strict=False):
        until = after.start if after else len(text)
        empty = not text[node.end : until].strip("。；; \n\u3000\xa0")
        deeper = after is not None and after.level > node.level
        if node.stopped and not empty and not deeper:
            node = replace(node, run_in=True)
        if node.line and not node.depth and empty and not deeper:
            node = replace(node, title="", end=_number_end(node))
        if node.mark or node.title:
            kept.append(node)
    return kept


def _without_title(nodes: Sequence[Candidate], text: str) -> list[Candidate]:
    """The nodes without the last line of the title: the heading of everything, with no text."""
    first, rest = nodes[:1], list(nodes[1:])
    if not first or not rest or first[0].mark or any(node.level == 1 for node in rest):
        return list(nodes)
    if text[first[0].end : rest[0].start].strip() or "。" in text[: first[0].start]:
        return list(nodes)
    return [replace(node, level=node.level - 1) for node in rest]


def _number_end(node: Candidate) -> int:
    return node.start + len(node.mark.words) if node.mark else node.end


def _with_habits(nodes: Sequence[Candidate]) -> list[Candidate]:
    """The nodes without run-in titles where most of their neighbours have none."""
    groups = _neighbours(nodes)
    ranks: dict[float, list[int]] = {}
    for (_, rank), places in groups.items():
        ranks.setdefault(rank, []).extend(places)
    habits = {rank for rank, all_ in ranks.items() if _titled_share(nodes, all_) >= HABIT_SHARE}
    kept = list(nodes)
    for (_, rank), places in groups.items():
        lines = rank == Rank.ITEM and _mostly_lines(nodes, places)
        if rank not in habits or not _is_habit(nodes, places) or lines:
            for place in places:
                kept[place] = _without_loose_title(nodes[place], rank)
    return kept


def _mostly_lines(nodes: Sequence[Candidate], places: Sequence[int]) -> bool:
    """Whether neighbours have titles on lines of their own, so that first sentences are none."""
    lines = sum(bool(nodes[place].title) and not nodes[place].run_in for place in places)
    return len(places) >= LEAST_LINES and lines >= LINES_SHARE * len(places)


def _neighbours(nodes: Sequence[Candidate]) -> dict[tuple[int, float], list[int]]:
    """The places of the numbers of one kind under one heading."""
    parents: list[int] = []
    groups: dict[tuple[int, float], list[int]] = {}
    for place, node in enumerate(nodes):
        while parents and nodes[parents[-1]].level >= node.level:
            parents.pop()
        if node.mark:
            group = (parents[-1] if parents else -1, node.mark.rank)
            groups.setdefault(group, []).append(place)
        parents.append(place)
    return groups


def _without_loose_title(node: Candidate, rank: float) -> Candidate:
    loose = node.run_in or (rank >= Rank.POINT and not node.depth)
    return replace(node, title="", end=_number_end(node)) if loose else node


def _is_habit(nodes: Sequence[Candidate], places: Sequence[int]) -> bool:
    """Whether neighbours have titles; one line among several points is the last of a list."""
    share = _titled_share(nodes, places)
    return share >= HEADED_SHARE and (share * len(places) > 1 or len(places) == 1)


def _titled_share(nodes: Sequence[Candidate], places: Sequence[int]) -> float:
    return sum(bool(nodes[place].title) for place in places) / len(places)
