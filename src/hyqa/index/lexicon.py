"""The names that a corpus uses, read from its texts when it is indexed.

A name is a run of nouns that the texts repeat, what a text itself shortens ("…（简称…）"), or a term
of the glossary. The lexicon finds the name that is meant where it is written with wrong
characters, in pinyin or by its initials, and tells which names a short form may mean.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product
from pathlib import Path
from typing import TypeVar

import rjieba

from hyqa.parsing.corpus.glossary import Term
from hyqa.text.names import Gazetteer
from hyqa.text.scripts import CHINESE
from hyqa.text.sounds import (
    MAX_READINGS,
    blurred,
    blurred_sounds,
    first_letters,
    same_sound,
)
from hyqa.text.tokens import is_chinese
from hyqa.types import Document, Language
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

NAME_LENGTHS = range(3, 15)
"""Characters of a name: shorter runs are words, longer ones phrases."""
MIN_COUNT = 2
"""Times that a run of nouns occurs from which it is a name."""
MAX_NAMES = 5000
"""Names that are kept, the most frequent ones; on 100,000 chunks they are a file of 200 kB."""
PARTIAL_LENGTH = 4
"""Characters from which a name is known though one of them is missing. Only of
what the texts or the glossary call a name: a run of nouns too often looks like another word."""
INITIALS_LENGTHS = range(3, 8)
"""Letters that may be the initials of a name."""
_FILE = "lexicon.json"
_SHORTENED = re.compile(
    rf"(?P<name>[{CHINESE}]{{4,24}})[（(](?:以下)?(?:统一?)?(?:简称|又称)[“\"]?(?P<short>[{CHINESE}]{{2,12}})[”\"]?[）)]"
)
_NOUNS = ("n", "j", "b", "vn", "s", "f", "l")
Key = tuple[str, ...]
K = TypeVar("K", Key, str)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Words of a question that may mean any of several names."""

    words: str
    names: tuple[str, ...]


Named = tuple[dict[str, int], tuple[str, ...]]
"""The names in a document: runs of nouns with their counts, and what it shortens names to."""


def names_of(document: Document) -> Named:
    """Read the names of a document; there are none in one that is not Chinese."""
    chinese = document.meta.language is Language.CHINESE
    text = f"{document.meta.title}\n{document.text}" if chinese else ""
    shortened = dict.fromkeys(match["short"] for match in _SHORTENED.finditer(text))
    return dict(Counter(_noun_runs(text))), tuple(shortened)


def write_lexicon(folder: Path, documents: Iterable[Named], terms: Sequence[Term]) -> None:
    """Store the names of a corpus: those of its documents, and the terms of its glossary."""
    counted: Counter[str] = Counter()
    proper = dict.fromkeys(name for term in terms for name in term.chinese if len(name) > 2)
    for counts, shortened in documents:
        counted.update(counts)
        proper |= dict.fromkeys(shortened)
    names = {name: count for name, count in counted.most_common(MAX_NAMES) if count >= MIN_COUNT}
    record = json.dumps({"names": names, "proper": list(proper)}, ensure_ascii=False)
    (folder / _FILE).write_text(record + "\n", encoding="utf-8")


