"""A forest of decision trees, as plain lists: what a library grew, read without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_Whole = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Forest:
    """Trees whose answers are averaged.

    All nodes of all trees stand one after the other; a tree begins at each of ``roots``. A node
    sends an example whose feature number ``feature`` is at most ``threshold`` to the node ``left``,
    any other to the one after that. A leaf's feature is -1, its ``share`` that of the examples
    that came to it and answer.

    Raises:
        ValueError: when a node leads outside the forest, or to one before it.
    """

    roots: Sequence[int]
    feature: Sequence[int]
    threshold: Sequence[float]
    left: Sequence[int]
    share: Sequence[float]

    def __post_init__(self) -> None:
        count = len(self.feature)
        if not self.roots or {len(self.threshold), len(self.left), len(self.share)} != {count}:
            raise ValueError("the parts of a forest differ in length")
        inner = [(node, self.left[node]) for node in range(count) if self.feature[node] >= 0]
        if any(not node < left < count - 1 for node, left in inner):
            raise ValueError("a node leads out of the forest")
        if not all(0 <= root < count for root in self.roots):
            raise ValueError("a tree begins outside of the forest")

    def shares(self, rows: _Floats) -> _Floats:
        """Estimate the probability that each example answers.

        Args:
            rows: examples, of shape (examples, features).

        Returns:
            Numbers of 0 to 1, of shape (examples,).
        """
        feature, threshold, left, share = self._arrays
        at = np.tile(np.array(self.roots), len(rows))
        values = rows.ravel()
        first = np.repeat(np.arange(len(rows)) * rows.shape[1], len(self.roots))  # of each example
        for _ in range(self._depth):
            at = left[at] + (values[first + feature[at]] > threshold[at])
        return np.asarray(
            share[at].reshape(len(rows), len(self.roots)).mean(axis=1), dtype=np.float64
        )

    @cached_property
    def _arrays(self) -> tuple[_Whole, _Floats, _Whole, _Floats]:
        """The parts, with each leaf leading to itself."""
        feature = np.array(self.feature)
        inner = feature >= 0
        left = np.where(inner, np.array(self.left), np.arange(len(feature)))
        threshold = np.where(inner, np.array(self.threshold), np.inf)
        return np.maximum(feature, 0), threshold, left, np.array(self.share)

    @cached_property
    def _depth(self) -> int:
        """Nodes above the lowest leaf."""
        depth = [0] * len(self.feature)
        for node, feature in enumerate(self.feature):
            for child in (self.left[node], self.left[node] + 1) if feature >= 0 else ():
                depth[child] = max(depth[child], depth[node] + 1)
        return max(depth)
