"""Search by keyword: BM25 over hyqa's own tokens, with bm25s.

Scores are Lucene's variant of BM25 (Kamphuis et al., ECIR 2020) divided by the most that the
query could reach, the sum of its tokens' idf: 0 to 1, comparable between queries, and near 0
where a text cannot see the question at all, as Chinese text cannot see an English one.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hyqa.errors import DAMAGED_INDEX, SnapshotError
from hyqa.text.tokens import stem

_FOLDER = "sparse"
_BORDERS, _HOLDERS, _SCORES = "indptr.csc.index.npy", "indices.csc.index.npy", "data.csc.index.npy"
_VOCABULARY, _PARAMETERS = "vocab.index.json", "params.index.json"
"""The files as bm25s names and writes them. They are read without it: it brings scipy, 13 MB."""
_METHOD = "lucene"
K1 = 1.2
B = 0.75
"""Robertson's usual values; others moved no set by more than its noise."""

SYNONYM_WEIGHT = 0.3
"""What a word of what was said before counts for beside one that is asked for."""
EQUAL_WEIGHT = 0.6
"""What the best of the words that mean the same counts for beside the asker's own, of the two tokens of
a Chinese word the better one. With .3 and .9 the right document came first as often."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens that stand for a word, and what finding all of them is worth, 0 to 1."""

    tokens: tuple[str, ...]
    weight: float = 1.0


class SparseIndex:
    """Token counts by row number.

    Args:
        rows: how many there are.
        vocabulary: number of each token.
        borders: of each token, where the rows that hold it begin among the holders; then the end.
        holders: the rows that hold each token.
        scores: what a token gives to each of them.
    """

    def __init__(
        self,
        rows: int,
        vocabulary: Mapping[str, int],
        borders: NDArray[np.integer],
        holders: NDArray[np.integer],
        scores: NDArray[np.float32],
    ) -> None:
        self._rows = rows
        self._vocabulary = vocabulary
        self._borders, self._holders, self._scores = borders, holders, scores
        # A place more than there are tokens: an unknown one, which has the number -1, is held by none.
        self._counts = np.zeros(len(vocabulary) + 1, dtype=np.int32)
        self._counts[: len(borders) - 1] = np.diff(borders)
        # An answer weighs some two thousand tokens, which is why each weight is worked out here.
        of_counts = {count: self._weight(count) for count in set(self._counts.tolist())}
        self._weights = [of_counts[count] for count in self._counts.tolist()]

    @classmethod
    def build(cls, rows: Sequence[Sequence[str]]) -> "SparseIndex":
        """Index the tokens of each row."""
        import bm25s

        bm25 = bm25s.BM25(method=_METHOD, k1=K1, b=B)
        vocabulary: dict[str, int] = {}
        numbers = [[vocabulary.setdefault(token, len(vocabulary)) for token in row] for row in rows]
        vocabulary.setdefault("", len(vocabulary))  # bm25s keeps a place for an empty query
        with np.errstate(invalid="ignore"):  # where no row holds a token, their mean length is 0
            bm25.index((numbers, vocabulary), show_progress=False, create_empty_token=False)
        made = bm25.scores
        return cls(made["num_docs"], bm25.vocab_dict, made["indptr"], made["indices"], made["data"])

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
        return self._count(token) / self._rows

    def idf(self, token: str) -> float:
        """Weigh a token: the rarer the higher; a token that never occurs weighs most."""
        number: int = self._vocabulary.get(token, -1)
        return self._weights[number]

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
        """Write the index into a folder.

        Raises:
            OSError: when it cannot be written.
        """
        place = folder / _FOLDER
        place.mkdir(exist_ok=True)
        for name, values in (
            (_BORDERS, self._borders), (_HOLDERS, self._holders), (_SCORES, self._scores),
        ):  # fmt: skip
            np.save(place / name, values)
        for name, record in (
            (_VOCABULARY, self._vocabulary),
            (_PARAMETERS, {"num_docs": self._rows}),
        ):
            (place / name).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "SparseIndex":
        """Read an index that :meth:`save` wrote; its numbers stay in their files.

        Raises:
            SnapshotError: when it is missing or damaged.
        """
        place = folder / _FOLDER
        try:
            rows = json.loads((place / _PARAMETERS).read_text("utf-8"))["num_docs"]
            vocabulary = json.loads((place / _VOCABULARY).read_text("utf-8"))
            borders, holders, scores = (
                _mapped(place / one) for one in (_BORDERS, _HOLDERS, _SCORES)
            )
            if not borders[-1] == len(holders) == len(scores):
                raise ValueError("the files are not of one index")
            return cls(int(rows), dict(vocabulary), borders, holders, scores)
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
            raise SnapshotError(DAMAGED_INDEX) from error

    def _place(self, token: str) -> tuple[int, int]:
        """Where the rows that hold a token begin and end among the holders, as its scores do."""
        if not self._count(token):
            return 0, 0
        number = self._vocabulary[token]
        return self._borders.item(number), self._borders.item(number + 1)

    def _weight(self, count: int) -> float:
        """The weight of a token that so many rows hold."""
        return math.log(1 + (self._rows - count + 0.5) / (count + 0.5))

    def _count(self, token: str) -> int:
        """How many rows hold a token."""
        return self._counts.item(self._vocabulary.get(token, -1))


def _mapped(file: Path) -> NDArray[Any]:
    """An array in its file, as a plain view: to cut a piece out of a memmap takes ten times as long."""
    return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))
