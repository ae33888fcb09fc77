"""What a snapshot has in common with one that was found whole, and need not be looked at again."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hyqa.index.build import Index
from hyqa.index.dense import DenseIndex

Places = NDArray[np.int64]
_NONE: Places = np.empty(0, np.int64)
_PART = 10_000
"""Vectors that are compared at a time: 15 MB of each snapshot."""


@dataclass(frozen=True, slots=True)
class Known:
    """What of a snapshot stands in one that was found whole, too.

    Attributes:
        documents: ids of those that are the same, passages included.
        rows: of passages of these that also have the same vectors.
        questions: numbers of foreseen questions that have the same words and vectors.
    """

    documents: frozenset[str] = frozenset()
    rows: Places = field(default_factory=_NONE.copy)
    questions: Places = field(default_factory=_NONE.copy)


NOTHING = Known()
"""What is known where nothing was looked at before."""


def known_of(old: Index, new: Index, same: frozenset[str]) -> Known:
    """Find what a new snapshot has in common with an old one that was found whole.

    Args:
        old: the one that was found whole.
        new: the other one.
        same: ids of the documents of which both hold the same, passages included.
    """
    if old.manifest.encoder != new.manifest.encoder:
        return Known(same)
    held = {
        chunk: row
        for row, (chunk, document) in enumerate(old.store.chunk_ids())
        if document in same
    }
    pairs = [
        (row, held[chunk])
        for row, (chunk, document) in enumerate(new.store.chunk_ids())
        if document in same and chunk in held
    ]
    return Known(same, _alike(old.dense, new.dense, pairs), _questions(old, new))


def _questions(old: Index, new: Index) -> Places:
    """Numbers of foreseen questions that have the same words and vectors in both."""
    if not len(old.foreseen) or not len(new.foreseen):
        return _NONE
    held = {text: number for number, (text, _) in old.foreseen.all_texts().items()}
    asked = new.foreseen.all_texts().items()
    pairs = [(number, held[text]) for number, (text, _) in asked if text in held]
    return _alike(old.foreseen.dense, new.foreseen.dense, pairs)


def _alike(old: DenseIndex, new: DenseIndex, pairs: list[tuple[int, int]]) -> Places:
    """Of places in a new index and in an old one, those in the new one whose vectors are the same."""
    places: Places = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    places = places[(places[:, 0] < len(new)) & (places[:, 1] < len(old))]
    parts = [places[first : first + _PART] for first in range(0, len(places), _PART)]
    found = [
        part[np.all(new.vectors(part[:, 0]) == old.vectors(part[:, 1]), axis=1), 0]
        for part in parts
    ]
    return np.concatenate([_NONE, *found])
