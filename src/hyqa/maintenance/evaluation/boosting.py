"""Growing boosted trees on labelled examples."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hyqa.maintenance.evaluation.growing import Tree, forest_of
from hyqa.models.boosting import Boosting


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
    # The library has no public way to its trees; a test compares what they say with its own.
    forest = forest_of(_grown(predictor.nodes) for (predictor,) in grown._predictors)
    start = float(np.ravel(grown._baseline_prediction)[0])
    return Boosting(tuple(names), start, forest, about)


def _grown(nodes: NDArray[Any]) -> Tree:
    leaf = nodes["is_leaf"].astype(bool)
    return Tree(
        left=np.where(leaf, -1, nodes["left"].astype(np.int64)),
        right=np.where(leaf, -1, nodes["right"].astype(np.int64)),
        feature=nodes["feature_idx"],
        threshold=nodes["num_threshold"],
        value=nodes["value"],
    )
