"""Which part of a question nothing covers: what an answer leaves open, what a refusal is for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from hyqa.asking import ACTION_WEIGHT, VAGUE, Asked, analyse
from hyqa.index import Index
from hyqa.questions import make_query
from hyqa.thesaurus import equals
from hyqa.tokens import HeldTokens, normalize, stem
from hyqa.types import Query

_PARTS = re.compile(
    r"[，,；;？?。！!\n]|以及|还有|另外|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])|\band\b"
)
"""Where a question may go on to ask for something else."""
DOCUMENTS = 32
"""Documents looked into lately that are kept ready: popular ones answer often. Some 3 MB where they
have ten pages each."""


def missing_parts(index: Index, query: Query, document_ids: Sequence[str]) -> tuple[str, ...]:
    """The parts of a question that some documents do not speak of at all, in its own words.

    A part is what stands between commas and conjunctions, and is missing where the documents hold
    none of its nouns; so is a place or a year that none of them holds.
    """
    asked = analyse(replace(query, text=query.question), index.sparse)
    held = _Held(index, document_ids)
    named = [name for name in (*asked.places, *asked.years) if name not in held]
    return tuple(dict.fromkeys([*named, *_open_parts(query.question, index, held)]))


def missing_words(index: Index, query: Query, document_ids: Sequence[str]) -> tuple[str, ...]:
    """The words of a question that none of some documents holds, the rarest first."""
    asked = analyse(query, index.sparse)
    held = _Held(index, document_ids)
    words = sorted(_nouns(asked, index), key=lambda word: -dict(asked.words).get(word, 0.0))
    return tuple(word for word in words if word not in held)


def is_outside(index: Index, query: Query, document_ids: Sequence[str]) -> bool:
    """Whether some documents hold none of the nouns of a question, and so are about other things."""
    nouns = _nouns(analyse(query, index.sparse), index)
    held = _Held(index, document_ids)
    return not any(noun in held for noun in nouns)


class _Held:
    """The words of some documents' titles and texts, synonyms included."""

    def __init__(self, index: Index, document_ids: Sequence[str]) -> None:
        self._index = index
        self._documents = tuple(dict.fromkeys(document_ids))

    @property
    def _tokens(self) -> Iterator[HeldTokens]:
        """The tokens of each document, which is only read where those before it lack a word."""
        for name in self._documents:
            one = self._index.store.document(name)
            yield _tokens(one.meta.title, one.meta.issued, one.text)

    def __contains__(self, word: str) -> bool:
        return self._holds(word) or any(map(self._holds, equals(word)))

    def _holds(self, word: str) -> bool:
        if not word.isascii():
            return any(word in tokens.text for tokens in self._tokens)
        parts = map(stem, re.findall(r"[a-z]+|[\d.]+", word))
        return all(any(part in tokens for tokens in self._tokens) for part in parts)


@lru_cache(maxsize=DOCUMENTS)
def _tokens(*texts: str) -> HeldTokens:
    return HeldTokens(normalize("\n".join(texts)))


def _open_parts(question: str, index: Index, held: _Held) -> list[str]:
    parts = [part for part in map(str.strip, _PARTS.split(question)) if part]
    # What answers none of the parts by name answers in other words; so does what answers the only one.
    open_parts = [part for part in parts if len(parts) > 1 and _is_open(part, index, held)]
    return open_parts if len(open_parts) < len(parts) else []


def _is_open(part: str, index: Index, held: _Held) -> bool:
    nouns = _nouns(analyse(make_query(part), index.sparse), index)
    return bool(nouns) and not any(noun in held for noun in nouns)


def _nouns(asked: Asked, index: Index) -> list[str]:
    """Its words but verbs, adjectives and those that a question is only put with."""
    return [
        word
        for word, weight in asked.words
        if word not in VAGUE
        and weight > ACTION_WEIGHT * index.sparse.idf(index.sparse.token_of(word))
    ]
