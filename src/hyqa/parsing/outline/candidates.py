"""The lines and numbers of a document that may be headings, before it is known which are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hyqa.parsing.blocks import Block
from hyqa.parsing.headings import guess_headings, numbered_level
from hyqa.parsing.metadata.official_words import TITLE_END
from hyqa.parsing.metadata.segments import Segment, split_segments
from hyqa.text.figures import UNITS
from hyqa.text.lists import CIRCLES, Mark, Rank, read_mark
from hyqa.text.sentences import ASIDE
from hyqa.types import Section, Table

Known = Mapping[int, tuple[int, str]]
"""Headings that a format tells: where each begins, its depth, and its words."""

LONGEST = 60
"""Characters of the longest heading on a line of its own: those of laws and plans stay below."""
LONGEST_RUN_IN = 40
"""Characters of the longest heading that is the first sentence of its paragraph."""
LONGEST_LABEL = 16
"""Characters of the longest one that ends with a colon: a longer one introduces a list."""
FORWARDED_WITHIN, SHORTEST_FORWARDED = 700, 8
"""Characters in which a notice names what it forwards, and those of the shortest such title."""
LONGEST_PLACE = 10
"""Letters of the longest name of a place that a title begins with, and the notice leaves out."""

_AFTER_SENTENCE = re.compile(rf"(?<=[。；：:！])\s*(?=[\d（(一二三四五六七八九十{CIRCLES}])")
_ATTACHED = re.compile(r"附件?\s*[:：]")
_FORWARDED = re.compile(r"(?:印发|转发|发布|公布)(.{4,80}?)的(?:紧急)?(?:通知|决定|公告|令)")
_UNITS = re.compile(
    rf"\s*(?:[万亿千百倍米吨℃]|{'|'.join(UNITS[kind] for kind in ('money', 'area', 'length', 'percentage'))})"
)
"""What follows a figure that numbers no heading. Measure words do: 1. 个人所得税."""
_LETTERS = re.compile(r"[^\w]|的")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a heading.

    ``depth`` is its level in the format's own outline, 0 where only its number tells that it is
    one; ``line`` and ``run_in`` say whether its title is a line or the start of a paragraph,
    ``stopped`` whether a full stop ends the line.
    """

    start: int
    end: int
    mark: Mark | None
    title: str
    depth: int = 0
    run_in: bool = False
    line: bool = False
    stopped: bool = False
    level: int = 0


