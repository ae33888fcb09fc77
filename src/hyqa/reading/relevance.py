"""Score sentences: a small logistic model of each sentence's words and place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hyqa.question.kinds import counts_in
from hyqa.reading.wording import Wording, worded
from hyqa.text.sentences import Span
from hyqa.text.thesaurus import token_forms
from hyqa.text.tokens import (
    held_places,
    normalize,
)
from hyqa.types import Document, QuestionAnalysis, Sentence

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
_FIRST_FEW = 4  # sentences of a document among which its preamble stands
_FADING = 0.8
"""What is left, a sentence later, of a label's meaning for the sentences under it."""


def probabilities(
    document: Document,
    sentences: Sequence[Sentence],
    hits: Sequence[tuple[Span, float]],
    question: QuestionAnalysis,
) -> Floats:
    """Estimate for each sentence how likely it is a part of the answer.

    Args:
        document: whose sentences.
        sentences: in order.
        hits: its chunks that were found, each with its standing, 1 for the best.
        question: what is asked.

    Returns:
        A number of 0 to 1 for each sentence, its neighbours' taken into account.
    """
    features = _features(document, sentences, hits, question)
    logits = BIAS + sum(weight * features[name] for name, weight in WEIGHTS.items())
    return _with_neighbours(1 / (1 + np.exp(-logits)), sentences)


def share_held(text: str, question: QuestionAnalysis) -> float:
    """Share of the weight of the question's tokens that a text holds, 0 to 1; 0 without the kind asked for."""
    wording = worded(text)
    if question.sentence_kind and not wording.shows(question.sentence_kind):
        return 0.0
    [held] = _held([wording.folded], list(question.sentence_tokens))
    weights = np.array(list(question.sentence_tokens.values()))
    return float(weights[held].sum() / (weights.sum() or 1.0))


def rarity(held: NDArray[np.bool_]) -> Floats:
    """Inverse sentence frequency of tokens within one document, near 1 for what hardly any sentence holds."""
    count = len(held)
    return np.asarray(
        np.log((count + 1) / (held.sum(axis=0) + 0.5)) / np.log(count + 2), dtype=np.float64
    )


def size_of(text: str) -> float:
    """Length of a text in Chinese characters; a Latin letter counts for ``LATIN_SIZE`` of one."""
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
    question: QuestionAnalysis,
) -> dict[str, Floats]:
    wordings = [worded(document.text[one.start : one.end]) for one in sentences]
    tokens = list(question.sentence_tokens)
    held = _held([one.folded for one in wordings], tokens)
    weights = _local_weights(document, held, tokens, question)
    share = _part(np.asarray(held @ weights), float(weights[_present(held)].sum()))
    best = _part(share, share.max(initial=0.0))
    aspect = _best_aspect(held, tokens, weights, question, best)
    follows = np.array([0.0, *(float(not one.opens) for one in sentences[1:])])
    return {
        "best": best,
        "aspect": aspect**3,
        "aspect_before": _shifted(aspect) * follows,
        "reference": _shifted(aspect**3) * np.array([one.refers for one in wordings]),
        "kind": _kind(question, wordings),
        "hit": np.array([_standing(one, hits) for one in sentences]),
        "question": np.array([one.asks for one in wordings], dtype=np.float64),
        "summary": np.array([one.sums_up for one in wordings], dtype=np.float64),
        "preamble": _preamble(wordings),
        "label": _labels(wordings, question, normalize(document.meta.title)),
    }


def _held(texts: Sequence[str], tokens: Sequence[str]) -> NDArray[np.bool_]:
    """Which tokens each folded text holds, be it in another form."""
    forms = [token_forms(token) for token in tokens]
    held = held_places(texts, [form for some in forms for form in some])
    if len(tokens) == held.shape[1]:
        return held
    return np.logical_or.reduceat(held, np.cumsum([0, *map(len, forms[:-1])]), axis=1)


def _local_weights(
    document: Document, held: NDArray[np.bool_], tokens: list[str], question: QuestionAnalysis
) -> Floats:
    """Weights of tokens among the sentences of one document: the rarer in it the higher."""
    [title] = held_places([normalize(document.meta.title)], tokens)
    aside = title | np.array([token not in question.core for token in tokens], dtype=bool)
    base = np.array([question.sentence_tokens[token] for token in tokens])
    return np.asarray(base * rarity(held) * np.where(aside, CONTEXT_WEIGHT, 1.0), dtype=np.float64)


def _present(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether any sentence holds a token."""
    return np.asarray(held.any(axis=0), dtype=np.bool_)


def _best_aspect(
    held: NDArray[np.bool_],
    tokens: list[str],
    weights: Floats,
    question: QuestionAnalysis,
    best: Floats,
) -> Floats:
    """How well a sentence holds the enumerated thing that it holds best, beside the best one."""
    places = {tokens[place]: place for place in np.flatnonzero(_present(held))}
    found = np.zeros(len(held))
    several = False
    for aspect in question.aspects:
        rows = [places[token] for token in aspect if token in places]
        if len(rows) > 1:
            several = True
            held_part = np.asarray(held[:, rows] @ weights[rows], dtype=np.float64)
            found = np.maximum(found, _part(held_part, held_part.max(initial=0.0)))
    return found if several else best


def _kind(question: QuestionAnalysis, wordings: Sequence[Wording]) -> Floats:
    """-1 where text of the kind that is asked for is missing; of what is counted, where any has it."""
    if question.counted:
        counts = [counts_in(question.counted, one.folded) for one in wordings]
        if any(counts):
            return np.where(counts, COUNT, -COUNTED)
    if question.sentence_kind:
        return np.array([0.0 if one.shows(question.sentence_kind) else -1.0 for one in wordings])
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


def _labels(wordings: Sequence[Wording], question: QuestionAnalysis, title: str) -> Floats:
    """How far the label that a sentence stands under is what is asked, fading line by line."""
    values = np.zeros(len(wordings))
    current = 0.0
    for place, one in enumerate(wordings):
        if one.label:
            tokens = [t for t in one.label_tokens if t.removeprefix("_") not in title]
            current = sum(t in question.core for t in tokens) / len(tokens) if tokens else 0.0
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
