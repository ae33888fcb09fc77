"""The bundled encoder in its fast form, which also matches questions and reads pairs."""

from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hyqa.models.bundled.layout import (
    MATCHING_FILE,
    MEANING_FILE,
    PAIR_FILE,
    PAIR_HEAD_FILE,
    WORDS_FILE,
)
from hyqa.models.bundled.pairs import log_odds_of, pair_ids
from hyqa.models.bundled.words import Words
from hyqa.models.encoder import PassageText
from hyqa.models.onnx import ASKING, MEANING, OnnxEncoder

PAIRS = "pairs"
"""Name of the pair reader's upper layers."""
CUT = 2048
"""Texts whose ids are kept, the latest read: of a few hundred titles, and of passages, many are read time and
again, and the question twice. Some 1 MB; to cut all anew takes 1.5 ms of a question's 40."""


class FastEncoder(OnnxEncoder):
    """Runs the model as it was cast into a folder; safe to share between threads.

    Args:
        folder: the model.
        name: what identifies it.
        threads: how many to use; 0 for one a core.
        steps: the numbers of a vector become multiples of so many parts of 1.

    Raises:
        EncoderError: when the folder lacks a file, or one is damaged.
    """

    def __init__(self, folder: Path, *, name: str, threads: int, steps: int) -> None:
        self._folder = folder
        files = {MEANING: MEANING_FILE, ASKING: MATCHING_FILE, PAIRS: PAIR_FILE}
        uppers = {kind: folder / file for kind, file in files.items()}
        words = Words(folder / WORDS_FILE)
        super().__init__(
            folder, name=name, threads=threads, steps=steps, uppers=uppers, embed=words
        )
        self._cut = lru_cache(CUT)(self._packed_ids)

    @property
    def reads_by(self) -> str:
        """See :class:`hyqa.models.encoder.PairReadingEncoder`: the folder is named by its weights."""
        return self._folder.name

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[float]:
        """See :class:`hyqa.models.encoder.PairReadingEncoder`."""
        pairs = [pair_ids(self._cut, question, one) for one in passages]
        # One at a time: together they would take 11 MB more, and the shorter ones be padded.
        states = [self.states([one], PAIRS)[0, 0] for one in pairs]
        return [log_odds_of(one, self._head) for one in states]

    def _packed_ids(self, text: str) -> "array[int]":
        return array("i", self.ids(text))

    @cached_property
    def _head(self) -> NDArray[np.float64]:
        return np.asarray(np.load(self._folder / PAIR_HEAD_FILE, allow_pickle=False), np.float64)
