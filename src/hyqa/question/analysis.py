"""Analyse a question: the words that matter, the names and years in it, the kind of answer."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import rjieba

from hyqa.index.build import Index
from hyqa.index.gazetteer import is_home
from hyqa.index.sparse import SYNONYM_WEIGHT, SparseIndex
from hyqa.question.enumerations import several_in, without_source_phrase
from hyqa.question.home import is_about_home, names_home
from hyqa.question.kinds import asked_count, asked_kind
from hyqa.question.sites import sites_among, subject_of_overview
from hyqa.question.words import (
    ROLES,
    VAGUE,
    Tagged,
    nouns_among,
    phrase_weight,
    tagged_words,
    token_weight,
    weighted_words,
)
from hyqa.text.lists import PARTING
from hyqa.text.names import NAME_TAGS, PLACE_TAGS, Gazetteer, names_in
from hyqa.text.thesaurus import known_phrases, with_phrases, without_phrases
from hyqa.text.tokens import (
    content_tokens,
    is_chinese,
    normalize,
    tokenize,
    without_question_words,
)
from hyqa.types import Language, Query, QuestionAnalysis

EARLIER_WEIGHT = 0.5
"""What a word of the lines that a follow-up follows counts for beside one of its own: it tells what
is talked about, not what is asked."""
_UNFIT = VAGUE | ROLES
_DIRECTIONS = re.compile("[东南西北中]+")
_YES_OR_NO = re.compile(
    r"吗|是不是|有没有|是否|能否|可否|(?<!什)么$|没有?[?？]?$|对吧|是吧"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b|\bright\s*\??$"
)
_ENGLISH_FOCUS = re.compile(
    r"\b(?:what|which|how much|how many|is there|are there)\s+(?:(?:is|are|was|were)\s+)?(?:(?:the|its|an?|any|other|some|most|those|two|next|current)\s+)?(?P<noun>[a-z]{3,})\b"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A query's text, read once for all that is asked of it.

    ``folded`` is all of it, ``last`` the question itself: of a follow-up, the last line.
    """

    folded: str
    last: str
    phrases: tuple[str, ...]
    rest: str
    tagged: tuple[Tagged, ...]
    own: tuple[str, ...]
    """Content tokens of the question itself."""


def analyse(query: Query, index: Index) -> QuestionAnalysis:
    """Analyse a query; of a resolved follow-up, the last line is the question itself."""
    sparse = index.sparse
    read = _read(query, sparse)
    words, tokens = _weights(query, read, sparse)
    named = list(_named(read.tagged, index))
    places = tuple(dict.fromkeys(name for name, place in named if place))
    abroad = bool(places) and bool(index.homes) and not names_home(read.folded, read.tagged, index)
    names = tuple(dict.fromkeys(name for name, place in named if not place))
    proper = names_in(query.question, index.names)
    sentence_kind = asked_kind(query.question)
    content = _content(query, read)
    terms, gazetteer = index.translations.terms, index.gazetteer
    analysis = QuestionAnalysis(
        words=tuple(
            (word, weight * _standing(word in read.last)) for word, weight in words.items()
        ),
        tokens=tuple(tokens.items()),
        places=places,
        names=names,
        years=query.years,
        focus=_focus(read, sparse),
        kind=sentence_kind if read.last == query.question else asked_kind(read.last),
        abroad=abroad,
        foreign=tuple(filter(gazetteer.is_foreign, places)) if abroad else (),
        confirms=_YES_OR_NO.search(read.last) is not None,
        things=_things(words, read),
        sites=sites_among(proper, terms, gazetteer),
        homes=index.homes if is_about_home(read.folded, read.tagged, index) else (),
        overview=subject_of_overview(query.question, proper, terms, gazetteer),
        sentence_kind=sentence_kind,
        counted=asked_count(query.question, sentence_kind),
        several=several_in(read.last),
        sentence_tokens=_sentence_tokens(query, content, sparse),
        core=_core(content, read),
        aspects=_aspects(read),
    )
    if query.language is Language.ENGLISH:
        return _with_names(analysis, index.translations.names(query.question), sparse)
    return analysis


def weighted_nouns(query: Query, sparse: SparseIndex) -> dict[str, float]:
    """Find the nouns that say what a query is about, with their weights."""
    read = _read(query, sparse)
    words, _ = _weights(query, read, sparse)
    return {noun: words[noun] for noun in _things(words, read) if noun not in _UNFIT}


def _read(query: Query, sparse: SparseIndex) -> _Read:
    folded, last = normalize(query.text), normalize(query.question)
    rest = without_phrases(folded, query.phrases)
    return _Read(
        folded=folded,
        last=last,
        phrases=query.phrases,
        rest=rest,
        tagged=tuple(tagged_words(without_question_words(rest), sparse)),
        own=query.content
        if query.text == query.question
        else tuple(content_tokens(query.question)),
    )


