"""Measure coverage: which parts of a question the quoted documents do not speak of."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from hyqa.answer.citing import leading
from hyqa.answer.leading import CHANGING_KINDS
from hyqa.index.build import Index
from hyqa.question.analysis import analyse, weighted_nouns
from hyqa.question.decomposition import asks
from hyqa.question.follow_ups import refers_back
from hyqa.question.kinds import asked_kind
from hyqa.question.query import last_line, make_query
from hyqa.question.words import ACTION_WEIGHT, VAGUE
from hyqa.text.dates import certain_years_in
from hyqa.text.lists import PARTING_CLAUSES
from hyqa.text.names import Names, names_in
from hyqa.text.relative_years import years_from_today
from hyqa.text.sentences import without_asides
from hyqa.text.thesaurus import equals
from hyqa.text.tokens import HeldTokens, normalize, stem
from hyqa.types import Language, Query, QuestionAnalysis, Quote

_CLAUSES = re.compile(r"[，,；;？?。！!\n]|\.(?=\s|$)")
_QUOTED = re.compile('[“《「][^”》」]*[”》」]|"[^"]*"')
DOCUMENTS = 32
"""Documents looked into lately that are kept ready: popular ones answer often. Some 3 MB where they
have ten pages each."""


def missing_parts(
    index: Index, query: Query, question: QuestionAnalysis, document_ids: Sequence[str]
) -> tuple[str, ...]:
    """Find the parts of a question that some documents do not speak of at all, in its own words.

    A part is one of the things that a clause enumerates, and is missing where the documents hold
    none of its nouns; so is a place or a year that none of them holds. Clauses that ask nothing,
    beside others that do, only tell more of what is meant. What documents in another language
    than the question speak of is not seen in its words, but for years.
    """
    last = last_line(query)
    asked = question if last is query else analyse(last, index)
    held = _Held(index, document_ids)
    if not held.are_in(query.language):
        return tuple(year for year in asked.years if year not in held)
    named = [name for name in (*asked.places, *asked.years) if name not in held]
    return tuple(dict.fromkeys([*named, *_open_parts(query.question, index, held)]))


def years_left_open(
    query: Query, question: QuestionAnalysis, quotes: Sequence[Quote], day: date
) -> tuple[str, ...]:
    """Find the years, told by their distance from a day, of which the document that leads tells nothing.

    Its quotes that name other years tell what was then; those without any tell what is. A follow-up that
    asks for nothing but a year asks for what was asked before.
    """
    kind = question.sentence_kind or asked_kind(query.text)
    if kind is None or kind.name not in CHANGING_KINDS:
        return ()
    shown = {year for one in leading(quotes) for year in certain_years_in(one.text)}
    asked = years_from_today(query.question, day) if shown else ()
    return tuple(year for year in asked if year not in shown)


def share_spoken_of(
    index: Index, question: str, names: Names, document_ids: Sequence[str]
) -> float:
    """Share of what a question is about that some documents speak of, 0 to 1.

    The share of its names that they hold; of one without any, that of the weight of its nouns; 1
    where it has neither.

    Args:
        index: where the documents are.
        question: read by itself.
        names: proper names of the corpus.
        document_ids: whose documents.
    """
    held = _Held(index, document_ids)
    weights = dict.fromkeys(map(normalize, names_in(question, names)), 1.0)
    weights = weights or weighted_nouns(make_query(question), index.sparse)
    total = sum(weights.values())
    return sum(weights[word] for word in weights if word in held) / total if total else 1.0


def missing_words(
    index: Index, question: QuestionAnalysis, document_ids: Sequence[str]
) -> tuple[str, ...]:
    """Find the words of a question that none of some documents holds, the rarest first."""
    held = _Held(index, document_ids)
    weights = dict(question.words)
    words = sorted(_nouns(question, index), key=lambda word: -weights.get(word, 0.0))
    return tuple(word for word in words if word not in held)


def is_outside(index: Index, question: QuestionAnalysis, document_ids: Sequence[str]) -> bool:
    """Say whether a question is out of scope: some documents hold none of its nouns."""
    nouns = _nouns(question, index)
    held = _Held(index, document_ids)
    return not any(noun in held for noun in nouns)


class _Held:
    """The words of some documents' titles and texts, synonyms included."""

    def __init__(self, index: Index, document_ids: Sequence[str]) -> None:
        self._index = index
        self._documents = tuple(dict.fromkeys(document_ids))

    def are_in(self, language: Language) -> bool:
        """Whether any of the documents is in a language."""
        metas = (self._index.store.document(name).meta for name in self._documents)
        return any(meta.language is language for meta in metas)

    @property
    def _tokens(self) -> Iterator[HeldTokens]:
        """The tokens of each document, which is only read where those before it lack a word."""
        for name in self._documents:
            one = self._index.store.document(name)
            yield _tokens(one.meta.title, one.meta.publisher, one.meta.issued, one.text)

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
    clauses = [clause for clause in _CLAUSES.split(without_asides(question)) if clause.strip()]
    asking = [clause for clause in clauses if asks(clause)]
    found: list[str] = []
    for clause in asking or clauses:
        parts = _parts_of(clause)
        open_parts = [part for part in parts if _is_open(part, index, held)]
        # What answers none of the parts by name answers in other words.
        found += open_parts if len(open_parts) < len(parts) else []
    return found


def _parts_of(clause: str) -> list[str]:
    """What a clause enumerates; what stands in quotation marks is one thing."""
    masked = _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), clause)
    joints = list(PARTING_CLAUSES.finditer(masked))
    starts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(clause)]
    parts = (clause[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if part]


def _is_open(part: str, index: Index, held: _Held) -> bool:
    if refers_back(part):
        return False
    nouns = weighted_nouns(make_query(part), index.sparse)
    return bool(nouns) and not any(noun in held for noun in nouns)


def _nouns(asked: QuestionAnalysis, index: Index) -> list[str]:
    """Its words but verbs, adjectives and those that a question is only put with."""
    return [
        word
        for word, weight in asked.words
        if word not in VAGUE
        and weight > ACTION_WEIGHT * index.sparse.idf(index.sparse.token_of(word))
    ]
