"""Which sentences of a document answer a question: a small model of each one's words and place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hyqa.index.sparse import SYNONYM_WEIGHT, SparseIndex
from hyqa.question.analysis import VAGUE, analyse
from hyqa.question.enumerations import PARTING, Several, several_in, what_is_asked
from hyqa.question.kinds import Count, Kind, asked_count, asked_kind
from hyqa.reading.wording import Wording, worded
from hyqa.text.sentences import Span, sentence_spans, trim
from hyqa.text.thesaurus import known_phrases, token_forms
from hyqa.text.tokens import (
    content_tokens,
    held_places,
    normalize,
    tokenize,
    without_question_words,
)
from hyqa.types import Document, Query

Floats = NDArray[np.float64]

WEIGHTS = {
    "best": 2.0,
    "aspect": 1.4,
    "aspect_before": 0.9,
    "reference": 1.2,
    "kind": 1.3,
    "hit": 3.0,
    "label": 3.8,
    "preamble": -1.1,
    "question": -6.0,
    "summary": -5.5,
}
"""Weights of a logistic model; see :func:`_features` for what each one weighs."""
BIAS = -5.8
COUNT = 0.5
"""What it counts that a number is of the very things that are counted; with 1 more of dragonball_zh's
evidence was crowded out than found."""
COUNTED = 3.0
"""What it counts, beside text of the wrong kind, that a number is not of what is asked to be counted
where another sentence's is: that one is all but sure to answer."""
CONTEXT_WEIGHT = 0.2
"""What a token counts for that the document's title holds, or that only says where to look: it
tells documents apart, not the sentences of one."""
AFTER, BEFORE = 0.6, 0.25
"""Share of its probability that a sentence gives to the one after it and the one before it:
answers are runs of sentences, and begin with what is asked."""
ACROSS = 0.15
"""What is left of that from one line to the next."""

