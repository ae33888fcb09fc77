"""Pairs of a question and a passage that was found for it, and whether the passage answers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from benchmarks.quality.conversations import Found
from benchmarks.quality.examples import RIGHT, WEIGHTS, audited_passages
from hyqa.engine import Engine
from hyqa.maintenance.evaluation.leave_one_out import Label
from hyqa.models.bundled.pairs import Encode, pair_ids
from hyqa.reading.close_reading import passage_text, question_text
from hyqa.reading.foreseen import shipped_model

MOST = 6
"""Passages of a question, those that are likeliest without a pair reader."""
UNLIKELY, KEPT = -3.5, 0.35
"""Log-odds below which a passage that does not answer teaches little, and the share that is kept of those."""
DOUBTFUL, DOUBTED = -2.2, 0.5
"""Log-odds above which one that nobody has judged may well answer, and what it counts for then."""


@dataclass(frozen=True, slots=True)
class Example:
    """Ids of a pair, whether the passage answers, and what the example counts for."""

    ids: Sequence[int]
    answers: bool
    weight: float


def examples_of(
    engine: Engine, encode: Encode, found: Sequence[Found], without: Collection[str], seed: int
) -> list[Example]:
    """Make pairs of questions.

    Args:
        engine: whose documents were searched.
        encode: cuts texts into ids.
        found: the questions, with what was found for each.
        without: those that are left out, to measure on.
        seed: of the choice among passages that teach little.
    """
    judged, rng = audited_passages(), Random(seed)
    return [
        example
        for one in found
        if one.line not in without
        for example in _pairs_of(engine, encode, one, judged, rng)
    ]


def _pairs_of(
    engine: Engine,
    encode: Encode,
    one: Found,
    judged: Collection[tuple[str, str, int]],
    rng: Random,
) -> Iterator[Example]:
    logits = shipped_model().logits([reading.features for reading in one.readings])
    question = question_text(one.written.text, one.told)
    for place in np.argsort(logits)[::-1][:MOST]:
        hit, label = one.readings[place].hit, one.labels[place]
        sure = (one.written.text, hit.chunk.document_id, hit.chunk.start) in judged
        weight = 1.0 if sure else WEIGHTS[label]
        if label is Label.NOT and not sure:
            if logits[place] < UNLIKELY and rng.random() > KEPT:
                continue
            weight = DOUBTED if logits[place] > DOUBTFUL else weight
        if weight and label is not Label.UNKNOWN:
            ids = pair_ids(encode, question, passage_text(engine.index, hit))
            yield Example(ids, label in RIGHT, weight)
