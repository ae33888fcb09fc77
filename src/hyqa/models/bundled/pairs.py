"""The pair reader: reads a question and a passage together, and tells how likely the passage answers.

A cross-encoder (Nogueira and Cho, "Passage Re-ranking with BERT", arXiv 1901.04085) whose embeddings and
lower layers are the bundled model's. Its card is ``benchmarks/pairs/CARD.md``.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from hyqa.models.encoder import PassageText, Vectors
from hyqa.models.prompts import E5_PROMPTS, QUERY
from hyqa.models.unigram import END, START

HEAD = "head"
"""Name of the trained tensor that the first token's vector is multiplied by, the constant last."""
QUESTION_TOKENS, PART_TOKENS, MOST_TOKENS = 56, 24, 124
"""Tokens of a question, its last ones; of a title or a foreseen question, their first ones; of all."""
_DECIMALS = 3
"""To which log-odds are rounded, so that they do not depend on the order in which a processor adds."""
Encode = Callable[[str], Sequence[int]]
"""Cuts a text into ids, without those of start and end."""


def pair_ids(encode: Encode, question: str, passage: PassageText) -> list[int]:
    """Ids of a question and a passage's parts, each part after an end; the question has two.

    Args:
        encode: see ``Encode``.
        question: what is asked, and below what was asked before it.
        passage: its title, the nearest question that was foreseen for it, and the words that answer it.
    """
    title, foreseen, words = passage
    near = encode(foreseen)[:PART_TOKENS] if foreseen else []
    asked = encode(E5_PROMPTS[QUERY] + question)
    first = [START, *asked[-QUESTION_TOKENS:], END, END, *encode(title)[:PART_TOKENS], END]
    return [*first, *near, END, *encode(words), END][:MOST_TOKENS]


def log_odds_of(state: Vectors, head: NDArray[np.float64]) -> float:
    """Log-odds that a passage answers.

    Args:
        state: of the pair's first token, of shape (hidden,).
        head: of shape (hidden + 1,), see ``HEAD``.
    """
    return round(float(state.astype(np.float64) @ head[:-1] + head[-1]), _DECIMALS)