LATIN_SIZE = 0.6
"""Chinese characters that a Latin letter or digit counts for when a quote's length is bounded."""
_MARKER = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[.．、)）]")
"""A list's number, whose full stop ends no sentence."""
SECTIONS = 256
"""Sections whose sentences are kept, of those cut into sentences lately."""
_FIRST_FEW = 4  # sentences of a document among which its preamble stands
_FADING = 0.8
"""What is left, a sentence later, of a label's meaning for the sentences under it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What sentences are chosen by.

    ``weights`` are those of the tokens sought, ``core`` the tokens of what is asked rather than of
    where to look, ``aspects`` the tokens of each thing that the question enumerates; ``kind`` is
    the kind of answer, ``counted`` what is counted, ``dated`` says whether the question names a
    year, ``several`` which several things it asks for, ``abroad`` the places that it is
    about, where these are not the corpus's own.
    """

    weights: dict[str, float]
    core: frozenset[str]
    aspects: tuple[frozenset[str], ...]
    kind: Kind | None
    counted: Count | None
    dated: bool
    several: Several
    abroad: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: ``text[start:end]``, without the white space around it.

    ``section`` is the place of its section among the document's; ``opens`` says whether it begins
    a line.
    """

    start: int
    end: int
    section: int
    opens: bool


def seek(query: Query, sparse: SparseIndex) -> Sought:
    """What the sentences that answer a query hold."""
    about = analyse(query, sparse)
    # Of a follow-up, the words of the lines before only tell what is talked about.
    asked_for = content_tokens(query.question) or list(query.content)
    content = [t for t in asked_for if t.removeprefix("_") not in VAGUE] or asked_for
    told = set(tokenize(query.context))  # and shown before
    weights = {t: SYNONYM_WEIGHT * sparse.idf(t) for t in query.before if t not in told}
    asked = normalize(query.question)
    core = what_is_asked(asked)
    content += [phrase for phrase in known_phrases(asked) if phrase not in content]
    weights |= {token: sparse.idf(token) for token in content}
    parts = [frozenset(tokenize(part)) for part in PARTING.split(without_question_words(core))]
    return Sought(
        weights=weights,
        core=frozenset(content if core == asked else content_tokens(core)),
        aspects=tuple(part for part in parts if len(part) > 1),
        kind=asked_kind(query.question),
        counted=asked_count(query.question),
        dated=bool(query.years),
        several=several_in(asked),
        abroad=about.places if about.abroad else (),
    )


def sentences_of(document: Document, near: Sequence[Span], reach: int) -> list[Sentence]:
    """The sentences of a document that touch a stretch or stand near one in its section.

    Args:
        document: whose sentences.
        near: stretches of its text.
        reach: characters around a stretch that are near.
    """
    found: list[Sentence] = []
    for number, section in enumerate(document.sections):
        inside = [(a, b) for a, b in near if a < section.end and b > section.start]
        wanted = [(a - reach, b + reach) for a, b in inside]
        if not wanted:
            continue
        sentences = _sentences(document.text, (section.start, section.end), number)
        if any(low <= section.start and high >= section.end for low, high in wanted):
            found += sentences
            continue
        found += (
            one
            for one in sentences
            if any(one.start < high and one.end > low for low, high in wanted)
        )
    return found


@lru_cache(maxsize=SECTIONS)
def _sentences(text: str, section: Span, number: int) -> tuple[Sentence, ...]:
    """The sentences of a section, without white space, where it has that number among others."""
    found: list[Sentence] = []
    opens = True
    for first, last in _with_markers(text, section):
        found.append(Sentence(first, last, number, opens))
        opens = "\n" in text[last : last + 2]
    return tuple(found)


def _with_markers(text: str, section: Span) -> Iterator[Span]:
    """Spans of a section's sentences, without white space; a list's number is of its item."""
    begun: int | None = None
    for start, end in sentence_spans(text[section[0] : section[1]]):
        first, last = trim(text, (section[0] + start, section[0] + end))
        first = first if begun is None else begun
        begun = first if _MARKER.fullmatch(text, first, last) else None
        if begun is None and first < last:
            yield first, last
    if begun is not None:
        yield trim(text, (begun, section[1]))


def probabilities(
    document: Document,
    sentences: Sequence[Sentence],
    hits: Sequence[tuple[Span, float]],
    sought: Sought,
) -> Floats:
    """Estimate for each sentence how likely it is a part of the answer.

    Args:
        document: whose sentences.
        sentences: in order.
        hits: its chunks that were found, each with its standing, 1 for the best.
        sought: what is asked.

    Returns:
        A number of 0 to 1 for each sentence, its neighbours' taken into account.
    """
    features = _features(document, sentences, hits, sought)
    logits = BIAS + sum(weight * features[name] for name, weight in WEIGHTS.items())
    return _with_neighbours(1 / (1 + np.exp(-logits)), sentences)


def share_held(text: str, sought: Sought) -> float:
    """Share of the weight of what is sought that a text holds, 0 to 1; 0 without the kind asked."""
    wording = worded(text)
    if sought.kind and not wording.shows(sought.kind):
        return 0.0
    [held] = _held([wording.folded], list(sought.weights))
    weights = np.array(list(sought.weights.values()))
    return float(weights[held].sum() / (weights.sum() or 1.0))


def rarity(held: NDArray[np.bool_]) -> Floats:
    """How rare tokens are among the sentences of one document, 1 for what hardly any holds."""
    count = len(held)
    return np.asarray(
        np.log((count + 1) / (held.sum(axis=0) + 0.5)) / np.log(count + 2), dtype=np.float64
    )


def size_of(text: str) -> float:
    """Length of a text as it is read: a Latin letter takes less time than a Chinese character."""
    wide = sum(character > "\u2e7f" for character in text)
    return wide + LATIN_SIZE * (len(text) - wide)


def _with_neighbours(own: Floats, sentences: Sequence[Sentence]) -> Floats:
    same = np.diff([sentence.section for sentence in sentences]) == 0
    line = np.array([ACROSS if sentence.opens else 1.0 for sentence in sentences[1:]]) * same
    whole = own.copy()
    whole[1:] += AFTER * line * own[:-1]
    whole[:-1] += BEFORE * line * own[1:]
    return whole


def _features(
    document: Document,
    sentences: Sequence[Sentence],
    hits: Sequence[tuple[Span, float]],
    sought: Sought,
) -> dict[str, Floats]:
    wordings = [worded(document.text[one.start : one.end]) for one in sentences]
    tokens = list(sought.weights)
    held = _held([one.folded for one in wordings], tokens)
    weights = _local_weights(document, held, tokens, sought)
    share = _part(np.asarray(held @ weights), float(weights[_present(held)].sum()))
    best = _part(share, share.max(initial=0.0))
    aspect = _best_aspect(held, tokens, weights, sought, best)
    follows = np.array([0.0, *(float(not one.opens) for one in sentences[1:])])
    return {
        "best": best,
        "aspect": aspect**3,
        "aspect_before": _shifted(aspect) * follows,
        "reference": _shifted(aspect**3) * np.array([one.refers for one in wordings]),
        "kind": _kind(sought, wordings),
        "hit": np.array([_standing(one, hits) for one in sentences]),
        "question": np.array([one.asks for one in wordings], dtype=np.float64),
        "summary": np.array([one.sums_up for one in wordings], dtype=np.float64),
        "preamble": _preamble(wordings),
        "label": _labels(wordings, sought, normalize(document.meta.title)),
    }


def _held(texts: Sequence[str], tokens: Sequence[str]) -> NDArray[np.bool_]:
    """Which tokens each folded text holds, be it in another form."""
    forms = [token_forms(token) for token in tokens]
    held = held_places(texts, [form for some in forms for form in some])
    if len(tokens) == held.shape[1]:
        return held
    return np.logical_or.reduceat(held, np.cumsum([0, *map(len, forms[:-1])]), axis=1)


def _local_weights(
    document: Document, held: NDArray[np.bool_], tokens: list[str], sought: Sought
) -> Floats:
    """Weights of tokens among the sentences of one document: the rarer in it the higher."""
    [title] = held_places([normalize(document.meta.title)], tokens)
    aside = title | np.array([token not in sought.core for token in tokens], dtype=bool)
    base = np.array([sought.weights[token] for token in tokens])
    return np.asarray(base * rarity(held) * np.where(aside, CONTEXT_WEIGHT, 1.0), dtype=np.float64)


def _present(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether any sentence holds a token."""
    return np.asarray(held.any(axis=0), dtype=np.bool_)


