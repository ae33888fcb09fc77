"""What an auditor finds wrong with a published answer, by simple means."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from benchmarks.audit.documents import Source, letters

LEAST_WORDS = 0.2
"""Share of the weight of what was asked that has to stand in what is shown or in its title."""
_CITED = ("title", "publisher", "number", "issued", "url")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:市|县|区|省|经开区|高新区|工业园)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AMOUNT = re.compile(
    r"多少|几[个年天家亩块万亿]|how (?:much|many|long|far|large|big)", re.IGNORECASE
)
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万亿两半]|\b(?:one|two|three|half|no)\b")
_WORD = re.compile(r"[a-z]{4,}|\d+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Published:
    """An answer as it was shown.

    Attributes:
        turns: what was asked, oldest first; the last is what is answered.
        quotes: as the contract of ``hyqa ask --json`` gives them; ``doc_id`` and ``text`` at least.
    """

    turns: Sequence[str]
    quotes: Sequence[Mapping[str, object]]


class Auditor:
    """Looks for what is wrong with answers.

    Args:
        sources: the documents by their ids.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        held = Counter(
            word for one in sources.values() for word in set(_words(one.letters + one.about))
        )
        titled = Counter(name for one in sources.values() for name in _PLACE.findall(one.about))
        self._places = {name for name, count in titled.items() if count > 1}
        self._weights = {word: log(1 + len(sources) / count) for word, count in held.items()}

    def faults(self, answer: Published) -> list[str]:
        """Name what is wrong, a word each; none where nothing was found."""
        texts = [str(one["text"]) for one in answer.quotes]
        found = [fault for quote in answer.quotes for fault in self._faults_of_quote(quote)]
        known = [self._sources[str(one["doc_id"])] for one in answer.quotes if self._known(one)]
        shown = " ".join([*texts, *(one.about for one in known)])
        found += self._faults_of_scope(answer.turns, shown)
        return sorted(set(found))

    def _known(self, quote: Mapping[str, object]) -> bool:
        return str(quote["doc_id"]) in self._sources

    def _faults_of_quote(self, quote: Mapping[str, object]) -> Iterator[str]:
        if not self._known(quote):
            yield "source"
            return
        source = self._sources[str(quote["doc_id"])]
        if letters(str(quote["text"])) not in source.letters:
            yield "verbatim"
        for key in _CITED:
            if key in quote and key in source.meta and str(quote[key]) != source.meta[key]:
                yield "date" if key == "issued" else "source"

    def _faults_of_scope(self, turns: Sequence[str], shown: str) -> Iterator[str]:
        asked = turns[-1]
        places = self._places.intersection(_PLACE.findall(asked))
        if _HAN.search(shown[:40]) and any(place not in shown for place in places):
            yield "place"
        if any(year not in shown for year in _YEAR.findall(asked)):
            yield "year"
        if _AMOUNT.search(asked) and not _FIGURE.search(shown.lower()):
            yield "figure"
        if self._share(turns, shown) < LEAST_WORDS:
            yield "words"

    def _share(self, turns: Sequence[str], shown: str) -> float:
        """Share of the weight of what was asked that is shown; 1 where the languages differ."""
        chinese = _is_chinese(shown)
        own = {word for turn in turns if _is_chinese(turn) is chinese for word in _words(turn)}
        there = set(_words(shown))
        weights = {word: self._weights.get(word, 0.0) for word in own}
        whole = sum(weights.values())
        return sum(weights[word] for word in own & there) / whole if whole else 1.0


def _is_chinese(text: str) -> bool:
    return 3 * sum(map(len, _HAN.findall(text))) > sum(map(str.isalpha, text))


def _words(text: str) -> list[str]:
    """English words and numbers, and pairs of Chinese characters."""
    folded = text.lower()
    pairs = [run[at : at + 2] for run in _HAN.findall(folded) for at in range(len(run) - 1)]
    return [*_WORD.findall(folded), *pairs]
