"""Read the likeliest passages closely: each together with the question, by the encoder's pair reader.

What words, names and foreseen questions tell of a passage says little of which property of a thing is
asked for; a reader that sees both texts at once can tell. It is slower, and so reads but a few passages,
and what it says is weighed with the rest.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from hyqa.index.build import Index
from hyqa.models.boosting import Boosting
from hyqa.models.encoder import PairReadingEncoder, PassageText
from hyqa.text.sentences import Span, sentence_spans
from hyqa.types import Hit, Query, Reading

FILE = "close_reading.json"
"""The model that weighs what the pair reader says, in this folder."""
MOST = 2
"""Passages that are read closely. Of 2,658 questions that nothing was fitted on, what answers was told from
what does not as well with two as with five (AUROC .90 of those as typed, .91 of conversations, .97 of golden
ones; .89, .90 and .95 without)."""
DOUBTFUL = 2.2
"""Log-odds of the likeliest passage from which, or below which, it is so sure that none is read closely: a
probability of .9, or .1. With all questions three times as many passages were read, for .003 more."""
LEAST = -3.5
"""Log-odds from which a passage is read closely."""
_NEAREST, _SENTENCES = 4, 2
"""Foreseen questions whose words are read, and sentences that hold them."""
_TOLD = 90
"""Characters of the answer before that are read with a follow-up."""


@cache
def shipped_weighing() -> Boosting:
    """Read the model that comes with hyqa, fitted by ``python -m benchmarks.quality.foresee``."""
    return Boosting.from_json(files("hyqa.reading").joinpath(FILE).read_text(encoding="utf-8"))


class CloseReader:
    """Weighs readings anew by what the pair reader says of them.

    Args:
        index: where the passages come from.
        encoder: holds the pair reader.
        model: weighs it, see :func:`read_pairs`.
    """

    def __init__(self, index: Index, encoder: PairReadingEncoder, model: Boosting) -> None:
        self._index, self._encoder, self._model = index, encoder, model

    def read(self, query: Query, readings: Sequence[Reading]) -> list[Reading]:
        """Weigh readings anew; those that are not read closely stay as they are, and their order, too."""
        found = list(readings)
        question = question_text(query.asked, query.told)
        read = read_pairs(self._index, self._encoder, question, readings)
        for (place, numbers), logit in zip(
            read.items(), self._model.logits([*read.values()]), strict=True
        ):
            features = {**readings[place].features, **numbers}
            found[place] = replace(readings[place], logit=logit, features=features)
        return found


def read_pairs(
    index: Index, encoder: PairReadingEncoder, question: str, readings: Sequence[Reading]
) -> dict[int, dict[str, float]]:
    """Read the likeliest passages together with a question.

    Args:
        index: where the passages come from.
        encoder: holds the pair reader.
        question: see :func:`question_text`.
        readings: with the log-odds that were known before.

    Returns:
        By the places of those that were read closely, none where the likeliest is sure, what is
        weighed: ``before``, ``pair`` the pair reader's log-odds, and as known before ``follows`` and
        ``abroad``.
    """
    order = sorted(range(len(readings)), key=lambda place: -readings[place].logit)
    if not order or abs(readings[order[0]].logit) > DOUBTFUL:
        return {}
    chosen = [place for place in order[:MOST] if readings[place].logit >= LEAST]
    texts = [passage_text(index, readings[place].hit) for place in chosen]
    pairs = encoder.log_odds(question, texts)
    return {
        place: _weighed(readings[place], pair) for place, pair in zip(chosen, pairs, strict=True)
    }


def _weighed(one: Reading, pair: float) -> dict[str, float]:
    kinds = {name: one.features.get(name, 0.0) for name in ("follows", "abroad")}
    return {"before": one.logit, "pair": pair, **kinds}


def question_text(asked: str, told: str) -> str:
    """The question as it is read: of a follow-up with the question before it and how that was answered.

    Args:
        asked: see :attr:`hyqa.types.Query.asked`.
        told: see :class:`hyqa.types.Query`.
    """
    *before, question = asked.split("\n")
    if not before or not told:
        return asked
    return "\n".join([before[-1], " ".join(told[:_TOLD].split()), question])


def passage_text(index: Index, hit: Hit) -> PassageText:
    """What is read of a passage: the sentences that hold what answers the nearest foreseen questions."""
    chunk, nearest = hit.chunk, hit.foreseen[:_NEAREST]
    document = index.store.document(chunk.document_id)
    spans = _sentences(chunk.text)
    held = [
        span
        for match in nearest
        for span in spans
        if chunk.start + span[0] < match.end and chunk.start + span[1] > match.start
    ]
    chosen = list(dict.fromkeys(held))[:_SENTENCES] or spans[:_SENTENCES]
    words = " ".join(chunk.text[start:end].strip() for start, end in chosen)
    return document.meta.title, nearest[0].text if nearest else "", words


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))
