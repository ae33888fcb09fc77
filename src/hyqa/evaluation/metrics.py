"""Metrics: pure functions of what was wanted and what was shown."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_Z = 1.959964
"""Quantile of the normal distribution for a two-sided interval of 95 %."""


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
    """How many of some values hold."""
    return Share(sum(values), len(values))


def wilson(count: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share (J. Am. Stat. Assoc. 22, 1927, p. 209)."""
    observed, square = count / n, _Z * _Z
    centre = (observed + square / (2 * n)) / (1 + square / n)
    spread = math.sqrt(observed * (1 - observed) / n + square / (4 * n * n))
    half = _Z * spread / (1 + square / n)
    # At the ends, rounding may carry a bound across what was observed.
    return max(0.0, min(centre - half, observed)), min(1.0, max(centre + half, observed))


def percentile(values: Collection[float], part: float) -> float | None:
    """The least value that at least a part, above 0 up to 1, of all values do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(part * len(ordered)) - 1] if ordered else None


def first_rank(ranking: Sequence[str], wanted: Collection[str]) -> int | None:
    """Rank, from 1, of the first wanted one."""
    return next((rank for rank, item in enumerate(ranking, 1) if item in wanted), None)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float | None:
    """Mean of 1/rank, where what was not found counts 0."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else None


def answer_inside(groups: Sequence[Sequence[str]], texts: Sequence[str]) -> bool:
    """Whether the texts, each alone or all joined, hold every string of one group verbatim.

    White space counts for nothing.
    """
    shown = [_solid(text) for text in (*texts, "".join(texts))]
    return any(
        all(any(_solid(answer) in text for text in shown) for answer in group) for group in groups
    )


def _solid(text: str) -> str:
    return "".join(text.split())
