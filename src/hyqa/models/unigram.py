"""A Unigram tokenizer that loads in a tenth of a second.

The library `tokenizers` reads the same vocabulary of 250,000 pieces in a second and holds 300 MB for
it, more than the whole encoder may take; a table of Python's holds 40 MB, and one of the beginnings
that texts have a fifth of that. The method is Kudo,
"Subword Regularization", arXiv 1804.10959: of all ways to cut a text into pieces, the one whose
scores sum highest, by Viterbi's algorithm. A test compares its ids with the library's.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

PIECES_FILE, SCORES_FILE = "unigram.txt", "unigram.npy"
DROPPED = "\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f"
"""Characters that XLM-R's normalisation drops, as inside a bracket of a pattern."""
SPACED = "\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd"
"""Characters that it takes for a space, beside those that NFKC does."""
KEPT = "～"
"""The one character that NFKC changes and it does not."""
START, END, UNKNOWN = 0, 2, 3
BEGINNINGS = 1024
"""Beginnings whose pieces are at hand, those that texts had last, as some 10 MB. Of questions that are asked,
three beginnings each are not among them."""
_UNKNOWN_PENALTY = 10.0
"""How much worse than the worst piece an unknown character is, as in SentencePiece."""
_SPACE = "▁"
_BEGINNING = re.compile(f"{_SPACE}?(?:[A-Za-z]{{2}}|.?)", re.DOTALL)
_DROPPED, _SPACED = re.compile(f"[{DROPPED}]"), re.compile(f"[{SPACED}]")


class UnigramTokenizer:
    """Turns texts into ids.

    Args:
        pieces: by id, looked at once, one after the other.
        scores: log probabilities, by id.
    """

    def __init__(self, pieces: Iterable[str], scores: Sequence[float]) -> None:
        self._scores = scores
        self._groups = _grouped(pieces)
        self._beginning_with = lru_cache(BEGINNINGS)(self._pieces_of)
        self._unknown = min(scores) - _UNKNOWN_PENALTY

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        pieces = [""] * len(self._scores)
        pieces[UNKNOWN] = "<unk>"
        for beginning in self._groups:
            for piece, number in self._unpacked(beginning).items():
                pieces[number] = piece
        (folder / PIECES_FILE).write_text("\n".join(pieces), encoding="utf-8", newline="\n")
        np.save(folder / SCORES_FILE, np.array(self._scores, np.float32))

    @classmethod
    def load(cls, folder: Path) -> "UnigramTokenizer":
        """Read what :meth:`save` wrote.

        Raises:
            OSError, ValueError: when it is not there, or is damaged.
        """
        scores = np.load(folder / SCORES_FILE, allow_pickle=False).astype(np.float32)
        with (folder / PIECES_FILE).open(encoding="utf-8", newline="\n") as lines:
            pieces = (line.removesuffix("\n") for line in lines)
            return cls(pieces, array("f", scores.tobytes()))  # a list of floats takes 8 MB

    def encode(self, text: str) -> list[int]:
        """Cut a text into the ids of its pieces, without those of start and end."""
        text = normalised(text)
        return self._best_cut(text if text.startswith(_SPACE) else _SPACE + text)

    def encoded(self, text: str) -> list[int]:
        """The same with those of start and end."""
        return [START, *self.encode(text), END]

    def _best_cut(self, text: str) -> list[int]:
        """Ids of the cut that scores highest; unknown characters side by side are one."""
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        start_of, id_of = [0] * (size + 1), [UNKNOWN] * (size + 1)
        scores = self._scores
        for start in range(size):
            so_far = best[start]
            find, longest = self._beginning_with(_beginning(text, start))
            if so_far + self._unknown > best[start + 1]:
                best[start + 1] = so_far + self._unknown
                start_of[start + 1], id_of[start + 1] = start, UNKNOWN
            for end in range(start + 1, min(size, start + longest) + 1):
                number = find(text[start:end])
                if number is not None and so_far + scores[number] > best[end]:
                    best[end] = so_far + scores[number]
                    start_of[end], id_of[end] = start, number
        return _walk_back(start_of, id_of)

    def _pieces_of(self, beginning: str) -> "_Pieces":
        """The pieces that may begin where a text has a beginning."""
        ids: dict[str, int] = {}
        for end in range(1, len(beginning) + 1):  # a space or a letter alone is a piece, too
            ids |= self._unpacked(beginning[:end])
        return _Pieces(ids.get, max(map(len, ids), default=0))

    def _unpacked(self, beginning: str) -> dict[str, int]:
        if beginning not in self._groups:
            return {}
        held, numbers = self._groups[beginning]
        return dict(zip(held.decode("utf-8").split("\n"), numbers, strict=True))


class _Pieces(NamedTuple):
    """What gives the id of a piece of one beginning, and the characters of the longest one."""

    find: Callable[[str], int | None]
    longest: int


def _beginning(text: str, start: int = 0) -> str:
    """By what pieces are told apart: a character, or two Latin letters; before it a space.

    So many pieces begin with a Latin letter that a text needs few of those that begin with the same.
    """
    found = _BEGINNING.match(text, start)
    return found[0] if found else ""


def _grouped(pieces: Iterable[str]) -> "dict[str, tuple[bytes, array[int]]]":
    """Pieces and their ids by their beginning, packed: most are of languages that nobody writes here.

    One piece at a time: a quarter of a million of them side by side would take 20 MB, of which the
    interpreter gives little back.
    """
    groups: dict[str, tuple[bytearray, array[int]]] = {}
    for number, piece in enumerate(pieces):
        if number == UNKNOWN:
            continue
        beginning = _beginning(piece)
        if beginning not in groups:
            groups[beginning] = bytearray(), array("i")
        held, numbers = groups[beginning]
        if numbers:
            held += b"\n"
        held += piece.encode("utf-8")
        numbers.append(number)
    return {one: (bytes(held), numbers[:]) for one, (held, numbers) in groups.items()}


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