def _best_aspect(
    held: NDArray[np.bool_], tokens: list[str], weights: Floats, sought: Sought, best: Floats
) -> Floats:
    """How well a sentence holds the enumerated thing that it holds best, beside the best one."""
    places = {tokens[place]: place for place in np.flatnonzero(_present(held))}
    found = np.zeros(len(held))
    several = False
    for aspect in sought.aspects:
        rows = [places[token] for token in aspect if token in places]
        if len(rows) > 1:
            several = True
            held_part = np.asarray(held[:, rows] @ weights[rows], dtype=np.float64)
            found = np.maximum(found, _part(held_part, held_part.max(initial=0.0)))
    return found if several else best


def _kind(sought: Sought, wordings: Sequence[Wording]) -> Floats:
    """-1 where text of the kind that is asked for is missing; of what is counted, where any has it."""
    if sought.counted:
        counts = [sought.counted.stands_in(one.folded) for one in wordings]
        if any(counts):
            return np.where(counts, COUNT, -COUNTED)
    if sought.kind:
        return np.array([0.0 if one.shows(sought.kind) else -1.0 for one in wordings])
    return np.zeros(len(wordings))


def _preamble(wordings: Sequence[Wording]) -> Floats:
    """1 where a sentence stands among the first and says why its document was written."""
    found = np.zeros(len(wordings))
    found[:_FIRST_FEW] = [one.gives_reasons for one in wordings[:_FIRST_FEW]]
    return found


def _standing(sentence: Sentence, hits: Sequence[tuple[Span, float]]) -> float:
    return max(
        (value for (a, b), value in hits if a < sentence.end and b > sentence.start), default=0.0
    )


def _labels(wordings: Sequence[Wording], sought: Sought, title: str) -> Floats:
    """How far the label that a sentence stands under is what is asked, fading line by line."""
    values = np.zeros(len(wordings))
    current = 0.0
    for place, one in enumerate(wordings):
        if one.label:
            tokens = [t for t in one.label_tokens if t.removeprefix("_") not in title]
            current = sum(t in sought.core for t in tokens) / len(tokens) if tokens else 0.0
            values[place] = current if one.tells_of_label else 0.0
        else:
            values[place] = current
            current *= _FADING
    return values


def _shifted(values: Floats) -> Floats:
    """Of each sentence, the value of the one before it."""
    return np.concatenate([[0.0], values[:-1]])


def _part(values: Floats, whole: float) -> Floats:
    return np.asarray(values / whole if whole else np.zeros(len(values)), dtype=np.float64)