def _weights(
    query: Query, read: _Read, sparse: SparseIndex
) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of the words of a query, and of the characters of its tokens."""
    phrases = {phrase: phrase_weight(phrase, sparse) for phrase in read.phrases}
    words = weighted_words(read.tagged, sparse) | phrases
    own = {*read.own, *(phrase for phrase in read.phrases if phrase in read.last)}
    tokens = _merged(
        (token, token_weight(token, read.phrases, sparse) * _standing(token in own))
        for token in with_phrases(query.content, read.rest, read.phrases)
    )
    if all(is_chinese(word) and is_home(word, sparse) for word in words):
        # All the corpus is about its home: what else is asked (今天多少度) has only its characters.
        words = tokens
    return words, tokens


def _things(words: Iterable[str], read: _Read) -> tuple[str, ...]:
    nouns = nouns_among(read.tagged, read.phrases)
    return tuple(word for word in words if word in nouns)


def _sentence_tokens(query: Query, content: Sequence[str], sparse: SparseIndex) -> dict[str, float]:
    """The tokens by which sentences are chosen, with their weights.

    Of a follow-up, the words of the lines before only tell what is talked about.
    """
    told = set(tokenize(query.context))  # and shown before
    before = {t: SYNONYM_WEIGHT * sparse.idf(t) for t in query.before if t not in told}
    return before | {token: sparse.idf(token) for token in content}


def _content(query: Query, read: _Read) -> list[str]:
    asked_for = list(read.own or query.content)
    content = [t for t in asked_for if t.removeprefix("_") not in VAGUE] or asked_for
    phrases = read.phrases if read.last == read.folded else known_phrases(read.last)
    return [*content, *(phrase for phrase in phrases if phrase not in content)]


def _core(content: Sequence[str], read: _Read) -> frozenset[str]:
    core = without_source_phrase(read.last)
    return frozenset(content if core == read.last else content_tokens(core))


def _aspects(read: _Read) -> tuple[frozenset[str], ...]:
    core = without_question_words(without_source_phrase(read.last))
    parts = [frozenset(tokenize(part)) for part in PARTING.split(core)]
    return tuple(part for part in parts if len(part) > 1)


def _with_names(
    asked: QuestionAnalysis, chinese: Mapping[str, tuple[str, ...]], sparse: SparseIndex
) -> QuestionAnalysis:
    """The analysis with the Chinese names that a question writes by their pinyin.

    Args:
        asked: what the tagger sees of it.
        chinese: words in Latin letters with the corpus's words that they may stand for.
        sparse: tells which are names that all of the corpus is about.
    """
    own = {
        name: words
        for name, words in chinese.items()
        if not is_home(name, sparse) and not any(is_home(word, sparse) for word in words)
    }
    names = (name for name in own if name not in asked.places)
    return replace(asked, names=tuple(dict.fromkeys([*asked.names, *names])), aliases=own)


def _merged(weighted: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Tokens by their characters: a word of two is a pair of characters, too."""
    merged: dict[str, float] = {}
    for token, weight in weighted:
        characters = token.removeprefix("_")
        merged[characters] = merged.get(characters, 0.0) + weight
    return merged


def _standing(is_asked: bool) -> float:
    return 1.0 if is_asked else EARLIER_WEIGHT


def _named(tagged: Iterable[Tagged], index: Index) -> Iterator[tuple[str, bool]]:
    """Names, and whether each is a place's; without those that all the corpus is about.

    The tagger knows only some places, and takes others for people or things.
    """
    for word, tag in tagged:
        name = index.gazetteer.without_area(word)
        place = _is_place(word, tag, name, index.gazetteer)
        if not (place or tag in NAME_TAGS) or len(name) < 2 or _DIRECTIONS.fullmatch(name):
            continue
        if not is_home(name, index.sparse):
            yield name, place


def _is_place(word: str, tag: str, name: str, gazetteer: Gazetteer) -> bool:
    """Whether a word is a place's name, as far as the corpus's region or the dictionary knows it.

    The tagger takes others for places by how they end (贵市), too.
    """
    if name in gazetteer.places:
        return not name.isascii() or len(name) > 3
    return tag in PLACE_TAGS and name not in gazetteer.own and rjieba.cut(word, False) == [word]


def _focus(read: _Read, sparse: SparseIndex) -> str:
    """The noun that a question is about: its last one that is neither a name, vague nor a role.

    In English, the first word after what, which, how much or how many.
    """
    if english := _ENGLISH_FOCUS.search(read.last):
        return "" if english["noun"] in _UNFIT else english["noun"]
    nouns = [
        word
        for word, tag in tagged_words(without_question_words(read.last), sparse)
        if tag.startswith(("n", "l", "vn")) and tag not in ("ns", "nr") and len(word) > 1
    ]
    return next((noun for noun in reversed(nouns) if noun not in _UNFIT), "")
