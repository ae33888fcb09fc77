"""The bound that the gate promises, against other ways to compute it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.maintenance.release import upper_bound
from hyqa.maintenance.release.bounds import at_most


@pytest.mark.parametrize(
    ("count", "n", "bound"),
    # Where none was seen, the bound has a closed form; the others are quantiles of the beta
    # distribution with count + 1 and n - count, computed by another program.
    [
        (0, 150, 1 - 0.05 ** (1 / 150)),
        (0, 1, 0.95),
        (1, 10, 0.3941633024),
        (5, 10, 0.7775588990),
        (9, 10, 0.9948838032),
        (2, 150, 0.0413749699),
        (3, 120, 0.0633439410),
        (10, 10, 1.0),
        (0, 0, 1.0),
    ],
)
def test_bounds_are_those_that_others_compute(count: int, n: int, bound: float) -> None:
    assert upper_bound(count, n) == pytest.approx(bound, abs=2e-8)


@given(st.integers(1, 60), st.data(), st.floats(0.01, 0.99))
def test_the_tail_is_the_sum_of_its_terms(n: int, data: st.DataObject, share: float) -> None:
    count = data.draw(st.integers(0, n))
    terms = (math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(count + 1))
    assert at_most(count, n, share) == pytest.approx(math.fsum(terms), rel=1e-9)


@given(st.integers(1, 400), st.data())
def test_more_seen_promises_less_and_more_asked_promises_more(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n - 1))
    assert count / n < upper_bound(count, n) <= upper_bound(count + 1, n)
    assert upper_bound(count, n + 1) < upper_bound(count, n)
    assert upper_bound(count, n, 0.99) > upper_bound(count, n)


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        upper_bound(count, n)
