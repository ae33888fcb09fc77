"""Boosted trees: log-odds as the sum of what many small trees say."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from hyqa.models.forest import Forest


@dataclass(frozen=True, slots=True)
class Boosting:
    """A model of gradient boosting (Friedman, Annals of Statistics 29, 2001).

    Attributes:
        names: of the features, in the order in which the trees see them.
        start: log-odds before the first tree.
        forest: the trees; a leaf's ``share`` is what it adds.
        about: what it was fitted on, and how well, for whoever reads the file.
    """

    names: tuple[str, ...]
    start: float
    forest: Forest
    about: Mapping[str, Any]

    def logits(self, features: Sequence[Mapping[str, float]]) -> list[float]:
        """Log-odds of each of some examples; a feature that one lacks is 0."""
        rows = np.array([[one.get(name, 0.0) for name in self.names] for one in features])
        rows = rows.reshape(len(features), len(self.names))
        sums = self.start + self.forest.shares(rows) * len(self.forest.roots)
        return [float(value) for value in sums]

    def to_json(self) -> str:
        """The model as text, for :meth:`from_json`."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Boosting":
        """Read a model.

        Raises:
            ValueError: when the text holds none.
        """
        try:
            record = json.loads(text)
            forest = Forest(**record["forest"])
            model = cls(tuple(record["names"]), float(record["start"]), forest, record["about"])
        except (TypeError, KeyError) as error:
            raise ValueError("this is no model of boosted trees") from error
        if max(forest.feature) >= len(model.names):
            raise ValueError("a tree asks for a feature that the model does not have")
        return model
