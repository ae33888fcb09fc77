"""What so many questions without a loss promise about all others like them."""

import math

CONFIDENCE = 0.95
"""How sure a bound is, on one side."""
_HALVINGS = 60
"""Enough that what is left of the interval from 0 to 1 is less than a float tells apart."""


def upper_bound(count: int, n: int, confidence: float = CONFIDENCE) -> float:
    """Compute the largest share that is still likely after ``count`` of ``n`` were seen.

    The upper limit of Clopper and Pearson ("The use of confidence or fiducial limits illustrated in
    the case of the binomial", Biometrika 26, 1934, p. 404): the share at which so few would be
    seen with a probability of ``1 - confidence``. It is exact: never below what it promises. The
    binomial tail falls as the share grows, so that halving finds it.

    Args:
        count: how many were seen, 0 to ``n``.
        n: of how many; of none, nothing is promised, and the bound is 1.
        confidence: 0 to 1, on one side.

    Raises:
        ValueError: when there are more than ``n``, or fewer than none.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share")
    if count == n:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if at_most(count, n, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def at_most(count: int, n: int, share: float) -> float:
    """Compute the probability that at most ``count`` of ``n`` are seen, each with ``share``, 0 < share < 1."""
    logs = (
        math.lgamma(n + 1)
        - math.lgamma(k + 1)
        - math.lgamma(n - k + 1)
        + k * math.log(share)
        + (n - k) * math.log1p(-share)
        for k in range(count + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))
