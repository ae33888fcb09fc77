"""Growing the forest of a model of confidence."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hyqa.models.forest import Forest

TREES = 50
"""40 and 100 did the same within .01."""
SMALLEST_LEAF = 5
"""Examples; with 10, ncp_policy's unanswerable questions were told apart by .07 less."""
DEEPEST = 10
"""Questions from the root of a tree to a leaf; without a limit nothing was gained."""
_DIGITS = 5


def grow(
    rows: NDArray[np.float64], answers: NDArray[np.float64], weights: NDArray[np.float64]
) -> Forest:
    """Grow extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006).

    Args:
        rows: features of examples, of shape (examples, features).
        answers: 1 for each that answers, else 0.
        weights: what each example counts for.
    """
    from sklearn.ensemble import ExtraTreesClassifier  # takes a second to load

    grown = ExtraTreesClassifier(
        TREES, min_samples_leaf=SMALLEST_LEAF, max_depth=DEEPEST, random_state=0
    ).fit(rows, answers > 0, sample_weight=weights)
    right = list(grown.classes_).index(True) if True in grown.classes_ else None
    trees = (_grown(estimator.tree_, right) for estimator in grown.estimators_)
    return forest_of(trees)


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree as a library keeps it: arrays by node, the root first; ``left`` is below 0 at leaves."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    value: NDArray[np.float64]


def forest_of(trees: Iterable[Tree]) -> Forest:
    """Put trees one after the other, each node's right child after its left."""
    parts: dict[str, list[Any]] = {part.name: [] for part in fields(Forest)}
    for tree in trees:
        first = len(parts["feature"])
        parts["roots"].append(first)
        order = _children_together(tree.left, tree.right)
        place = {node: first + number for number, node in enumerate(order)}
        for node in order:
            leaf = tree.left[node] < 0
            parts["feature"].append(-1 if leaf else int(tree.feature[node]))
            parts["threshold"].append(0.0 if leaf else float(tree.threshold[node]))
            parts["left"].append(0 if leaf else place[int(tree.left[node])])
            parts["share"].append(round(float(tree.value[node]), _DIGITS) if leaf else 0.0)
    return Forest(**parts)


def _grown(tree: Any, right: int | None) -> Tree:  # noqa: ANN401 - has no public type
    """A tree of extremely randomised ones; ``right`` is the place of the answers among its classes."""
    value = np.zeros(tree.node_count) if right is None else tree.value[:, 0, right]
    threshold = np.array([round(float(one), _DIGITS) for one in tree.threshold])
    return Tree(tree.children_left, tree.children_right, tree.feature, threshold, value)


def _children_together(left: NDArray[np.int64], right: NDArray[np.int64]) -> list[int]:
    """A tree's nodes level by level, so that the right child follows the left."""
    order = [0]
    for node in order:
        if left[node] >= 0:
            order += [int(left[node]), int(right[node])]
    return order
