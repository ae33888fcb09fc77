"""Words of the other language, for keyword search across languages.

They are what is looked for in Chinese text of an English question, and in English text of a
Chinese one.

They come from the corpus's glossary, from a dictionary, and, for names, from their pinyin. An
index keeps of them what its corpus can use, in a file that is read word by word. A question's
word becomes a group of candidates of which a text need hold only one, as in Pirkola's structured
queries (SIGIR 1998): a word with many renderings then counts no more than one with a single.
"""

import re
import sqlite3
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from hyqa.index.dictionary import Dictionary, Rendering, english_stems
from hyqa.index.snapshots.files import open_read_only
from hyqa.index.sparse import Candidate, SparseIndex
from hyqa.parsing.corpus.glossary import Term
from hyqa.text.scripts import CHINESE
from hyqa.text.sounds import readings
from hyqa.text.tokens import (
    is_chinese,
    normalize,
    stem,
    without_function_words,
    without_question_words,
)
from hyqa.types import Language, Query
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

RANK_DISCOUNT = 0.5
"""Power by which a gloss's weight falls with its place in its entry. 0 to 1 did alike (right
document first .80 to .81 on English questions over Chinese text)."""
NAME = "~"
"""Marks a Latin word that is compared whole: the stem of a name is another word (Manning, man)."""
NAME_LENGTHS = range(2, 5)
"""Characters of a Chinese word whose pinyin may be its English name."""
LONGEST_PHRASE = 8
"""Words of the longest English phrase that is looked up, and characters of the longest Chinese
one, halved: terms of a glossary are that long."""
FILE = "translations.sqlite"
_SCHEMA = """
CREATE TABLE renderings (
    english TEXT NOT NULL, chinese TEXT NOT NULL, weight REAL NOT NULL,
    PRIMARY KEY (english, chinese)) WITHOUT ROWID;
CREATE INDEX by_chinese ON renderings (chinese);
CREATE TABLE terms (chinese TEXT PRIMARY KEY, english TEXT NOT NULL) WITHOUT ROWID;
"""

Group = tuple[Candidate, ...]


def write_translations(
    folder: Path, terms: Sequence[Term], sparse: SparseIndex, dictionary: Dictionary
) -> None:
    """Store the terms of a glossary, and the renderings of which a corpus holds one side.

    Args:
        folder: of the snapshot.
        terms: of the glossary.
        sparse: the tokens of the corpus.
        dictionary: renders its words.
    """
    weights: dict[tuple[str, str], float] = {}
    for one in chain(
        _of_terms(terms), _of_names(sparse, dictionary), _of_dictionary(sparse, dictionary)
    ):
        key = (" ".join(one.english), one.chinese)
        weights[key] = max((1 + one.rank) ** -RANK_DISCOUNT, weights.get(key, 0.0))
    connection = sqlite3.connect(folder / FILE)
    with connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO renderings VALUES (?, ?, ?)",
            ((*key, weight) for key, weight in sorted(weights.items())),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO terms VALUES (?, ?)",
            ((chinese, term.english[0]) for term in terms for chinese in term.chinese),
        )
    connection.close()


