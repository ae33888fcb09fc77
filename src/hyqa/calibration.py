"""Models of how likely it is that a hit answers a question: fitted once, stored as JSON.

They are logistic (Platt, "Probabilistic outputs for support vector machines", 1999): a weight for
each of a few features that :mod:`hyqa.confidence` describes, and a constant. One each for questions
in Chinese and in English; hits in the other language than the question's have one in
:mod:`hyqa.confidence`.
:mod:`hyqa.evaluation.calibrating` fits them.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from hyqa.errors import SnapshotError

NAMES = ("zh", "en")
"""The models, by the language of questions."""
FILE = "calibration.json"
"""Its name beside an index's snapshots, and in the package."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model.

    ``questions`` is how many it was fitted on; ``error`` how far, on average, its probabilities
    were from the share that was right among questions that it had not seen, None where nobody
    measured.
    """

    weights: Mapping[str, float]
    bias: float
    questions: int = 0
    error: float | None = None

    def logit(self, features: Mapping[str, float]) -> float:
        """Log-odds that a hit with these features answers."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True)
class Calibration:
    """The models by name, see ``NAMES``."""

    models: Mapping[str, Model]

    def logit(self, name: str, features: Mapping[str, float]) -> float:
        """Log-odds by one of the models."""
        return self.models[name].logit(features)

    def save(self, path: Path) -> None:
        """Write the models, in one step, into a file."""
        new = path.with_name(f"{path.name}.new")
        record = {name: asdict(model) for name, model in self.models.items()}
        new.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        new.replace(path)

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
    """The models that come with hyqa, fitted by ``python -m benchmarks.quality.calibrate``."""
    return Calibration(_read(files("hyqa").joinpath(f"data/{FILE}").read_text(encoding="utf-8")))


def calibration_of(root: Path) -> Calibration:
    """The models that belong to an index: its own, or else those that come with hyqa.

    Raises:
        SnapshotError: when its own cannot be read.
    """
    own = root / FILE
    return Calibration.load(own) if own.exists() else shipped_calibration()


def _read(text: str) -> dict[str, Model]:
    record = json.loads(text)
    return {name: _model(record[name]) for name in NAMES}


def _model(fields: Mapping[str, object]) -> Model:
    model = Model(**fields)  # type: ignore[arg-type]
    numbers = [model.bias, *model.weights.values()]
    if not all(isinstance(number, float | int) and math.isfinite(number) for number in numbers):
        raise ValueError("a weight is no number")
    return model