class Lexicon:
    """Reads what :func:`write_lexicon` wrote.

    Raises:
        SnapshotError: when the file is missing or damaged.
    """

    def __init__(self, folder: Path, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        try:
            record = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            self.proper = tuple(map(str, record["proper"]))
            counts: Mapping[str, int] = record["names"]
            self._counts = dict.fromkeys(self.proper, MAX_NAMES) | dict(counts)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise SnapshotError(DAMAGED_INDEX) from error

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return tuple(self._counts)

    def __contains__(self, name: str) -> bool:
        return name in self._counts

    def heard(self, run: str, place: int) -> range:
        """Find the stretch around a pair of characters in which a name may sound; empty if nowhere.

        Each two neighbours in it sound like neighbours in some name, as they do in all that
        :meth:`sounding` and :meth:`nearly_sounding` find: most parts of a run need not be tried.
        """
        start = end = place
        while start >= 0 and self._sounds_named(run[start : start + 2]):
            start -= 1
        while end < len(run) - 1 and self._sounds_named(run[end : end + 2]):
            end += 1
        return range(start + 1, end + 1)

    def spoken(self, syllables: Sequence[str]) -> str:
        """Find the name of these toneless syllables, the likeliest of several; '' if there is none."""
        return self._likeliest(self._by_sound.get(tuple(map(blurred, syllables)), ()))

    def sounding(self, words: str) -> str:
        """Find the name that sounds just like these words; '' if there is none."""
        alike = [name for key in _keys(words) for name in self._by_sound.get(key, ())]
        return self._likeliest(name for name in alike if same_sound(name, words))

    def nearly_sounding(self, words: str) -> str:
        """Find the name that a southern speaker may take for these words; '' if there is none."""
        found = (name for key in _keys(words) for name in self._by_sound.get(key, ()))
        return self._unaltered((name for name in found if len(name) >= PARTIAL_LENGTH), words)

    def fuller(self, words: str) -> str:
        """Find the name of which these words lack one character; '' if there is none."""
        names = self._lacking.get(words)
        return self._likeliest(names) if names else ""

    def abbreviated(self, letters: str) -> tuple[str, ...]:
        """Find the names whose initials these letters are, the likeliest first."""
        found = self._by_initials.get(letters.lower(), [])
        return tuple(sorted(found, key=lambda name: -self._counts[name]))

    def ambiguities(self, question: str) -> tuple[Ambiguity, ...]:
        """Find the short forms in a question that end several proper names, none of which it names."""
        if any(name in question for name in self.proper):
            return ()
        words = _bare_nouns(question)
        found = [
            Ambiguity(word, tuple(names))
            for word in dict.fromkeys(words)
            if len(names := self._ending(word)) > 1
        ]
        letters = re.findall(r"[A-Za-z]+", question)
        found += [
            Ambiguity(word, names) for word in letters if len(names := self.abbreviated(word)) > 1
        ]
        return tuple(found)

    def _ending(self, words: str) -> Sequence[str]:
        """The longer proper names that end with some words, be it but for what they are of."""
        return self._by_ending.get(words, ())

    def _sounds_named(self, pair: str) -> bool:
        return not self._sound_pairs.isdisjoint(product(*map(blurred_sounds, pair)))

    def _unaltered(self, names: Iterable[str], words: str) -> str:
        """The likeliest of some names that keep what is a known word in words of their length."""
        if not (likely := list(names)):
            return ""
        kept = known_places(words)
        return self._likeliest(
            name for name in likely if all(name[place] == words[place] for place in kept)
        )

    def _likeliest(self, names: Iterable[str | None]) -> str:
        known = [name for name in names if name]
        return max(known, key=lambda name: (self._counts[name], name), default="")

    @cached_property
    def _by_ending(self) -> dict[str, list[str]]:
        """Names by words of two characters or more that they end with."""
        return _indexed(
            (name[start : len(name) - len(area)], name)
            for name in self.proper
            for area in ("", *self._gazetteer.shortened)
            if name.endswith(area)
            for start in range(0 if area else 1, len(name) - len(area) - 1)
        )

    @cached_property
    def _by_sound(self) -> dict[Key, list[str]]:
        return _indexed((key, name) for name in self._counts for key in _keys(name))

    @cached_property
    def _sound_pairs(self) -> set[tuple[str, str]]:
        """How neighbours in names sound."""
        return {pair for key in self._by_sound for pair in pairwise(key)}

    @cached_property
    def _lacking(self) -> dict[str, list[str]]:
        """Names by their characters without one of them."""
        return _indexed(
            (name[:place] + name[place + 1 :], name)
            for name in self.proper
            if len(name) >= PARTIAL_LENGTH
            for place in range(len(name))
        )

    @cached_property
    def _by_initials(self) -> dict[str, list[str]]:
        return _indexed(
            ("".join(letters), name)
            for name in self._counts
            if len(name) in INITIALS_LENGTHS
            for letters in islice(product(*map(first_letters, name)), MAX_READINGS)
        )


def _bare_nouns(question: str) -> list[str]:
    """The Chinese words that no noun stands right before, which would say which one is meant."""
    tagged = [("", ""), *rjieba.tag(question)]
    return [
        word
        for (_, before), (word, _) in pairwise(tagged)
        if len(word) > 1 and is_chinese(word) and not before.startswith(_NOUNS)
    ]


def _noun_runs(text: str) -> Iterator[str]:
    run: list[str] = []
    for word, tag in [*rjieba.tag(text), ("", "")]:
        if tag.startswith(_NOUNS) and re.fullmatch(f"[{CHINESE}]+", word):
            run.append(word)
            continue
        if len(run) > 1 and len(name := "".join(run)) in NAME_LENGTHS:
            yield name
        run = []


def _keys(words: str) -> Iterator[Key]:
    """How words sound, blurred; a few ways where characters have several readings."""
    readings = [blurred_sounds(character) for character in words]
    ways = readings if sum(map(len, readings)) <= len(readings) + 2 else [r[:1] for r in readings]
    yield from product(*ways)


def known_places(words: str) -> frozenset[int]:
    """Find the places of characters that stand in a known word of two or more: they are meant as they are."""
    places: list[int] = []
    start = 0
    for word in rjieba.cut(words, False):
        places += range(start, start + len(word)) if len(word) > 1 else ()
        start += len(word)
    return frozenset(places)


def _indexed(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    found: dict[K, list[str]] = {}
    for key, name in pairs:
        names = found.setdefault(key, [])
        if name not in names:
            names.append(name)
    return found
