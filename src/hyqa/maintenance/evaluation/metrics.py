"""Metrics: pure functions of what was wanted and what was shown."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Z = 1.959964
"""Quantile of the normal distribution for a two-sided interval of 95 %."""
_RESAMPLES = 1000
_SEED = 0


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of ``n``."""

    count: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % confidence interval, see :func:`wilson`."""
        return wilson(self.count, self.n) if self.n else None


def share(values: Sequence[bool]) -> Share:
    """Count how many of some values hold."""
    return Share(sum(values), len(values))


def wilson(count: int, n: int) -> tuple[float, float]:
    """Compute Wilson's 95 % score interval of a share (J. Am. Stat. Assoc. 22, 1927, p. 209)."""
    observed, square = count / n, _Z * _Z
    centre = (observed + square / (2 * n)) / (1 + square / n)
    spread = math.sqrt(observed * (1 - observed) / n + square / (4 * n * n))
    half = _Z * spread / (1 + square / n)
    # At the ends, rounding may carry a bound across what was observed.
    return max(0.0, min(centre - half, observed)), min(1.0, max(centre + half, observed))


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Compute the probability that a positive scores higher than a negative, ties counting half.

    The area under the ROC curve as a rank sum (Hanley and McNeil, Radiology 143, 1982, p. 29);
    None where one of the two is missing.
    """
    ranks = _mean_ranks(np.asarray(scores, dtype=np.float64))
    chosen = np.asarray(positive, dtype=bool)
    count, others = int(chosen.sum()), int((~chosen).sum())
    if not count or not others:
        return None
    return float((ranks[chosen].sum() - count * (count + 1) / 2) / (count * others))


def _mean_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[group], dtype=np.float64)


def auroc_interval(scores: Sequence[float], positive: Sequence[bool]) -> tuple[float, float] | None:
    """Compute a 95 % interval of :func:`auroc`: percentiles over resampled questions, with a fixed seed."""
    random = np.random.default_rng(_SEED)
    values, labels = np.asarray(scores, dtype=np.float64), np.asarray(positive, dtype=bool)
    draws = (random.integers(len(values), size=len(values)) for _ in range(_RESAMPLES))
    areas = [auroc(values[draw].tolist(), labels[draw].tolist()) for draw in draws]
    known = [area for area in areas if area is not None]
    return tuple(np.quantile(known, [0.025, 0.975]).tolist()) if known else None


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """Compute the expected calibration error over ten bins of equal width, see :func:`reliability`."""
    bins = reliability(confidences, right)
    total = len(confidences)
    return sum(n * abs(said - seen) for said, seen, n in bins) / total if total else None


def reliability(
    confidences: Sequence[float], right: Sequence[bool], bins: int = 10
) -> list[tuple[float, float, int]]:
    """Compute mean confidence, share that was right and count of each bin that is not empty.

    Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities", AAAI 2015.
    """
    grouped: dict[int, list[tuple[float, bool]]] = {}
    for confidence, truth in zip(confidences, right, strict=True):
        grouped.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, truth))
    return [
        (sum(c for c, _ in group) / len(group), sum(t for _, t in group) / len(group), len(group))
        for _, group in sorted(grouped.items())
    ]


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Compute the share answered and the share of those that were wrong, for every threshold, surest first.

    El-Yaniv and Wiener, J. Machine Learning Research 11, 2010, p. 1605.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points, wrong = [], 0
    for done, (_, truth) in enumerate(ordered, 1):
        wrong += not truth
        points.append((done / len(ordered), wrong / done))
    return points


def sign_test(won: int, lost: int) -> float:
    """Compute the probability that two equally good runs differ at least so unevenly (exact, two-sided)."""
    n, least = won + lost, min(won, lost)
    tail = sum(math.comb(n, k) for k in range(least + 1)) / (1 << n)
    return min(1.0, 2 * tail)


def percentile(values: Collection[float], part: float) -> float | None:
    """Find the least value that at least a part, above 0 up to 1, of all values do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(part * len(ordered)) - 1] if ordered else None


def first_rank(ranking: Sequence[str], wanted: Collection[str]) -> int | None:
    """Find the rank, from 1, of the first wanted one."""
    return next((rank for rank, item in enumerate(ranking, 1) if item in wanted), None)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float | None:
    """Compute the mean of 1/rank, where what was not found counts 0."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else None


def answer_inside(groups: Sequence[Sequence[str]], texts: Sequence[str]) -> bool:
    """Say whether the texts, each alone or all joined, hold every string of one group verbatim.

    White space counts for nothing.
    """
    shown = [_solid(text) for text in (*texts, "".join(texts))]
    return any(
        all(any(_solid(answer) in text for text in shown) for answer in group) for group in groups
    )


def all_inside(wanted: Sequence[str], texts: Sequence[str]) -> bool:
    """Say whether every wanted string stands in the texts, each alone or all joined."""
    return answer_inside([wanted], texts)


def _solid(text: str) -> str:
    return "".join(text.split())
