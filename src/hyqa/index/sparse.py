"""Search by keyword: BM25 over hyqa's own tokens.

Scores are Lucene's variant of BM25 (Kamphuis et al., ECIR 2020) divided by the most that the
query could reach, the sum of its tokens' idf: 0 to 1, comparable between queries, and near 0
where a text cannot see the question at all, as Chinese text cannot see an English one.

What each token gives to each row that holds it is computed when the index is built, and laid out in
files as the library bm25s does. That brings scipy, which takes longer to load than keywords to search.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import reduce
from itertools import count
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from hyqa.text.packing import Packed, packed
from hyqa.text.tokens import stem
from hyqa.text.vocabulary import UNKNOWN, Vocabulary
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

_FOLDER = "sparse"
_SCORES, _HOLDERS, _BORDERS = "data.csc.index.npy", "indices.csc.index.npy", "indptr.csc.index.npy"
_VOCABULARY, _TOLD = "vocab.index.json", "params.index.json"
_PART = 500_000
"""Tokens that are counted and weighed at a time: their numbers take some 20 MB."""
K1, B = 1.2, 0.75
"""Robertson's usual values; others moved no set by more than its noise."""

SYNONYM_WEIGHT = 0.3
"""What a word of what was said before counts for beside one that is asked for."""
EQUAL_WEIGHT = 0.6
"""The same of the best word that means the same; .3 and .9 brought the right document first as often."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens that stand for a word, and what finding all of them is worth, 0 to 1."""

    tokens: tuple[str, ...]
    weight: float = 1.0


_Counts = tuple[NDArray[np.int64], NDArray[np.int32]]


