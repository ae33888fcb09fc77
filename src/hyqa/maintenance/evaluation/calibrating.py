"""Fitting the models of :mod:`hyqa.index.calibration` on labelled questions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hyqa.engine import Engine
from hyqa.index.calibration import NAMES, Calibration, Model
from hyqa.maintenance.evaluation.growing import grow
from hyqa.maintenance.evaluation.metrics import calibration_error
from hyqa.maintenance.evaluation.outcomes import ask
from hyqa.maintenance.evaluation.questions import LabelledQuestion
from hyqa.reading.confidence import READER
from hyqa.types import Reading, Trace

Numbers = NDArray[np.float64]

_ENGLISH = {
    "words": 1,
    "together": 1,
    "rarest": -1,
    "place": -1,
    "place_far": -1,
    "name": -1,
    "year": -1,
    "kind": -1,
    "focus": -1,
    "kind_far": -1,
    "year_far": -1,
    "likeness": 1,
    "cosine_lead": 1,
}
FEATURES: Mapping[str, Mapping[str, int]] = {
    "zh": {
        **_ENGLISH,
        "keyword_lead": 1,
        "own_cosine": 1,
        "own_keywords": 1,
        "own_support": 1,
    },
    "en": _ENGLISH,
}
"""What each model sees, and how it may count: what is missing never speaks for an answer, and what
is held never against one, whatever a set of questions happens to hold. There are too few English
questions about documents of several passages to tell how far one should stand out."""
RIDGE = 1.0
"""Pull of the weights towards 0, in questions: a tenth or ten times of it changed no figure by more
than .01."""
MADE_WEIGHT = 0.25
"""What a question counts for whose documents were taken away, beside one that has no answer."""
UNDERSPECIFIED = "underspecified"
"""Label of a question that is rightly answered by asking back."""
FEWEST = 30
"""Questions with and without an answer, of each, below which a model is not fitted."""
FOREST_FROM = 500
"""Examples from which a forest is grown: with 234 English ones it did no better than weights alone,
with 1,614 Chinese ones ncp_policy's unanswerable questions were refused for .80 instead of .75."""
FOLDS = 5
_STEPS = 3000


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question's best hit, and whether it answers.

    ``model`` says which model it is for, ``source`` which set it is from; ``made`` marks a question
    whose documents were taken away.
    """

    model: str
    features: Mapping[str, float]
    answers: bool
    source: str
    made: bool = False


def examples_of(
    engine: Engine,
    questions: Sequence[LabelledQuestion],
    source: str,
    report: Callable[[int, int], None],
) -> list[Example]:
    """Collect what the questions of a set teach: an example a question.

    One that is rightly answered by asking back teaches nothing: it has an answer once it is told
    which thing is meant. Where all of them have an answer, what a question without one looks like is made: by taking
    away the documents that answer, and of those questions whose documents were not found.
    """
    found: list[Example] = []
    making = all(question.answerable for question in questions)
    for done, question in enumerate(questions, 1):
        if question.label != UNDERSPECIFIED:
            found += _examples(engine, question, source, making)
        report(done, len(questions))
    return found


def _examples(
    engine: Engine, question: LabelledQuestion, source: str, making: bool
) -> Iterator[Example]:
    trace, right = ask(engine, question), question.document_ids
    if trace.readings:
        best = trace.readings[0]
        found = not (making and right) or best.hit.chunk.document_id in right
        yield from _example(engine, trace, best, question.answerable and found, source)
    if making and right:
        hits = tuple(hit for hit in trace.ranking.hits if hit.chunk.document_id not in right)
        step = trace.steps[trace.chosen]
        others = replace(step.ranking, hits=hits)
        readings = engine.reader.read(step.query, step.analysis, others)
        if readings:
            made = _example(engine, trace, readings[0], False, source)
            yield from (replace(example, made=True) for example in made)


def _example(
    engine: Engine, trace: Trace, reading: Reading, answers: bool, source: str
) -> Iterator[Example]:
    """The example of a hit in the question's language; of others there is none."""
    language = engine.document(reading.hit.chunk.document_id).meta.language
    if language is trace.query.language:
        yield Example(language.value, reading.features, answers, source)


def fit(
    examples: Sequence[Example],
    before: Calibration,
    *,
    set_weights: Mapping[str, float] = MappingProxyType({}),
) -> Calibration:
    """Fit a model for each language that has enough examples; the others stay as they were.

    Args:
        examples: of one or more sets.
        before: the models so far.
        set_weights: what a set counts for, where it is not 1.
    """
    models: dict[str, Model] = {}
    for name in NAMES:
        own = [example for example in examples if example.model == name]
        answering = sum(example.answers for example in own)
        enough = min(answering, len(own) - answering) >= FEWEST
        known = models.get("zh", before.models["zh"])
        model = _model(own, name, set_weights) if enough else before.models[name]
        models[name] = _with_unseen(model, own, known) if enough else model
    return Calibration(models)


