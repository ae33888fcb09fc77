"""Fit what weighs the pair reader's say: on questions that neither it nor the other model has seen."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from tqdm import tqdm

from benchmarks.quality.conversations import Found
from benchmarks.quality.examples import RIGHT, WEIGHTS, folds
from hyqa.engine import Engine
from hyqa.maintenance.evaluation.boosting import boost
from hyqa.models.boosting import Boosting
from hyqa.models.encoder import pair_reading
from hyqa.reading.close_reading import question_text, read_pairs

TREES, LEAVES, SMALLEST = 60, 6, 40
Read = dict[int, dict[str, float]]
"""What is weighed of the passages that were read closely, by their places."""


def read_closely(
    engine: Engine, found: Sequence[Found], logits: Sequence[Sequence[float]]
) -> list[Read]:
    """Read the likeliest passages of each question.

    Args:
        engine: its encoder holds the pair reader.
        found: the questions.
        logits: of each one's passages, by a model that has not seen it.
    """
    encoder = pair_reading(engine.encoder)
    if encoder is None:
        raise SystemExit("The encoder has no pair reader: use the bundled one.")
    read: list[Read] = []
    for one, said in zip(tqdm(found), logits, strict=True):
        known = [
            replace(reading, logit=logit) for reading, logit in zip(one.readings, said, strict=True)
        ]
        question = question_text(one.written.text, one.told)
        read.append(read_pairs(engine.index, encoder, question, known))
    return read


def weighed_by_folds(
    found: Sequence[Found], logits: Sequence[Sequence[float]], read: Sequence[Read]
) -> list[list[float]]:
    """Log-odds of each question's passages, weighed by models that have not seen it."""
    weighed = [list(said) for said in logits]
    for rest, unseen in folds(len(found)):
        model = fit_weighing([found[place] for place in rest], [read[place] for place in rest])
        for place in unseen:
            for number, features in read[place].items():
                (weighed[place][number],) = model.logits([features])
    return weighed


def fit_weighing(found: Iterable[Found], read: Iterable[Read]) -> Boosting:
    """Fit the model on what was read of some questions."""
    examples = [
        (features, one.labels[place])
        for one, closely in zip(found, read, strict=True)
        for place, features in closely.items()
        if WEIGHTS[one.labels[place]]
    ]
    names = [*examples[0][0]]
    return boost(
        np.array([[features[name] for name in names] for features, _ in examples]),
        np.array([label in RIGHT for _, label in examples]),
        np.array([WEIGHTS[label] for _, label in examples]),
        names,
        {"passages": len(examples)},
        trees=TREES,
        leaves=LEAVES,
        smallest=SMALLEST,
    )