class SparseIndex:
    """Token counts by row number.

    Args:
        words: the tokens, in the order of their numbers.
        borders: of shape (tokens + 1,): where the rows that hold a token begin among the holders.
        holders: rows that hold the tokens, a token's ascending.
        scores: what the token gives to each of these.
        rows: how many there are.
    """

    def __init__(
        self,
        words: Sequence[str],
        borders: NDArray[np.int64],
        holders: NDArray[np.int32],
        scores: NDArray[np.float32],
        rows: int,
    ) -> None:
        self._vocabulary = Vocabulary(words)
        self._rows = rows
        # Of a file that is mapped, plain views: to cut a piece out of a memmap takes ten times as long.
        self._borders = np.asarray(borders)
        self._holders, self._scores = np.asarray(holders), np.asarray(scores)
        # A place more than there are tokens: an unknown one, which has the last place, is held by none.
        self._counts = np.zeros(len(words) + 1, dtype=np.int32)
        self._counts[: len(self._borders) - 1] = np.diff(self._borders)
        # An answer weighs some two thousand tokens, which is why each weight is worked out here.
        of_counts = {count: _weight(count, rows) for count in set(self._counts.tolist())}
        self._weights = [of_counts[count] for count in self._counts.tolist()]

    @classmethod
    def build(cls, rows: Sequence[Sequence[str]]) -> "SparseIndex":
        """Index the tokens of each row."""
        return cls.joined([packed(rows)])

    @classmethod
    def joined(cls, parts: Sequence[Packed]) -> "SparseIndex":
        """Index rows that were packed, those of one part behind those of the other."""
        lengths = np.concatenate([one.lengths() for one in parts]).astype(np.int64)
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        places, counts = _sorted(_counted(parts, max(1, len(lengths)), numbers))
        numbers[""]  # what a layout of bm25s has for an empty query
        borders = np.searchsorted(places, np.arange(len(numbers) + 1) * max(1, len(lengths)))
        idf = _idf(np.diff(borders), len(lengths))
        holders, scores = np.empty(len(places), np.int32), np.empty(len(places), np.float32)
        usual = lengths.mean() if len(places) else 1
        for first in range(0, len(places), _PART):
            part = slice(first, first + _PART)
            tokens, holders[part] = np.divmod(places[part], len(lengths))
            # In double precision, whose division is the same on each processor.
            share = B * lengths[holders[part]] / usual
            scores[part] = idf[tokens] * (counts[part] / (K1 * ((1 - B) + share) + counts[part]))
        return cls([*numbers], borders, holders, scores, len(lengths))

    def only(self, rows: NDArray[np.int64]) -> "SparseIndex":
        """Take some rows, ascending, out of it, which are weighed as they were."""
        places = np.full(self._rows, -1, np.int32)
        places[rows] = np.arange(len(rows), dtype=np.int32)
        own = np.flatnonzero(places[self._holders] >= 0)
        part = copy(self)
        part._rows = len(rows)
        part._borders = np.searchsorted(own, self._borders)
        part._holders, part._scores = places[self._holders[own]], self._scores[own]
        return part

    def __len__(self) -> int:
        return self._rows

    def __contains__(self, token: object) -> bool:
        return token in self._vocabulary and token != ""

    def tokens(self) -> Sequence[str]:
        """List all tokens that occur in any row."""
        return [token for token in self._vocabulary if token]

    def token_of(self, word: str) -> str:
        """Give the token that stands for a word: the word itself, or the stem of an English one."""
        return stem(word) if word.isascii() and word.isalpha() else word

    def rows_with(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """Find the rows that hold all of the tokens."""
        found = [self._holders[slice(*self._place(token))] for token in tokens]
        return np.asarray(reduce(np.intersect1d, found) if found else [], dtype=np.int64)

    def share(self, token: str) -> float:
        """Measure the share of the rows that hold a token, 0 to 1."""
        return self.count(token) / self._rows

    def idf(self, token: str) -> float:
        """Weigh a token: the rarer the higher; a token that never occurs weighs most."""
        return self._weights[self._vocabulary.number(token)]

    def scores(
        self,
        tokens: Sequence[str],
        before: Sequence[str] = (),
        equals: Sequence[Sequence[str]] = (),
    ) -> NDArray[np.float32]:
        """Score every row, 0 to 1.

        Args:
            tokens: those that are asked for.
            before: others that add to the score, up to 1.
            equals: groups of others, of which the best one of each adds to it.
        """
        distinct = dict.fromkeys(tokens)
        reachable = sum(self.idf(token) for token in distinct)
        if not reachable:
            return np.zeros(self._rows, dtype=np.float32)
        scores = self._give(distinct)
        scores += SYNONYM_WEIGHT * self._give(t for t in dict.fromkeys(before) if t not in distinct)
        for group in equals:
            scores += EQUAL_WEIGHT * self._give((t for t in group if t not in distinct), np.maximum)
        return np.minimum(np.asarray(scores / reachable, np.float32), np.float32(1))

    def group_scores(self, groups: Sequence[Sequence[Candidate]]) -> NDArray[np.float32]:
        """Score every row, 0 to 1, by the best one of each group of candidates."""
        total = np.zeros(self._rows, dtype=np.float32)
        reachable = 0.0
        for group in groups:
            found = [self._candidate(candidate) for candidate in group]
            if weights := [weight for weight, _ in found if weight]:
                total += reduce(np.maximum, [scores for weight, scores in found if weight])
                reachable += max(weights)
            else:
                reachable += self.idf("")
        return total / np.float32(reachable) if reachable else total

    def _candidate(self, candidate: Candidate) -> tuple[float, NDArray[np.float32]]:
        """The most that a candidate can give, and what it gives to every row."""
        known = [token for token in candidate.tokens if token in self]
        share = candidate.weight / len(candidate.tokens)
        weight = share * sum(self.idf(token) for token in known)
        return weight, share * self._give(known)

    def _give(self, tokens: Iterable[str], combine: np.ufunc = np.add) -> NDArray[np.float32]:
        """What some tokens give to every row: together, or by ``np.maximum`` the best of them."""
        given = np.zeros(self._rows, dtype=np.float32)
        for token in tokens:
            first, last = self._place(token)
            combine.at(given, self._holders[first:last], self._scores[first:last])
        return given

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        place = folder / _FOLDER
        place.mkdir(parents=True)
        np.save(place / _SCORES, self._scores)
        np.save(place / _HOLDERS, self._holders)
        np.save(place / _BORDERS, self._borders)
        told = {"num_docs": self._rows, "k1": K1, "b": B, "method": "lucene", "backend": "numpy"}
        numbers = {token: number for number, token in enumerate(self._vocabulary)}
        for name, value in ((_VOCABULARY, numbers), (_TOLD, told)):
            (place / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "SparseIndex":
        """Read an index that :meth:`save` wrote.

        Raises:
            SnapshotError: when it is missing or damaged.
        """
        place = folder / _FOLDER
        try:
            told = json.loads((place / _TOLD).read_text("utf-8"))
            numbers = msgspec.json.decode((place / _VOCABULARY).read_bytes(), type=dict[str, int])
            words = sorted(numbers, key=numbers.__getitem__)
            if [numbers[word] for word in words] != [*range(len(words))]:
                raise ValueError("the tokens are not numbered one by one")
            borders, holders, scores = (
                np.load(place / name, mmap_mode="r", allow_pickle=False)
                for name in (_BORDERS, _HOLDERS, _SCORES)
            )
            if not borders[-1] == len(holders) == len(scores):
                raise ValueError("the files are not of one index")
            return cls(words, borders, holders, scores, int(told["num_docs"]))
        except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise SnapshotError(DAMAGED_INDEX) from error

    def _place(self, token: str) -> tuple[int, int]:
        """Where the rows that hold a token begin and end among the holders, as its scores do."""
        number = self._vocabulary.number(token)
        if number == UNKNOWN or number + 1 >= len(self._borders):
            return 0, 0
        return self._borders.item(number), self._borders.item(number + 1)

    def count(self, token: str) -> int:
        """How many rows hold a token."""
        return self._counts.item(self._vocabulary.number(token))


def _counted(
    parts: Sequence[Packed], total: int, numbers: defaultdict[str, int]
) -> Iterator[_Counts]:
    """Count each token of each row, some parts at a time.

    Args:
        parts: of the rows.
        total: number of all rows.
        numbers: of the tokens; it numbers those that it is asked for the first time.

    Returns:
        Number of a token times the total, plus number of a row; and how often the row holds the token.
    """
    first, found, pending = 0, [np.empty(0, np.int64)], 0
    for one in parts:
        own = np.fromiter(map(numbers.__getitem__, one.words()), np.int64)
        lengths, held = one.lengths(), one.numbers()
        rows = np.repeat(np.arange(first, first + len(lengths)), lengths)
        found.append(own[held] * total + rows)
        first, pending = first + len(lengths), pending + len(held)
        if pending >= _PART:
            yield _unique(found)
            found, pending = [np.empty(0, np.int64)], 0
    yield _unique(found)


def _unique(found: list[NDArray[np.int64]]) -> _Counts:
    places, counts = np.unique(np.concatenate(found), return_counts=True)
    return places, counts.astype(np.int32)


def _sorted(parts: Iterable[_Counts]) -> _Counts:
    """All counts in the order of the places; of each half no more than is needed at a time."""
    every, often = zip(*parts, strict=True)
    places = np.concatenate(every)
    del every
    order = np.argsort(places, kind="stable")  # which is fast where parts are in order
    places = places[order]
    return places, np.concatenate(often)[order]


def _weight(count: int, rows: int) -> float:
    """The weight of a token that so many of the rows hold.

    By math: numpy's logarithm differs from processor to processor.
    """
    return math.log(1 + (rows - count + 0.5) / (count + 0.5))


def _idf(counts: NDArray[np.int64], rows: int) -> NDArray[np.float32]:
    """Weights of tokens by how many rows hold them; 0 of one that none holds."""
    held, which = np.unique(counts, return_inverse=True)
    weights = [_weight(count, rows) if count else 0.0 for count in held]
    return np.array(weights, np.float32)[which]