def _with_unseen(model: Model, examples: Sequence[Example], known: Model) -> Model:
    """A model in which a feature that no example shows weighs what it does in one that is known.

    A set without questions about other places cannot tell what it means not to name the place.
    """
    unseen = [name for name in model.weights if not any(one.features[name] for one in examples)]
    return replace(model, weights={**model.weights, **{n: known.weights[n] for n in unseen}})


def _model(examples: Sequence[Example], name: str, set_weights: Mapping[str, float]) -> Model:
    """A model of all examples, with its error on those that a fifth at a time were held out."""
    folds = np.arange(len(examples)) % FOLDS
    said = 1 / (1 + np.exp(-held_out_logits(examples, folds, name, set_weights)))
    asked = [place for place, one in enumerate(examples) if not one.made]
    error = calibration_error(said[asked].tolist(), [examples[place].answers for place in asked])
    model = fit_model(examples, name, set_weights)
    return replace(model, questions=len(asked), error=round(error or 0.0, 4))


def held_out_logits(
    examples: Sequence[Example],
    folds: NDArray[np.int64],
    name: str,
    set_weights: Mapping[str, float] = MappingProxyType({}),
) -> Numbers:
    """Compute the log-odds of each example by a model that was fitted without its fold.

    Args:
        examples: all of one model.
        folds: the number of each one's fold, of shape (examples,).
        name: of the model.
        set_weights: what a set counts for, where it is not 1.
    """
    logits = np.zeros(len(examples))
    for fold in np.unique(folds).tolist():
        rest = [one for one, own in zip(examples, folds, strict=True) if own != fold]
        held_out = np.flatnonzero(folds == fold).tolist()
        model = fit_model(rest, name, set_weights)
        logits[held_out] = model.logits([examples[place].features for place in held_out])
    return logits


def fit_model(
    examples: Sequence[Example], name: str, set_weights: Mapping[str, float] = MappingProxyType({})
) -> Model:
    """Fit one model; every set counts the same, however many questions it has."""
    signs = FEATURES[name]
    if all(READER in one.features for one in examples):
        signs = {**signs, READER: 1}
    features = np.array([[one.features[key] for key in signs] for one in examples])
    answers = np.array([one.answers for one in examples], dtype=np.float64)
    sources = [one.source for one in examples]
    sizes = {source: sources.count(source) for source in sources}
    share = len(examples) / len(sizes)
    weights = np.array(
        [
            (MADE_WEIGHT if one.made else 1.0)
            * set_weights.get(one.source, 1.0)
            * share
            / sizes[one.source]
            for one in examples
        ]
    )
    slopes, bias = logistic(features, answers, weights, np.array(list(signs.values())))
    rounded = {key: round(float(slope), 4) for key, slope in zip(signs, slopes, strict=True)}
    forest = grow(features, answers, weights) if len(examples) >= FOREST_FROM else None
    return Model(rounded, round(bias, 4), len(examples), forest=forest)


def logistic(
    features: Numbers, answers: Numbers, weights: Numbers, signs: NDArray[Any]
) -> tuple[Numbers, float]:
    """Fit a weighted logistic regression with a ridge, its slopes held to given signs.

    Accelerated projected gradient descent (Beck and Teboulle, SIAM J. Imaging Sciences 2, 2009)
    over standardised features, of shape (examples, features).
    """
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1.0
    rows = np.column_stack([(features - mean) / scale, np.ones(len(features))])
    ridge = np.append(np.full(features.shape[1], RIDGE), 0.0)
    low = np.append(np.where(signs > 0, 0.0, -np.inf), -np.inf)
    high = np.append(np.where(signs < 0, 0.0, np.inf), np.inf)
    # The loss is at most this curved (its second derivative is below a quarter).
    step = 1 / (np.linalg.norm(rows * np.sqrt(weights)[:, None], 2) ** 2 / 4 + RIDGE)
    point = ahead = np.zeros(rows.shape[1])
    for count in range(_STEPS):
        slope = rows.T @ (weights * (1 / (1 + np.exp(-(rows @ ahead))) - answers)) + ridge * ahead
        following = np.clip(ahead - step * slope, low, high)
        ahead = following + count / (count + 3) * (following - point)
        point = following
    slopes = point[:-1] / scale
    return slopes, float(point[-1] - slopes @ mean)
