"""Growing boosted trees on labelled examples."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hyqa.models.boosting import Boosting
from hyqa.models.forest import Forest

_DIGITS = 5


def boost(
    rows: NDArray[np.float64],
    answers: NDArray[np.bool_],
    weights: NDArray[np.float64],
    names: Sequence[str],
    about: Mapping[str, Any],
    *,
    trees: int,
    leaves: int,
    smallest: int,
) -> Boosting:
    """Grow gradient-boosted trees (Friedman, 2001), with scikit-learn's histograms.

    Args:
        rows: features of examples, of shape (examples, features).
        answers: whether each answers.
        weights: what each counts for.
        names: of the features.
        about: what is told of the model beside it.
        trees: how many.
        leaves: most leaves of a tree.
        smallest: fewest examples of a leaf.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # takes a second to load

    grown = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.06,
        max_leaf_nodes=leaves,
        min_samples_leaf=smallest,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(rows, answers, sample_weight=weights)
    parts: dict[str, list[Any]] = {
        "roots": [], "feature": [], "threshold": [], "left": [], "share": []
    }  # fmt: skip
    # The library has no public way to its trees; a test compares what they say with its own.
    for (predictor,) in grown._predictors:
        _append(parts, predictor.nodes)
    start = float(np.ravel(grown._baseline_prediction)[0])
    return Boosting(tuple(names), start, Forest(**parts), about)


def _append(parts: dict[str, list[Any]], nodes: NDArray[Any]) -> None:
    """Put a tree's nodes after those of others, the right child after the left."""
    first = len(parts["feature"])
    parts["roots"].append(first)
    order = [0]
    for node in order:
        if not nodes[node]["is_leaf"]:
            order += [int(nodes[node]["left"]), int(nodes[node]["right"])]
    place = {node: first + number for number, node in enumerate(order)}
    for node in order:
        one = nodes[node]
        leaf = bool(one["is_leaf"])
        parts["feature"].append(-1 if leaf else int(one["feature_idx"]))
        parts["threshold"].append(0.0 if leaf else float(one["num_threshold"]))
        parts["left"].append(0 if leaf else place[int(one["left"])])
        parts["share"].append(round(float(one["value"]), _DIGITS) if leaf else 0.0)
