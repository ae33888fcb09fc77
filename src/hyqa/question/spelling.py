"""Correct a question's spelling by the words of the corpus: homophones, pinyin, Latin typos.

The lexicon is the index's own vocabulary, so a name is known as soon as a document uses it.
Chinese input methods type by sound, so a wrong character is mostly a homophone of the right one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import rjieba
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from hyqa.index.build import Index
from hyqa.index.lexicon import NAME_LENGTHS, Ambiguity
from hyqa.models import Encoder, encode_questions
from hyqa.question.query import make_query
from hyqa.text.dates import with_full_years
from hyqa.text.pinyin import RARE_READING, asking_words, likeliest_characters, without_tones
from hyqa.text.scripts import CHINESE, simplify
from hyqa.text.sounds import MAX_PINYIN, characters, sounds, syllables
from hyqa.text.tokens import chinese_share, content_tokens, word_tokens

MAX_TYPO_DISTANCE = 1
"""Letters that a Latin word may lack, or hold twice: common slips. Another letter in one's place
makes, mostly, another word (incentive, intent), and so does one less (center, centr-al)."""
MIN_TYPO_LENGTH = 6
"""Shorter Latin words differ by one letter from too many others; a stem may be a letter shorter."""
MAX_LOOKUPS = 20
"""Chunks that are read to see whether a mended name stands in one."""
MAX_NAME = max(NAME_LENGTHS)
MOST_JOINED = 4
"""Words in pinyin, mostly of a syllable, that are read together where they are no name."""
SURE_NAME = 3
"""Characters from which a name's sound is no other word's."""
NEARER = 0.01
"""How much nearer to a foreseen question a mended one must be than as it was typed. Of 2,600 turns of the
blind studies 46 were mended without it, 15 of them into something else (增资 became 倍增资, 省级 县级, "election"
no word at all); with it 17, one of them so. Of 460 names misspelt by rule, most of which nobody foresaw, 370
are reached and 396 without (:mod:`benchmarks.spelling`)."""
_LATIN_RUN = re.compile(r"[A-Za-z]+(?:[ '][A-Za-z]+)*")
_CHINESE_RUN = re.compile(f"[{CHINESE}]+")


class Speller:
    """Corrects the spelling of questions by an index's vocabulary and names.

    Args:
        index: whose words and names are meant.
        encoder: the one that made it; with it, a question is mended only where that brings it nearer
            to what was foreseen.
    """

    def __init__(self, index: Index, encoder: Encoder | None = None) -> None:
        self._encoder = encoder if len(index.foreseen.links) else None
        self._foreseen = index.foreseen
        self._sparse = index.sparse
        self._store = index.store
        self._lexicon = index.lexicon

    def mend(self, question: str) -> str:
        """Replace words that the corpus does not know by those that it does.

        A word stays as it is when nothing in the corpus sounds or looks like it.
        """
        read = without_tones(with_full_years(question))
        chinese = chinese_share(read) > 0
        read = _LATIN_RUN.sub(lambda match: self._in_characters(match.group(), chinese), read)
        read = self._better(self._with_latin(read), read)
        if unknown := self._unknown_pairs(read):
            read = self._better(self._with_names(read, unknown), read)
            read = self._better(self._with_homophones(read), read)
        return read

    def _better(self, guess: str, typed: str) -> str:
        """A guess where it is nearer to what was foreseen, else what was typed."""
        return guess if guess != typed and self._is_nearer(guess, typed) else typed

    def _with_latin(self, question: str) -> str:
        """Initials as the names that they stand for, and Latin words without their slips."""
        return _LATIN_RUN.sub(lambda match: self._latin(match.group()), question)

    def _with_names(self, question: str, unknown: set[str]) -> str:
        """Misspelt names as the lexicon has them, around pairs of characters that nothing holds."""
        return _CHINESE_RUN.sub(lambda match: self._names(match.group(), unknown), question)

    def _with_homophones(self, question: str) -> str:
        """Single characters replaced by others that sound the same."""
        unknown = self._unknown_pairs(question)
        return _CHINESE_RUN.sub(lambda match: self._chinese(match.group(), unknown), question)

    def _is_nearer(self, mended: str, typed: str) -> bool:
        """Whether a mended question is nearer to what was foreseen; where that cannot be told, too."""
        if self._encoder is None:
            return True
        queries = [make_query(text) for text in (mended, typed)]
        vectors = encode_questions(self._encoder, [one.encoded for one in queries]).asking
        near, before = (
            self._foreseen.of_questions(vector, query.tokens).max()
            for vector, query in zip(vectors, queries, strict=True)
        )
        return bool(near >= before + NEARER)

    def ambiguities(self, question: str) -> tuple[Ambiguity, ...]:
        """Find the short forms in a question that may mean several names of the corpus."""
        return self._lexicon.ambiguities(self.mend(question))

    def _unknown_pairs(self, question: str) -> set[str]:
        return {token[1:] for token in content_tokens(question) if self._unknown_pair(token)}

    def _names(self, run: str, unknown: set[str]) -> str:
        """A run with the names that it misspells, as the lexicon has them."""
        for pair in sorted(unknown):
            if pair in run:
                run = self._name_around(run, run.index(pair))
        return run

    def _name_around(self, run: str, place: int) -> str:
        """Replace the longest stretch around a pair of characters that a name is meant by."""
        windows = [
            (start, end)
            for length in range(min(MAX_NAME, len(run)), 1, -1)
            for start in range(max(0, place + 2 - length), min(place, len(run) - length) + 1)
            if (end := start + length) >= place + 2
        ]
        names = self._lexicon
        heard = names.heard(run, place)
        audible = [one for one in windows if heard.start <= one[0] and one[1] <= heard.stop]
        ways = (
            (names.sounding, audible),
            (names.fuller, windows),
            (names.nearly_sounding, audible),
        )
        for means, within in ways:
            for start, end in within:
                if name := means(run[start:end]):
                    return run[:start] + name + run[end:]
        return run

    def _unknown_pair(self, token: str) -> bool:
        return token.startswith("_") and len(token) == 3 and token not in self._sparse

    def _knows(self, pair: str) -> bool:
        return f"_{pair}" in self._sparse

    def _chinese(self, run: str, unknown: set[str]) -> str:
        for place in self._doubtful(run):
            pairs = _pairs_at(run, place)
            if unknown.intersection(pairs) and (better := self._homophone(run, place)):
                run = run[:place] + better + run[place + 1 :]
        return run

    def _doubtful(self, run: str) -> Iterator[int]:
        """Places of characters that stand in no word that the corpus knows."""
        place = 0
        for word in rjieba.cut(run):
            pairs = [word[i : i + 2] for i in range(len(word) - 1)]
            if not pairs or not all(map(self._knows, pairs)):
                yield from range(place, place + len(word))
            place += len(word)

    def _homophone(self, run: str, place: int) -> str:
        """A character of the same sound that makes a known name with its neighbours, or ''."""
        candidates = {c for sound in sounds(run[place]) for c in characters().get(sound, "")}
        known = [
            (sum(-self._sparse.idf(f"_{pair}") for pair in pairs), character)
            for character in sorted(candidates - {run[place]})
            if all(map(self._knows, pairs := _pairs_at(run, place, character)))
            and self._occurs(_around(run, place, character))
        ]
        return max(known)[1] if known else ""

    def _occurs(self, words: str) -> bool:
        """Whether a few characters stand together in some document; two must be a word."""
        if len(words) < 3:
            return words in self._sparse
        pairs = [f"_{words[i : i + 2]}" for i in range(len(words) - 1)]
        rows = self._sparse.rows_with(pairs)[:MAX_LOOKUPS]
        return any(
            words in simplify(chunk.text) for chunk in self._store.chunks([int(r) for r in rows])
        )

    def _in_characters(self, run: str, chinese: bool) -> str:
        """A run of Latin words in characters, where it is pinyin.

        In an English question, known words are left as they are.
        """
        words = run.split()
        if not chinese and all(self._known_word(word) for word in words):
            return run
        return self._pinyin(words) or run

    def _latin(self, run: str) -> str:
        """A run of Latin words with initials and typos mended."""
        parts = [self._initials(word) for word in self._joined(run.split())]
        return " ".join(word if self._known_word(word) else self._typo(word) for word in parts)

    def _pinyin(self, words: Sequence[str]) -> str:
        """The Chinese of a run that is pinyin throughout, '' of another.

        What cannot be read is left out where a name that is no other word stands beside it.
        """
        spelled = [syllables(word.lower().replace("'", "")) for word in words]
        if not all(spelled):
            return ""
        chinese: list[str] = []
        unread = named = False
        while spelled:
            found, taken, is_name = self._heard(spelled)
            named = named or (is_name and len(found) >= SURE_NAME)
            unread = unread or not found
            chinese, spelled = [*chinese, found], spelled[taken:]
        return "" if unread and not named else "".join(chinese)

    def _heard(self, spelled: Sequence[Sequence[str]]) -> tuple[str, int, bool]:
        """What some words in pinyin begin with, how many words that takes, whether it is a name.

        A name or a word of a question may take several; else the first is read by itself, or where
        it is a single syllable with as many of those that follow as can be.
        """
        most = min(len(spelled), MAX_NAME)
        joined = [[s for word in spelled[:end] for s in word] for end in range(most + 1)]
        for end in range(most, 0, -1):
            if name := self._lexicon.spoken(joined[end]):
                return name, end, True
            if word := asking_words().get("".join(joined[end]), ""):
                return word, end, False
        several = range(min(most, MOST_JOINED), 1, -1)
        for end in (1, *several):
            if found := likeliest_characters(joined[end], self._cost):
                return found, end, False
        return "", 1, False

    def _initials(self, word: str) -> str:
        names = () if self._known_word(word) else self._lexicon.abbreviated(word)
        return names[0] if len(names) == 1 else word

    def _joined(self, words: Sequence[str]) -> Sequence[str]:
        """Put a name together that was written as two words, as in Heng Yang."""
        joined: list[str] = []
        for word in words:
            if joined and not self._known_word(joined[-1]) and self._known_word(joined[-1] + word):
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _known_word(self, word: str) -> bool:
        tokens = word_tokens(word)
        return not tokens or tokens[0] in self._sparse

    def _typo(self, word: str) -> str:
        stem = word_tokens(word)[0]
        if min(len(word), len(stem) + 1) < MIN_TYPO_LENGTH or len(word) > MAX_PINYIN:
            return word
        doubled = [stem[:i] + stem[i + 1 :] for i in range(1, len(stem)) if stem[i] == stem[i - 1]]
        longer = self._latin_words.get(len(stem) + MAX_TYPO_DISTANCE, ())
        lacking = process.extractOne(
            stem, longer, scorer=Levenshtein.distance, score_cutoff=MAX_TYPO_DISTANCE
        )
        found = [one for one in doubled if one in self._sparse] + ([lacking[0]] if lacking else [])
        # The vocabulary holds stems: the word keeps the ending that it came with.
        if not found:
            return word
        return found[0] + word.lower().removeprefix(stem)

    @cached_property
    def _latin_words(self) -> dict[int, list[str]]:
        """The index's Latin words by length."""
        by_length: dict[int, list[str]] = {}
        for token in self._sparse.tokens():
            if token.isascii() and token.isalpha():
                by_length.setdefault(len(token), []).append(token)
        return by_length

    def _cost(self, pair: str) -> float | None:
        """How odd two characters are as neighbours; None where the corpus does not know them.

        Those that are a word are less so than those that only meet.
        """
        if not self._knows(pair):
            return None
        return self._sparse.idf(f"_{pair}") - (RARE_READING if pair in self._sparse else 0.0)


def _around(run: str, place: int, character: str) -> str:
    """Three characters of a run around a place, or all of a shorter run, the one replaced."""
    first = max(0, min(place - 1, len(run) - 3))
    return (run[:place] + character + run[place + 1 :])[first : first + 3]


def _pairs_at(run: str, place: int, character: str = "") -> list[str]:
    """The pairs that a run's character, or another in its place, makes with its neighbours."""
    middle = character or run[place]
    before = [run[place - 1] + middle] if place else []
    return before + ([middle + run[place + 1]] if place + 1 < len(run) else [])
