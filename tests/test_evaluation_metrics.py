"""Metrics, against examples worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.evaluation.metrics import (
    Share,
    answer_inside,
    first_rank,
    mean_reciprocal_rank,
    percentile,
    share,
    wilson,
)


def test_shares() -> None:
    assert share([True, False, True, True]) == Share(3, 4)
    assert Share(3, 4).value == 0.75
    assert (share([]).value, share([]).interval) == (None, None)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        # z² = 3.841459. 5 of 10: centre .5, half 1.959964·√(.025 + .00960365)/1.3841459 = .263401
        (5, 10, 0.236593, 0.763407),
        # 0 of 10: from 0 to z²/(10 + z²); 10 of 10 is its mirror
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        # 1 of 1: from 1/(1 + z²)
        (1, 1, 0.206549, 1.0),
        # 81 of 263, a worked example of Newcombe, Stat. Med. 17, 1998, p. 861: .2553 to .3662
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilson(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share(count: int, n: int) -> None:
    count = min(count, n)
    low, high = wilson(count, n)
    assert 0 <= low <= count / n <= high <= 1


def test_percentiles_are_values_that_occurred() -> None:
    twenty = [float(value) for value in range(20, 0, -1)]
    assert percentile(twenty, 0.95) == 19
    assert percentile(twenty, 1.0) == 20
    assert percentile([7.0], 0.95) == 7
    assert percentile([], 0.95) is None


def test_ranks() -> None:
    assert first_rank(["a", "b", "c"], {"c", "b"}) == 2
    assert first_rank(["a"], {"b"}) is None
    assert first_rank([], {"b"}) is None


def test_mean_reciprocal_rank() -> None:
    assert mean_reciprocal_rank([1, 2, None, 4]) == pytest.approx((1 + 0.5 + 0 + 0.25) / 4)
    assert mean_reciprocal_rank([]) is None


@pytest.mark.parametrize(
    ("groups", "texts", "inside"),
    [
        ([["50%"]], ["最高 50%。"], True),
        ([["最高 50 %"]], ["最\n高50%"], True),  # white space counts for nothing
        ([["三成"], ["50%"]], ["最高 50%"], True),  # either of two groups
        ([["汉语", "法语"]], ["汉语", "法语"], True),  # all of one group, in any of the quotes
        ([["汉语", "英语"]], ["汉语", "法语"], False),
        ([["汉语和法语"]], ["汉语和", "法语"], True),  # across the quotes joined
        ([["Fifty"]], ["fifty"], False),  # verbatim
        ([["x"]], [], False),
        ([], ["x"], False),
    ],
)
def test_answer_inside(groups: list[list[str]], texts: list[str], inside: bool) -> None:
    assert answer_inside(groups, texts) is inside
