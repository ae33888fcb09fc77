"""Paragraphs of two versions of a document: which only one has, and which became which."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from hyqa.text.sentences import Span, sentence_spans, trim
from hyqa.types import Document

ALIKE = 50.0
"""Likeness, 0 to 100, from which two paragraphs are one that changed. Of the shipped corpus, each
paragraph with all its figures replaced keeps 61 or more, all but a twentieth 78, and the likest other
paragraph of its document has 44 in the mean."""
MOST_PAIRS = 40_000
"""Pairs of paragraphs of one document whose likeness is measured, a tenth of a second; where more
differ, it is another text, and its paragraphs are new and ended."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a section: ``text[start:end]``; ``key`` is it without white space."""

    start: int
    end: int
    path: tuple[str, ...]
    key: str


def paragraphs_of(document: Document) -> list[Paragraph]:
    """The lines of all sections, but for those that are all white space."""
    found = []
    for section in document.sections:
        start = section.start
        for line in document.text[section.start : section.end].splitlines(keepends=True):
            low, high = trim(document.text, (start, start + len(line)))
            if low < high:
                key = "".join(document.text[low:high].split())
                found.append(Paragraph(low, high, section.heading_path, key))
            start += len(line)
    return found


def apart(
    old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs that only one side has, each as often as it has more of them."""
    return _beyond(old, new), _beyond(new, old)


def _beyond(these: Sequence[Paragraph], those: Sequence[Paragraph]) -> list[Paragraph]:
    left = Counter(one.key for one in those)
    found = []
    for one in these:
        if left[one.key]:
            left[one.key] -= 1
        else:
            found.append(one)
    return found


def paired(old: list[Paragraph], new: list[Paragraph]) -> list[tuple[Paragraph, Paragraph]]:
    """Paragraphs that changed, each with what it became: the likest first, of one section before."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    likeness = [
        (fuzz.ratio(one.key, two.key, score_cutoff=ALIKE), one.path == two.path, one, two)
        for one in old
        for two in new
    ]
    likeness = [one for one in likeness if one[0]]
    likeness.sort(key=lambda one: (one[1], one[0]), reverse=True)
    pairs, taken = [], set[int]()
    for _, _, one, two in likeness:
        if id(one) not in taken and id(two) not in taken:
            taken |= {id(one), id(two)}
            pairs.append((one, two))
    return pairs


def differing(old: str, new: str) -> tuple[Span, Span]:
    """Where the sentences stand that differ; with a sentence beside them where one side has none."""
    left, right = sentence_spans(old), sentence_spans(new)
    same = [old[slice(*one)].strip() for one in left], [new[slice(*one)].strip() for one in right]
    least = min(len(left), len(right))
    first = 0
    while first < least and same[0][first] == same[1][first]:
        first += 1
    last = 0
    while last < least - first and same[0][-1 - last] == same[1][-1 - last]:
        last += 1
    if first + last >= least:  # sentences came or went: show them beside one that stayed
        first, last = (first - 1, last) if first else (first, max(last - 1, 0))
    return (
        trim(old, (left[first][0], left[len(left) - 1 - last][1])),
        trim(new, (right[first][0], right[len(right) - 1 - last][1])),
    )


def runs(lines: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs that follow each other in one section, together."""
    run: list[Paragraph] = []
    for line in lines:
        if run and (line.path != run[-1].path or line.start > run[-1].end + 2):
            yield run
            run = []
        run.append(line)
    if run:
        yield run
