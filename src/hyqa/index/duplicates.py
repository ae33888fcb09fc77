"""The same document arriving twice: once as HTML and once as PDF, or simply copied.

Candidates are found by MinHash over runs of characters (Broder, "On the resemblance and
containment of documents", 1997) in a locality-sensitive index, so that time grows with the number
of documents. What decides are the texts themselves: editions of one form that differ in a year or
an amount resemble each other more than two formats of one document do.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, Opcode

from hyqa.parsing.formats import find_format
from hyqa.text.figures import NUMERALS
from hyqa.text.tokens import normalize
from hyqa.types import Document, Metadata

LEAST_EXACT = 40
"""Letters and digits from which two texts that are the same are one document."""
LEAST_NEAR = 200
"""Letters and digits from which two texts may be told to be nearly the same."""
SHINGLE = 5
"""Characters of a run: of four or less, texts of one field share too many."""
BANDS, BAND = 8, 8
"""Bands of a MinHash, and values of each: two texts are compared letter by letter where one band
agrees. Those that share .9 of their runs do so with a probability of .99, .8 with .77, .7 with .38 and
.4 with .005. A document in two formats shares .9 and more, where headers and captions stay, .8."""
MOST_INSIDE = 0.01
"""Share of letters that may stand in one text alone between its first and last common ones:
hyphens of lines, captions of pictures. An added clause is more."""
LONGEST_INSIDE = 12
"""Letters in a row that may do so."""
MOST_AROUND = 0.1
"""Share that may do so before and after: the name of a site, a date of publication."""
LONGEST_COMPARED = 300_000
"""Letters up to which texts are compared; longer ones are one document only if they are equal."""

STANDS_FOR = "the same document came as "
"""How the remark begins of a document that others are the same as."""

Hashes = NDArray[np.uint32]

_FIGURES = re.compile(rf"\d+|[〇零{NUMERALS}亿]+")
_NEGATES = re.compile("[不未非无没勿毋否禁免]|n[ot]|un|never|without|except")
"""Letters that turn a sentence round where they stand in one text alone: 享受 and 不享受."""
_FIELDS = ("number", "issued", "effective", "expires")


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that is left out, as another one is the same."""

    left_out: Document
    kept: str


class Sketch(NamedTuple):
    """What of a document is compared with others first: letters and digits of its text.

    ``letters`` counts them, with their ``checksum``, and the values of their MinHash, () where there are too few
    or too many to be compared.
    """

    letters: int
    checksum: bytes
    values: tuple[int, ...] = ()


def sketch_of(document: Document) -> Sketch:
    """Read a document's sketch."""
    letters = _letters(document.text)
    checksum = blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    near = LEAST_NEAR <= len(letters) <= LONGEST_COMPARED
    return Sketch(len(letters), checksum, _values(letters) if near else ())


def unique(
    documents: Sequence[Document], sketches: Mapping[str, Sketch] | None = None
) -> tuple[list[Document], list[Twin]]:
    """Leave out documents that are the same as another one.

    Records of JSON lines all stay: the system that they come from may refer to each by its id.
    Of the same ones, the one with a text layer is kept before one read from a scan, then the one
    of which more is known, then the first.

    Args:
        documents: all of them.
        sketches: of the documents by their ids; read from them where they are not given.

    Returns:
        The documents in their order, those kept with a remark of what they stand for, and with
        its address where they have none; and those left out.
    """
    files = [place for place, one in enumerate(documents) if find_format(one.id) is not None]
    kept = dict(enumerate(documents))
    twins: list[Twin] = []
    for group in _groups([documents[place] for place in files], sketches or {}):
        same_ones = [files[number] for number in group]
        best = min(same_ones, key=lambda place: (*_worth(documents[place]), place))
        others = [kept.pop(place) for place in same_ones if place != best]
        kept[best] = _standing_for(documents[best], others)
        twins += [Twin(other, documents[best].id) for other in others]
    return [kept[place] for place in sorted(kept)], twins


def _worth(document: Document) -> tuple[bool, int]:
    """Sort the better one first."""
    meta = document.meta
    known = (meta.url, meta.publisher, meta.number, meta.issued, meta.kind, document.page_starts)
    return bool(document.recognised), -sum(map(bool, known))


def _standing_for(document: Document, others: Sequence[Document]) -> Document:
    if not others:
        return document
    named = ", ".join(
        f"{other.id} ({other.meta.url})" if other.meta.url else other.id for other in others
    )
    url = document.meta.url or next((one.meta.url for one in others if one.meta.url), "")
    remark = f"{STANDS_FOR}{named}, which is left out"
    meta = replace(document.meta, url=url)
    return replace(document, meta=meta, remarks=(*document.remarks, remark))


