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
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

PIECES_FILE, SCORES_FILE = "unigram.txt", "unigram.npy"
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
_DROPPED, _SPACED = re.compile(f"[{DROPPED}]"), re.compile(f"[{SPACED}]")


class UnigramTokenizer:
    """Turns texts into ids.

    Args:
        pieces: by id.
        scores: log probabilities, by id.
    """

    def __init__(self, pieces: list[str], scores: Sequence[float]) -> None:
        self._scores = scores
        self._groups = _grouped(pieces)
        self._ids: dict[str, dict[str, int]] = {}
        """Ids of pieces by their beginning, of those beginnings that texts had."""
        self._unknown = min(scores) - _UNKNOWN_PENALTY
        self._longest: dict[str, int] = {}
        for piece in pieces:
            if len(piece) > self._longest.get(piece[0], 1):
                self._longest[piece[0]] = len(piece)

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        pieces = [""] * len(self._scores)
        pieces[UNKNOWN] = "<unk>"
        for held, numbers in self._groups.values():
            for piece, number in zip(held.decode("utf-8").split("\n"), numbers, strict=True):
                pieces[number] = piece
        (folder / PIECES_FILE).write_text("\n".join(pieces), encoding="utf-8", newline="\n")
        np.save(folder / SCORES_FILE, np.array(self._scores, np.float32))

    @classmethod
    def load(cls, folder: Path) -> "UnigramTokenizer":
        """Read what :meth:`save` wrote.

        Raises:
            OSError, ValueError: when it is not there, or is damaged.
        """
        pieces = (folder / PIECES_FILE).read_bytes().decode("utf-8").split("\n")
        scores = np.load(folder / SCORES_FILE, allow_pickle=False).astype(np.float32)
        return cls(pieces, array("f", scores.tobytes()))  # a list of floats takes 8 MB

    def encode(self, text: str) -> list[int]:
        """Cut a text into the ids of its pieces, without those of start and end."""
        text = normalised(text)
        return self._best_cut(text if text.startswith(_SPACE) else _SPACE + text)

    def _best_cut(self, text: str) -> list[int]:
        """Ids of the cut that scores highest; unknown characters side by side are one."""
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        start_of, id_of = [0] * (size + 1), [UNKNOWN] * (size + 1)
        scores = self._scores
        for start in range(size):
            so_far, find = best[start], self._find(text, start)
            reach = min(size, start + self._longest.get(text[start], 1))
            if so_far + self._unknown > best[start + 1]:
                best[start + 1] = so_far + self._unknown
                start_of[start + 1], id_of[start + 1] = start, UNKNOWN
            for end in range(start + 1, reach + 1):
                number = find(text[start:end])
                if number is not None and so_far + scores[number] > best[end]:
                    best[end] = so_far + scores[number]
                    start_of[end], id_of[end] = start, number
        return _walk_back(start_of, id_of)

    def _find(self, text: str, start: int) -> Callable[[str], int | None]:
        """What gives the id of a piece that begins at a place of a text."""
        beginning = _beginning(text[start : start + 2])
        found = self._ids.get(beginning)
        if found is None:
            found = self._unpacked(beginning)
            if beginning.startswith(_SPACE):  # a space alone is a piece, too
                found |= self._unpacked(_SPACE)
            self._ids[beginning] = found
        return found.get

    def _unpacked(self, beginning: str) -> dict[str, int]:
        if beginning not in self._groups:
            return {}
        held, numbers = self._groups[beginning]
        return dict(zip(held.decode("utf-8").split("\n"), numbers, strict=True))


def _beginning(piece: str) -> str:
    """By what pieces are told apart: their first character, and the next where it is a space."""
    return piece[:2] if piece.startswith(_SPACE) else piece[:1]


def _grouped(pieces: list[str]) -> "dict[str, tuple[bytes, array[int]]]":
    """Pieces and their ids by their beginning, packed: most are of languages that nobody writes here."""
    groups: dict[str, tuple[list[str], array[int]]] = {}
    for number, piece in enumerate(pieces):
        if number == UNKNOWN:
            continue
        held, numbers = groups.setdefault(_beginning(piece), ([], array("i")))
        held.append(piece)
        numbers.append(number)
    return {
        beginning: ("\n".join(held).encode("utf-8"), numbers)
        for beginning, (held, numbers) in groups.items()
    }


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
