"""Models of how likely it is that a hit answers a question: fitted once, stored as JSON.

They are logistic (Platt, "Probabilistic outputs for support vector machines", 1999): a weight for
each of a few features that :mod:`hyqa.reading.confidence` describes, and a constant. Where there are
questions enough, half of the log-odds are a forest's, which sees what features say together; the
logistic half keeps it from what no weight may say. One each for questions in Chinese and in
English; hits in the other language than the question's have one in
:mod:`hyqa.reading.confidence`.
:mod:`hyqa.maintenance.evaluation.calibrating` fits them.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from hyqa.index.snapshots.files import write_whole
from hyqa.models.forest import Forest
from hyqa.types.errors import SnapshotError

NAMES = ("zh", "en")
"""The models, by the language of questions."""
LEAST_SHARE = 0.005
"""Least share of a forest that counts: it saw too few examples to be surer."""
FILE = "calibration.json"
"""Its name beside an index's snapshots, and in the package."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model.

    ``forest`` has half a say where there is one; it sees the features in the order of ``weights``.
    ``questions`` is how many it was fitted on; ``error`` how far, on average, its probabilities
    were from the share that was right among questions that it had not seen, None where nobody
    measured.
    """

    weights: Mapping[str, float]
    bias: float
    questions: int = 0
    error: float | None = None
    forest: Forest | None = None

    def logits(self, features: Sequence[Mapping[str, float]]) -> list[float]:
        """Compute the log-odds that each of some hits with these features answers."""
        rows = np.array([[one.get(name, 0.0) for name in self.weights] for one in features])
        rows = rows.reshape(len(features), len(self.weights))
        linear = rows @ np.array([*self.weights.values()]) + self.bias
        if self.forest:
            share = np.clip(self.forest.shares(rows), LEAST_SHARE, 1 - LEAST_SHARE)
            linear = (linear + np.log(share / (1 - share))) / 2
        return [float(value) for value in linear]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The models by name, see ``NAMES``."""

    models: Mapping[str, Model]

    def logits(self, name: str, features: Sequence[Mapping[str, float]]) -> list[float]:
        """Compute log-odds by one of the models."""
        return self.models[name].logits(features)

    def save(self, path: Path) -> None:
        """Write the models, in one step, into a file."""
        record = {name: asdict(model) for name, model in self.models.items()}
        lines = (f'"{name}": {json.dumps(fields)}' for name, fields in record.items())
        write_whole(path, ("{\n" + ",\n".join(lines) + "\n}\n").encode())

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read the models from a file.

        Raises:
            SnapshotError: when it does not hold them.
        """
        try:
            return cls(_read(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise SnapshotError(
                f"{path} cannot be read: delete it, or run `hyqa calibrate` again."
            ) from error


@cache
def shipped_calibration() -> Calibration:
    """Load the models that come with hyqa, fitted by ``python -m benchmarks.quality.calibrate``."""
    return Calibration(_read(files("hyqa.index").joinpath(FILE).read_text(encoding="utf-8")))


def calibration_of(root: Path) -> Calibration:
    """Load the models that belong to an index: its own, or else those that come with hyqa.

    Raises:
        SnapshotError: when its own cannot be read.
    """
    own = root / FILE
    return Calibration.load(own) if own.exists() else shipped_calibration()


def _read(text: str) -> dict[str, Model]:
    record = json.loads(text)
    return {name: _model(record[name]) for name in NAMES}


def _model(fields: dict[str, Any]) -> Model:
    grown = fields.pop("forest", None)
    model = Model(**fields, forest=Forest(**grown) if grown else None)
    numbers = [model.bias, *model.weights.values()]
    if model.forest:
        numbers += [*model.forest.threshold, *model.forest.share]
        if max(model.forest.feature) >= len(model.weights):
            raise ValueError("a forest asks for a feature that the model does not have")
    if not all(isinstance(number, float | int) and math.isfinite(number) for number in numbers):
        raise ValueError("a weight is no number")
    return model
