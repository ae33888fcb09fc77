"""How well a passage supports an answer to a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hyqa.asking import Asked
from hyqa.simplified import simplify
from hyqa.thesaurus import equals
from hyqa.tokens import HeldTokens, normalize, stem

WEIGHTS = {
    "words": 4.0,
    "tokens": 2.0,
    "place": -2.0,
    "name": -1.5,
    "year": -2.0,
    "kind": -2.0,
    "focus": -2.0,
}
"""Of a logistic model with the bias of :mod:`hyqa.confidence`. Chosen on the developers' halves
of ncp_policy, dragonball_zh and the investor questions together from a coarse grid, in the
middle of the region where all three do well; the year, too rare there to tell, is set as the
place."""
PART_LENGTH = 3
"""Characters from which a Chinese word may be held in part, pair by pair."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a passage holds of what a question asks, all 0 to 1.

    ``words`` and ``tokens`` are the held shares of the weight of its words, synonyms allowed,
    and of its keyword tokens. The others say what is missing: a place, another name or a year that the
    question names, any text of the kind that it asks for, the noun that it is about.
    """

    words: float
    tokens: float
    place: float
    name: float
    year: float
    kind: float
    focus: float

    @property
    def logit(self) -> float:
        """Log-odds that the passage answers the question, but for a constant."""
        return sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


class Passage:
    """A text that may support an answer.

    Args:
        context: what stands around it: title, publisher, headings.
        words: what it says.
        document: the document's whole text; a name may stand anywhere in it.
    """

    def __init__(self, context: str, words: str, document: str) -> None:
        self._words = normalize(words)
        self._all = normalize(f"{context}\n{words}")
        self._document = document
        self._tokens = HeldTokens(self._all)

    def support(self, asked: Asked) -> Support:
        """Measure how well this text supports an answer."""
        return Support(
            words=_share(asked.words, [self._held(word) for word, _ in asked.words]),
            tokens=_share(asked.tokens, [float(t in self._tokens) for t, _ in asked.tokens]),
            place=float(any(map(self._lacks, asked.places))),
            name=float(any(map(self._lacks, asked.names))),
            year=float(any(year not in self._all for year in asked.years)),
            kind=float(asked.kind is not None and not asked.kind.found.search(self._words)),
            focus=1 - self._held(asked.focus) if asked.focus else 0.0,
        )

    def _lacks(self, name: str) -> bool:
        if name in self._all or name in self._document:
            return False
        return name not in simplify(self._document)

    def _held(self, word: str) -> float:
        if self._holds(word) or any(map(self._holds, equals(word))):
            return 1.0
        if len(word) < PART_LENGTH or word.isascii():
            return 0.0
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        return sum(pair in self._all for pair in pairs) / len(pairs)

    def _holds(self, word: str) -> bool:
        if not word.isascii():
            return word in self._all
        return all(stem(part) in self._tokens for part in re.findall(r"[a-z]+|[\d.]+", word))


def _share(weighted: Sequence[tuple[str, float]], held: Sequence[float]) -> float:
    total = sum(weight for _, weight in weighted)
    return (
        sum(w * part for (_, w), part in zip(weighted, held, strict=True)) / total if total else 0.0
    )
