"""Which part of a question nothing covers: what an answer leaves open, what a refusal is for."""

import re
from collections.abc import Sequence
from dataclasses import replace

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


def missing_parts(index: Index, query: Query, document_ids: Sequence[str]) -> tuple[str, ...]:
    """The parts of a question that some documents do not speak of at all, in its own words.

    A part is what stands between commas and conjunctions, and is missing where the documents hold
    none of its nouns; so is a place or a year that none of them holds.
    """
    asked = analyse(replace(query, text=query.question), index.sparse)
    held = _Held(index, document_ids)
    named = [name for name in (*asked.places, *asked.years) if name not in held]
    parts = [part.strip() for part in _PARTS.split(query.question)]
    told = [part for part in parts if part]
    open_parts = [part for part in told if _is_open(part, index, held)]
    if len(open_parts) == len(
        told
    ):  # what answers none of the parts by name answers in other words
        open_parts = []
    return tuple(dict.fromkeys([*named, *open_parts]))


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
        documents = [index.store.document(name) for name in dict.fromkeys(document_ids)]
        text = "\n".join(f"{one.meta.title}\n{one.meta.issued}\n{one.text}" for one in documents)
        self._text = normalize(text)
        self._tokens = HeldTokens(self._text)

    def __contains__(self, word: str) -> bool:
        return self._holds(word) or any(map(self._holds, equals(word)))

    def _holds(self, word: str) -> bool:
        if not word.isascii():
            return word in self._text
        return all(stem(part) in self._tokens for part in re.findall(r"[a-z]+|[\d.]+", word))


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
