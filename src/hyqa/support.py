"""How well a passage supports an answer to a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hyqa.asking import Asked
from hyqa.kinds import Kind
from hyqa.simplified import simplify
from hyqa.thesaurus import equals
from hyqa.tokens import HeldTokens, normalize, stem
from hyqa.types import Language

PART_LENGTH = 3
"""Characters from which a Chinese word may be held in part, pair by pair."""
REACH = {Language.CHINESE: 80, Language.ENGLISH: 200}
"""Characters within which words stand together: about two sentences. 40 to 160 did about equally
well on ncp_policy."""

OPENING, SIGNATURE = 300, 200
"""Characters in which a document says whose it is: its head, and who signed it."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a passage holds of what a question asks, all 0 to 1.

    ``words`` is the held share of the weight of its words, synonyms allowed; ``together`` that of
    its keyword tokens within reach of one another, those in title and headings for free. The
    others say what is missing: a place, another name or a year that the question names, any text
    of the kind that it asks for, the noun that it is about. Places, names, years and that noun
    may stand anywhere in the document; ``place_far`` says that a place does only there, and neither
    in the passage or what heads it nor where the document opens or is signed. ``rarest`` is how
    much the weightiest of the words that are missing weighs, beside the weightiest of all. ``elsewhere`` says that the question is about a place that
    is not the corpus's own, and that the passage and its headings do not name.
    """

    words: float
    together: float
    rarest: float
    place: float
    place_far: float
    name: float
    year: float
    kind: float
    focus: float
    elsewhere: float


class Passage:
    """A text that may support an answer.

    Args:
        context: what stands around it: title, publisher, headings.
        words: what it says.
        document: the document's whole text.
        language: what it is written in.
    """

    def __init__(self, context: str, words: str, document: str, language: Language) -> None:
        context, self._words = normalize(context), normalize(words)
        self._all = f"{context}\n{self._words}"
        self._document = document
        self._context, self._body = HeldTokens(context), HeldTokens(self._words)
        self._reach = REACH[language]
        self._kinds: dict[str, bool] = {}

    def support(self, asked: Asked) -> Support:
        """Measure how well this text supports an answer."""
        weights, held = [weight for _, weight in asked.words], self.holds(asked)
        place = any(map(self._lacks, asked.places))
        return Support(
            words=_share(weights, held),
            together=self._together(asked),
            rarest=_rarest(weights, held),
            place=float(place),
            place_far=float(not place and any(map(self._is_far, asked.places))),
            name=float(any(map(self._lacks, asked.names))),
            year=float(any(map(self._lacks, asked.years))),
            kind=float(asked.kind is not None and not self._has(asked.kind)),
            elsewhere=float(asked.abroad and any(place not in self._all for place in asked.places)),
            focus=1 - self._held(asked.focus) if self._lacks(asked.focus) else 0.0,
        )

    def holds(self, asked: Asked) -> list[float]:
        """How much of each of the question's words this text holds, 0 to 1."""
        return [self._held(word) for word, _ in asked.words]

    def _together(self, asked: Asked) -> float:
        """Share of the tokens' weight in the best stretch, those in the context for free."""
        total = sum(weight for _, weight in asked.tokens)
        rest = [pair for pair in asked.tokens if pair[0] not in self._context]
        free = total - sum(weight for _, weight in rest)
        return (free + self._best_stretch(rest)) / total if total else 0.0

    def _best_stretch(self, weighted: Sequence[tuple[str, float]]) -> float:
        """The most weight of distinct tokens that one stretch of ``REACH`` characters holds."""
        places = [(place, token) for token, _ in weighted for place in self._body.places(token)]
        places.sort()
        weights = dict(weighted)
        inside: dict[str, int] = {}
        best = held = 0.0
        first = 0
        for place, token in places:
            held += 0.0 if inside.get(token) else weights[token]
            inside[token] = inside.get(token, 0) + 1
            while places[first][0] < place - self._reach:
                gone = places[first][1]
                inside[gone] -= 1
                held -= 0.0 if inside[gone] else weights[gone]
                first += 1
            best = max(best, held)
        return best

    def _has(self, kind: Kind) -> bool:
        if kind.name not in self._kinds:
            self._kinds[kind.name] = kind.found.search(self._words) is not None
        return self._kinds[kind.name]

    def _lacks(self, name: str) -> bool:
        if name in self._all or name in self._document:
            return False
        if name.isascii():
            return name.capitalize() not in self._document
        return name not in _simplified(self._document)

    def _is_far(self, name: str) -> bool:
        ends = normalize(self._document[:OPENING] + self._document[-SIGNATURE:])
        return name not in self._all and name not in ends

    def _held(self, word: str) -> float:
        ways, text = _ways(word), self._all
        for characters in ways.characters:
            if characters in text:
                return 1.0
        for parts in ways.parts:
            if all(part in self._body or part in self._context for part in parts):
                return 1.0
        return sum(pair in text for pair in ways.pairs) / len(ways.pairs) if ways.pairs else 0.0


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a text may hold a word or what a document may use for it.

    By the characters of one, by the tokens of the parts of one in Latin letters, or in part, by
    pairs of the word's characters.
    """

    characters: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    pairs: tuple[str, ...]


@lru_cache(maxsize=8192)
def _ways(word: str) -> _Ways:
    forms = (word, *equals(word))
    latin = [re.findall(r"[a-z]+|[\d.]+", form) for form in forms if form.isascii()]
    divided = len(word) >= PART_LENGTH and not word.isascii()
    return _Ways(
        characters=tuple(form for form in forms if not form.isascii()),
        parts=tuple(tuple(map(stem, parts)) for parts in latin),
        pairs=tuple(word[i : i + 2] for i in range(len(word) - 1)) if divided else (),
    )


_simplified = lru_cache(maxsize=64)(simplify)
"""The texts of documents whose passages were looked at lately."""


def _share(weights: Sequence[float], held: Sequence[float]) -> float:
    total = sum(weights)
    return sum(w * part for w, part in zip(weights, held, strict=True)) / total if total else 0.0


def _rarest(weights: Sequence[float], held: Sequence[float]) -> float:
    missing = (weight * (1 - part) for weight, part in zip(weights, held, strict=True))
    return max(missing, default=0.0) / max(weights, default=1.0)
