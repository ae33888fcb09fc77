"""A Unigram tokenizer that loads in an instant.

The library `tokenizers` reads the same vocabulary of 250,000 pieces in a second and holds 300 MB for
it, more than the whole encoder may take, and a table of Python's 40 MB. Here they are a tree of
letters in three arrays of 2 MB each, which are mapped into memory. The method is Kudo,
"Subword Regularization", arXiv 1804.10959: of all ways to cut a text into pieces, the one whose
scores sum highest, by Viterbi's algorithm. A test compares its ids with the library's.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TREE_FILE, SCORES_FILE = "unigram_tree.npy", "unigram.npy"
DROPPED = "\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f"
"""Characters that XLM-R's normalisation drops, as inside a bracket of a pattern."""
SPACED = "\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd"
"""Characters that it takes for a space, beside those that NFKC does."""
KEPT = "～"
"""The one character that NFKC changes and it does not."""
START, END, UNKNOWN = 0, 2, 3
_UNKNOWN_PENALTY = 10.0
"""How much worse than the worst piece an unknown character is, as in SentencePiece."""
_SPACE = "▁"
_ROOT, _NONE = 0, -1
"""Number of the tree's root, and id where no piece ends."""
_DROPPED, _SPACED = re.compile(f"[{DROPPED}]"), re.compile(f"[{SPACED}]")


class UnigramTokenizer:
    """Turns texts into ids.

    Args:
        tree: of the pieces, see :func:`tree_of`.
        scores: log probabilities of the pieces, by id.
    """

    def __init__(self, tree: NDArray[np.int32], scores: NDArray[np.float32]) -> None:
        self._tree = tree
        # Numbers are read one by one, which of an array takes three times as long as of its memory.
        self._letters, self._children, self._ids = (np.asarray(row).data for row in tree)
        self._scores = array("f", scores.tobytes())
        self._unknown = min(self._scores) - _UNKNOWN_PENALTY

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        np.save(folder / TREE_FILE, self._tree)
        np.save(folder / SCORES_FILE, np.array(self._scores, np.float32))

    @classmethod
    def load(cls, folder: Path) -> "UnigramTokenizer":
        """Read what :meth:`save` wrote.

        Raises:
            OSError, ValueError: when it is not there, or is damaged.
        """
        scores = np.load(folder / SCORES_FILE, allow_pickle=False).astype(np.float32)
        return cls(np.load(folder / TREE_FILE, mmap_mode="r", allow_pickle=False), scores)

    def encode(self, text: str) -> list[int]:
        """Cut a text into the ids of its pieces, without those of start and end."""
        text = normalised(text)
        return self._best_cut(text if text.startswith(_SPACE) else _SPACE + text)

    def encoded(self, text: str) -> list[int]:
        """The same with those of start and end."""
        return [START, *self.encode(text), END]

    def _best_cut(self, text: str) -> list[int]:
        """Ids of the cut that scores highest; unknown characters side by side are one."""
        size, written = len(text), [*map(ord, text)]
        best = [0.0] + [float("-inf")] * size
        start_of, id_of = [0] * (size + 1), [UNKNOWN] * (size + 1)
        scores, letters, children, ids = self._scores, self._letters, self._children, self._ids
        for start in range(size):
            so_far, node = best[start], _ROOT
            if so_far + self._unknown > best[start + 1]:
                best[start + 1] = so_far + self._unknown
                start_of[start + 1], id_of[start + 1] = start, UNKNOWN
            for end in range(start + 1, size + 1):
                letter, after = written[end - 1], children[node + 1]
                node = bisect_left(letters, letter, children[node], after)
                if node == after or letters[node] != letter:
                    break
                number = ids[node]
                if number != _NONE and so_far + scores[number] > best[end]:
                    best[end] = so_far + scores[number]
                    start_of[end], id_of[end] = start, number
        return _walk_back(start_of, id_of)


def tree_of(pieces: Sequence[str]) -> NDArray[np.int32]:
    """Lay pieces, by id, out as a tree of their letters.

    Args:
        pieces: each another one, none of them empty.

    Returns:
        An array of shape (3, nodes + 1). Of each node: the code point of the letter that leads to it,
        the first of its children, which stand side by side up to those of the next node, by their
        letters, and the id of the piece that ends there, ``_NONE`` where none does. The root is first.
    """
    numbers = [number for number in range(len(pieces)) if number != UNKNOWN]
    written = np.array([pieces[number] for number in numbers])
    order = np.argsort(written)
    letters = written[order].view(np.int32).reshape(len(order), -1)  # 0 behind the end of a piece
    # A piece leads to a node at each of its letters from the first that the piece before it has not.
    leads = np.ones(letters.shape, np.bool_)
    leads[1:] = np.logical_or.accumulate(letters[1:] != letters[:-1], axis=1)
    depths, places = np.nonzero(
        (leads & (letters > 0)).T
    )  # the nodes below the root, level by level
    ends = (letters > 0).sum(axis=1)[places] == depths + 1
    ids = np.where(ends, np.array(numbers)[order][places], _NONE)
    at = depths * len(order) + places
    # The children of a node are those of the next level that come from its place on.
    children = np.searchsorted(at, at + len(order)) + 1
    rows = (
        np.pad(letters[places, depths], 1),
        np.pad(children, 1, constant_values=(1, len(at) + 1)),
        np.pad(ids, 1, constant_values=_NONE),
    )
    return np.array(rows, np.int32)


def normalised(text: str) -> str:
    """Write a text as XLM-R's vocabulary has it: NFKC, no control characters, ``▁`` for spaces."""
    text = _SPACED.sub(" ", _DROPPED.sub("", text))
    text = KEPT.join(unicodedata.normalize("NFKC", part) for part in text.split(KEPT))
    return re.sub(" {2,}", " ", text).replace(" ", _SPACE)


def _walk_back(start_of: list[int], id_of: list[int]) -> list[int]:
    ids: list[int] = []
    end = len(start_of) - 1
    while end:
        if not (id_of[end] == UNKNOWN and ids and ids[-1] == UNKNOWN):
            ids.append(id_of[end])
        end = start_of[end]
    return ids[::-1]