def known_headings(text: str, sections: Sequence[Section]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield the headings that a format tells: the lines between its sections."""
    end = 0
    for section in sections:
        depth = 0
        start = end
        for line in text[end : section.start].split("\n"):
            if line in section.heading_path[depth:]:
                depth = section.heading_path.index(line, depth) + 1
                yield start, (depth, line)
            start += len(line) + 1
        end = section.end


def guessed_headings(text: str) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield the lines that read like headings without a number; the first line names the document."""
    lines = text.split("\n")
    blocks = guess_headings([Block(line.strip()) for line in lines])
    start = 0
    for place, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if place and block.level is not None and numbered_level(block.text) is None:
            yield start + len(line) - len(line.lstrip()), (1, block.text)
        start += len(line) + 1


def find_candidates(text: str, known: Known, tables: Sequence[Table]) -> Iterator[Candidate]:
    """Yield what may be a heading, in order; nothing inside a table is."""
    segments = list(_whole_lines(text))
    forwarded = _forwarded(text)
    attached = False
    done = 0
    spans = iter([*tables, Table(len(text), len(text), 0, 0)])
    table = next(spans)
    for at, segment in enumerate(segments):
        while table.end <= segment.start < len(text):
            table = next(spans)
        if segment.start < done or segment.start >= table.start:
            continue
        attached = _is_attached(segment, attached)
        if attached:
            continue
        if segment.start in known:
            depth, words = known[segment.start]
            node = _annex(text, segments, at) or _headed(text, segment, words)
            done = node.end
            yield replace(node, depth=depth)
            continue
        count = _says(segments[at : at + 3], forwarded)
        if count:
            done, forwarded = segments[at + count - 1].end, None
            yield Candidate(segment.start, done, None, text[segment.start : done], 1, line=True)
            continue
        annex = _annex(text, segments, at)
        if annex:
            done = annex.end
            yield annex
            continue
        yield from _numbered(text, segment)


def _whole_lines(text: str) -> Iterator[Segment]:
    """The lines of a text; a number that a gap parts from its words is one line with them."""
    held: Segment | None = None
    for segment in split_segments(text):
        if held is not None:
            segment = Segment(text[held.start : segment.end], held.start)
            held = None
        mark = read_mark(text, segment.start)
        if mark and mark.rank != Rank.ANNEX and mark.start + len(mark.words) == segment.end:
            held = segment
            continue
        yield segment
    if held is not None:
        yield held


def _is_attached(segment: Segment, before: bool) -> bool:
    """Whether a line is of the list of attachments under a text: 附件：1．申请表."""
    if _ATTACHED.match(segment.text):
        return True
    return before and re.match(r"\d{1,2}[.．、]", segment.text) is not None


def _headed(text: str, segment: Segment, words: str) -> Candidate:
    start, end = segment.start, segment.start + len(words)
    mark = read_mark(text, start, bare=True)
    if mark is None or mark.end > end:
        return Candidate(start, end, None, text[start:end], line=True)
    return Candidate(start, end, mark, text[mark.end : end].strip(), line=True)


def _annex(text: str, segments: Sequence[Segment], at: int) -> Candidate | None:
    """The line 附件1, with the title on it or below it."""
    segment = segments[at]
    mark = read_mark(text, segment.start)
    if mark is None or mark.rank != Rank.ANNEX or len(segment.text) > LONGEST:
        return None
    title = text[mark.end : segment.end].strip() if mark.end < segment.end else ""
    end = segment.end
    for below in segments[at + 1 : at + 4]:
        whole = title and (TITLE_END.search(title) or not TITLE_END.search(below.text))
        if whole or not _is_line(below.text) or read_mark(text, below.start):
            break
        title, end = title + below.text, below.end
    return Candidate(segment.start, end, replace(mark, path=(1,)), title, line=True)


def _numbered(text: str, segment: Segment) -> Iterator[Candidate]:
    """The numbers of a line: at its start, and behind the sentences inside it."""
    places = [0, *(match.end() for match in _AFTER_SENTENCE.finditer(segment.text))]
    marks = [
        mark
        for place in places
        if (mark := read_mark(text, segment.start + place, bare=place == 0))
        and mark.end < segment.end
        and not (mark.rank > Rank.CIRCLED - 2 and _UNITS.match(text, mark.end))
    ]
    ends = [*(mark.start for mark in marks[1:]), segment.end]
    for mark, end in zip(marks, ends, strict=False):
        yield _titled(text, mark, end)


def _titled(text: str, mark: Mark, end: int) -> Candidate:
    """A number with the title behind it: all of its line, or its first sentence."""
    words = text[mark.end : end].rstrip()
    if mark.rank < Rank.ARTICLE or (mark.rank != Rank.ARTICLE and _is_line(words.rstrip("。"))):
        title = words.rstrip("。")
        stopped = words.endswith("。")
        return Candidate(mark.start, mark.end + len(title), mark, title, line=True, stopped=stopped)
    if mark.rank == Rank.ARTICLE:
        bracket = re.match(r"[（(【\[](.{1,30}?)[】）)\]]", words)
        alone = words if _is_line(words) else ""
        title = bracket[0] if bracket else alone
        return Candidate(
            mark.start,
            mark.end + len(title) if title else mark.start + len(mark.words),
            mark,
            title,
        )
    title = _first_sentence(words)
    length = mark.end + len(title) if title else mark.start + len(mark.words)
    return Candidate(mark.start, length, mark, title, run_in=bool(title))


def _is_line(words: str) -> bool:
    """Whether words could be a heading on a line of its own."""
    bare = ASIDE.sub("", words)
    stops = re.search(r"[。！？；;]|[：:，,、]$|\s\|\s", bare)
    whole = words.count("《") == words.count("》")
    return 0 < len(words) <= LONGEST and whole and not stops


def _first_sentence(words: str) -> str:
    """What heads a paragraph at its start: a short first sentence, or a label before a colon."""
    match = re.match(r"(?:[^。；！？：:“”（(]|“[^”]*”|[（(][^（()）]*[）)])+", words)
    if not match or match.end() + 3 > len(words):
        return ""
    title, stop = match[0], words[match.end()]
    if stop == "。" and len(title) <= LONGEST_RUN_IN:
        return title
    label = len(title) <= LONGEST_LABEL and "，" not in title and "," not in title
    return title if stop in "：:" and label else ""


def _forwarded(text: str) -> re.Match[str] | None:
    """Where a notice names what it forwards."""
    return _FORWARDED.search(text, 0, FORWARDED_WITHIN)


def _says(segments: Sequence[Segment], named: re.Match[str] | None) -> int:
    """How many lines from here on together are the title of what is forwarded; 0 if not."""
    if named is None or segments[0].start < named.end():
        return 0
    title, said = _LETTERS.sub("", named[1]), ""
    for count, segment in enumerate(segments, 1):
        said += _LETTERS.sub("", segment.text)
        named_whole = len(title) >= SHORTEST_FORWARDED and said.endswith(title)
        place = said[: len(said) - len(title)]
        whole = named_whole and len(place) <= LONGEST_PLACE and not re.search(r"\d", place)
        if len(said) >= SHORTEST_FORWARDED and (title.endswith(said) or whole):
            return count
    return 0