def _groups(documents: Sequence[Document], sketches: Mapping[str, Sketch]) -> list[list[int]]:
    """Return the places of the documents, those of the same ones together, in order."""
    known = [sketches.get(one.id) or sketch_of(one) for one in documents]
    groups: list[list[int]] = []
    equal: dict[bytes, list[int]] = {}
    bands: dict[tuple[int, ...], list[int]] = {}
    for place, one in enumerate(known):
        candidates = set(equal.get(one.checksum, ())) if one.letters >= LEAST_EXACT else set()
        keys = [(first, *one.values[first : first + BAND]) for first in _firsts(one)]
        candidates.update(*(bands.get(key, ()) for key in keys))
        group = next(_near(place, candidates, documents, groups), None)
        if group is not None:
            groups[group].append(place)
            continue
        equal.setdefault(one.checksum, []).append(len(groups))
        for key in keys:
            bands.setdefault(key, []).append(len(groups))
        groups.append([place])
    return groups


def _near(
    place: int,
    candidates: Iterable[int],
    documents: Sequence[Document],
    groups: Sequence[Sequence[int]],
) -> Iterator[int]:
    for group in sorted(candidates):
        one, other = documents[groups[group][0]], documents[place]
        if one.meta.form is not other.meta.form or not _agree(one.meta, other.meta):
            continue
        if same(_letters(one.text), _letters(other.text)):
            yield group


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normalize(text)))


def _firsts(sketch: Sketch) -> range:
    return range(0, len(sketch.values), BAND)


def _values(letters: str) -> tuple[int, ...]:
    """The MinHash of a text's runs: of each permutation of 32 bits, the least place of any run.

    A permutation is an odd multiple and a shift, modulo 2**32, as uint32 counts by itself.
    """
    runs = {letters[start : start + SHINGLE] for start in range(len(letters) - SHINGLE + 1)}
    hashes = _mixed(np.array([zlib.crc32(run.encode()) for run in runs], np.uint32))
    factors, shifts = _permutations()
    pairs = zip(factors, shifts, strict=True)
    return tuple(int((hashes * factor + shift).min()) for factor, shift in pairs)


def _mixed(hashes: Hashes) -> Hashes:
    """Checksums, spread: those of like runs differ by few bits. It is the end of MurmurHash3."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    # This one gives the same numbers in all versions of numpy, and sketches are kept.
    numbers = np.random.RandomState(1).randint(0, 2**32, (2, BANDS * BAND), dtype=np.uint32)
    return numbers[0] | np.uint32(1), numbers[1]


def _agree(one: Metadata, other: Metadata) -> bool:
    """Whether nothing that is known of both differs."""
    values = ((getattr(one, name), getattr(other, name)) for name in _FIELDS)
    return all(a.startswith(b) or b.startswith(a) for a, b in values)


def same(one: str, other: str) -> bool:
    """Say whether two texts, without what is neither letter nor digit, are one document.

    Nothing may stand in the place of something else; at its beginning and end only one of them may
    have more, or both are parts of something longer; and every figure of the one with fewer must
    stand in the other one, in the same order.
    """
    changes = [change for change in Indel.opcodes(one, other) if change.tag != "equal"]
    inside = 0
    around = [0, 0]
    for place, change in enumerate(changes):
        removed = change.src_end - change.src_start
        added = change.dest_end - change.dest_start
        if _is_at_edge(change, one, other):
            around = [around[0] + removed, around[1] + added]
        elif removed + added > LONGEST_INSIDE or _turns(changes[:place], change, one, other):
            return False
        else:
            inside += removed + added
    shorter = min(len(one), len(other))
    close = max(inside, min(around)) <= MOST_INSIDE * shorter
    return close and max(around) <= MOST_AROUND * shorter and _figures_agree(one, other)


def _is_at_edge(change: Opcode, one: str, other: str) -> bool:
    """Whether a change stands before all that the texts share, or after it."""
    before = change.src_start == 0 or change.dest_start == 0
    return before or change.src_end == len(one) or change.dest_end == len(other)


def _turns(before: Sequence[Opcode], change: Opcode, one: str, other: str) -> bool:
    """Whether a change may turn what is said: words in the place of others, or a negation."""
    more = one[change.src_start : change.src_end] or other[change.dest_start : change.dest_end]
    return bool(before and _meets(before[-1], change)) or _NEGATES.search(more) is not None


def _meets(before: Opcode, after: Opcode) -> bool:
    """Whether a deletion and an insertion meet: one thing in the place of another."""
    return (before.src_end, before.dest_end) == (after.src_start, after.dest_start)


def _figures_agree(one: str, other: str) -> bool:
    fewer, more = sorted((_FIGURES.findall(one), _FIGURES.findall(other)), key=len)
    rest = iter(more)
    return all(figure in rest for figure in fewer)
