"""A linear classifier of vectors: the probability of each of several classes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Softmax:
    """Multinomial logistic regression.

    Attributes:
        classes: their names, in the order of the rows of ``weights``.
        weights: of shape (classes, dimension).
        biases: of shape (classes,).
        about: what it was fitted on, and how well, for whoever reads the file.
    """

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]
    about: Mapping[str, Any]

    def probabilities(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """How likely a vector, of shape (dimension,), is of each class."""
        logits = (self.weights @ vector + self.biases).astype(np.float64)
        shares = np.exp(logits - logits.max())
        return dict(zip(self.classes, (shares / shares.sum()).tolist(), strict=True))

    def to_json(self) -> str:
        """The model as text, for :meth:`from_json`."""
        rows = [[round(float(one), 3) for one in row] for row in self.weights]
        biases = [round(float(one), 3) for one in self.biases]
        return json.dumps(
            {"about": self.about, "classes": self.classes, "biases": biases, "weights": rows},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Softmax":
        """Read a model; raises ``ValueError`` where the text holds none."""
        try:
            record = json.loads(text)
            classes: Sequence[str] = record["classes"]
            weights = np.array(record["weights"], np.float32)
            biases = np.array(record["biases"], np.float32)
            about = record["about"]
        except (TypeError, KeyError) as error:
            raise ValueError("this is no linear classifier") from error
        if weights.ndim != 2 or not len(classes) == len(weights) == len(biases):
            raise ValueError("each class needs a row of weights and a bias")
        return cls(tuple(classes), weights, biases, about)
