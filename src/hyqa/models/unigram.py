"""A Unigram tokenizer that loads in a tenth of a second.

The library `tokenizers` reads the same vocabulary of 250,000 pieces in a second and holds 300 MB for
it, more than the whole encoder may take; a table of Python's holds 40 MB. The method is Kudo,
"Subword Regularization", arXiv 1804.10959: of all ways to cut a text into pieces, the one whose
scores sum highest, by Viterbi's algorithm. A test compares its ids with the library's.
"""

import re
import unicodedata
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

    def __init__(self, pieces: list[str], scores: list[float]) -> None:
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        self._ids.pop(pieces[UNKNOWN])
        self._scores = scores
        self._unknown = min(scores) - _UNKNOWN_PENALTY
        self._longest: dict[str, int] = {}
        for piece in pieces:
            if len(piece) > self._longest.get(piece[0], 1):
                self._longest[piece[0]] = len(piece)

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        pieces = [""] * len(self._scores)
        pieces[UNKNOWN] = "<unk>"
        for piece, number in self._ids.items():
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
        return cls(pieces, np.load(folder / SCORES_FILE, allow_pickle=False).tolist())

    def encode(self, text: str) -> list[int]:
        """Cut a text into the ids of its pieces, without those of start and end."""
        text = normalised(text)
        return self._best_cut(text if text.startswith(_SPACE) else _SPACE + text)

    def _best_cut(self, text: str) -> list[int]:
        """Ids of the cut that scores highest; unknown characters side by side are one."""
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        start_of, id_of = [0] * (size + 1), [UNKNOWN] * (size + 1)
        find, scores = self._ids.get, self._scores
        for start in range(size):
            so_far = best[start]
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
