"""Metrics, against examples worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.maintenance.evaluation.metrics import (
    Share,
    all_inside,
    answer_inside,
    auroc,
    auroc_interval,
    calibration_error,
    first_rank,
    mean_reciprocal_rank,
    percentile,
    reliability,
    risk_coverage,
    share,
    sign_test,
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


def test_auroc_counts_ties_half() -> None:
    # of four pairs, (.9, .5) and (.9, .1) are right, (.5, .5) is a tie, (.5, .1) is right
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)
    assert auroc([0.9, 0.5], [True, True]) is None
    assert auroc([], []) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_auroc_turns_around_with_the_labels(pairs: list[tuple[float, bool]]) -> None:
    scores, labels = [score for score, _ in pairs], [label for _, label in pairs]
    area, mirrored = auroc(scores, labels), auroc(scores, [not label for label in labels])
    assert area is None if mirrored is None else area == pytest.approx(1 - mirrored)


def test_an_interval_holds_the_area() -> None:
    scores, labels = [n / 40 for n in range(40)], [n % 3 > 0 or n > 30 for n in range(40)]
    area, interval = auroc(scores, labels), auroc_interval(scores, labels)
    assert area is not None and interval is not None
    assert interval[0] < area < interval[1] and interval == auroc_interval(scores, labels)


def test_reliability_by_hand() -> None:
    confidences, right = [0.11, 0.19, 1.0], [False, True, True]
    assert reliability(confidences, right) == [(pytest.approx(0.15), 0.5, 2), (1.0, 1.0, 1)]
    assert calibration_error(confidences, right) == pytest.approx(2 / 3 * 0.35)
    assert calibration_error([], []) is None


def test_risk_grows_with_coverage_by_hand() -> None:
    points = risk_coverage([0.1, 0.9, 0.5], [False, True, False])
    assert points == [(1 / 3, 0.0), (2 / 3, 0.5), (1.0, pytest.approx(2 / 3))]


def test_a_sign_test_by_hand() -> None:
    assert sign_test(0, 0) == 1.0
    assert sign_test(5, 0) == sign_test(0, 5) == 2 / 32
    assert sign_test(3, 3) == 1.0
    assert sign_test(2000, 900) < 1e-9


def test_all_sentences_must_stand_inside() -> None:
    assert all_inside(["甲 乙", "丙"], ["甲乙", "丙丁"])
    assert not all_inside(["甲", "戊"], ["甲乙", "丙丁"])