class Translations:
    """Reads what :func:`write_translations` wrote; safe to share between threads.

    Raises:
        SnapshotError: when the file is missing or damaged.
    """

    def __init__(self, folder: Path, sparse: SparseIndex) -> None:
        self._sparse = sparse
        self._lock = threading.Lock()
        try:
            self._connection = open_read_only(folder / FILE)
            self.terms = dict(self._read("SELECT chinese, english FROM terms"))
            self._read("SELECT weight FROM renderings WHERE english = ?", "")
        except sqlite3.Error as error:
            raise SnapshotError(DAMAGED_INDEX) from error

    def groups(self, query: Query) -> tuple[Group, ...]:
        """List what texts of the other language are searched for, a group a word of the question.

        Figures and document numbers, and in a Chinese question Latin words, stand for themselves.
        """
        own = [token for token in query.content if _is_figure(token)]
        if query.language is Language.ENGLISH:
            translated = self._of_english(query.text)
        else:
            own += [token for token in query.content if token.isascii() and token.isalpha()]
            translated = self._of_chinese(query.text)
        return (*((Candidate((token,)),) for token in dict.fromkeys(own)), *translated)

    def names(self, text: str) -> dict[str, tuple[str, ...]]:
        """Find the Latin words of a text that may be Chinese names, with the corpus's words for them."""
        known = self._lookup("english", "chinese", _as_names(text))
        return {
            name.removeprefix(NAME): tuple(chinese for chinese, _ in found)
            for name, found in known.items()
        }

    def _of_english(self, text: str) -> Iterator[Group]:
        words = english_stems(text)
        names = _as_names(text)
        known = self._lookup("english", "chinese", [*_phrases(words, " "), *names])
        # Chinese words whose pinyin a word of the text is, by the word's stem.
        named = {stem(name.removeprefix(NAME)): known[name] for name in names if name in known}
        for phrase in _cover(words, " ", known):
            found = [*known.get(phrase, ()), *named.get(phrase, ())]
            yield (Candidate(tuple(phrase.split(" "))), *self._chinese(found))

    def _chinese(self, found: Iterable[tuple[str, float]]) -> Iterator[Candidate]:
        for chinese, weight in found:
            if tokens := chinese_tokens(chinese, self._sparse):
                yield Candidate(tokens, weight)

    def _of_chinese(self, text: str) -> Iterator[Group]:
        plain = without_function_words(without_question_words(normalize(text)))
        runs = re.findall(f"[{CHINESE}]+", plain)
        phrases = [phrase for run in runs for phrase in _phrases(run, "") if len(phrase) > 1]
        words = self._lookup("chinese", "english", phrases)
        for run in runs:
            unknown = ""
            for word in [*_cover(run, "", words), ""]:
                if word and word not in words:
                    unknown += word
                    continue
                if len(unknown) > 1:  # a word nobody knows is one that no text holds
                    yield (Candidate((unknown,)),)
                unknown = ""
                if word:
                    yield tuple(self._english(words[word]))

    def _english(self, found: Sequence[tuple[str, float]]) -> Iterator[Candidate]:
        for english, weight in found:
            name = english.removeprefix(NAME)
            stems = (stem(name),) if name != english else tuple(english.split(" "))
            if all(word in self._sparse for word in stems):
                yield Candidate(stems, weight)

    def _lookup(
        self, by: str, other: str, phrases: Sequence[str]
    ) -> dict[str, list[tuple[str, float]]]:
        known: dict[str, list[tuple[str, float]]] = {}
        marks = ",".join("?" * len(phrases))
        rows = self._read(
            f"SELECT {by}, {other}, weight FROM renderings WHERE {by} IN ({marks})"
            " ORDER BY weight DESC, english, chinese",
            *phrases,
        )
        for phrase, rendering, weight in rows:
            known.setdefault(phrase, []).append((rendering, weight))
        return known

    def _read(self, query: str, *values: str) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def chinese_tokens(word: str, known: Container[str]) -> tuple[str, ...]:
    """List the tokens by which a Chinese word is found in a corpus; () when it cannot be.

    Args:
        word: in Chinese.
        known: the tokens of the corpus.
    """
    if word in known:
        return (word,)
    pairs = tuple([f"_{word[i : i + 2]}" for i in range(len(word) - 1)])
    return () if any(pair not in known for pair in pairs) else pairs


def _of_terms(terms: Iterable[Term]) -> Iterator[Rendering]:
    for term in terms:
        for english in term.english:
            if stems := english_stems(english):
                yield from (Rendering(chinese, stems) for chinese in term.chinese)


def _of_dictionary(sparse: SparseIndex, dictionary: Dictionary) -> Iterator[Rendering]:
    known = frozenset(sparse.tokens())  # asked some 300,000 times
    for one in dictionary.renderings(known):
        if known.issuperset(one.english) or chinese_tokens(one.chinese, known):
            yield one


def _of_names(sparse: SparseIndex, dictionary: Dictionary) -> Iterator[Rendering]:
    """The corpus's own words by their pinyin, as English writes Chinese names."""
    for word in sparse.tokens():
        if may_be_name(word):
            for pinyin in readings(word):
                if not dictionary.is_common(pinyin):
                    yield Rendering(word, (NAME + pinyin,))


def may_be_name(word: str) -> bool:
    """Whether the pinyin of a corpus's word may be its English name."""
    return len(word) in NAME_LENGTHS and is_chinese(word)


def _as_names(text: str) -> list[str]:
    """The Latin words of a text as names are kept."""
    return [NAME + word for word in dict.fromkeys(re.findall("[a-z]+", text.lower()))]


def _phrases(parts: Sequence[str], joint: str) -> list[str]:
    longest = LONGEST_PHRASE * (1 if joint else 2)
    return [
        joint.join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, min(start + longest, len(parts)) + 1)
    ]


def _cover(parts: Sequence[str], joint: str, known: Container[str]) -> Iterator[str]:
    """Cut a text into the longest phrases that are known, from its beginning."""
    start = 0
    while start < len(parts):
        longest = min(start + LONGEST_PHRASE * (1 if joint else 2), len(parts))
        for end in range(longest, start, -1):
            phrase = joint.join(parts[start:end])
            if phrase in known or end == start + 1:
                yield phrase
                start = end
                break


def _is_figure(token: str) -> bool:
    return any(character.isdigit() for character in token)
