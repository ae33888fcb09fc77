"""Models of confidence: how they are stored, read and fitted."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyqa import SnapshotError
from hyqa.index.calibration import (
    FILE,
    NAMES,
    Calibration,
    Model,
    calibration_of,
    shipped_calibration,
)
from hyqa.maintenance.evaluation import Example, fit, fit_model
from hyqa.maintenance.evaluation.calibrating import FEATURES, FEWEST, FOREST_FROM, logistic
from hyqa.models.forest import Forest

STUMP: dict[str, list[float]] = {
    "roots": [0],
    "feature": [0, -1, -1],
    "threshold": [0.5, 0, 0],
    "left": [1, 0, 0],
    "share": [0, 0.2, 0.8],
}
"""A tree of one question: a first feature of at most 0.5 makes .2, any other .8."""


def test_the_shipped_models_are_there_and_say_what_they_promise() -> None:
    shipped = shipped_calibration()
    assert tuple(shipped.models) == NAMES
    for name, model in shipped.models.items():
        assert set(model.weights) == set(FEATURES[name])
        assert model.questions >= 2 * FEWEST
        assert model.error is not None and 0 <= model.error < 0.25


def test_what_is_missing_never_speaks_for_an_answer() -> None:
    for name, model in shipped_calibration().models.items():
        for feature, sign in FEATURES[name].items():
            assert model.weights[feature] * sign >= 0


def test_an_index_without_models_of_its_own_has_the_shipped_ones(tmp_path: Path) -> None:
    assert calibration_of(tmp_path) is shipped_calibration()
    own = Calibration({name: Model({"words": 1.5}, -1.0, 40, 0.1) for name in NAMES})
    own.save(tmp_path / FILE)
    assert calibration_of(tmp_path) == own
    assert own.logits("zh", [{"words": 2.0}]) == [2.0]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def _with_forest(forest: dict[str, list[float]]) -> str:
    fields = {"weights": {"words": 1.0}, "bias": 0.0, "forest": forest}
    return json.dumps({name: fields for name in NAMES})


def test_a_forest_has_half_a_say() -> None:
    model = Model({"words": 2.0}, 0.0, forest=Forest(**STUMP))  # type: ignore[arg-type]
    low, high = model.logits([{"words": 0.5}, {"words": 0.6}])
    assert low == pytest.approx((1.0 + np.log(0.2 / 0.8)) / 2)
    assert high == pytest.approx((1.2 + np.log(0.8 / 0.2)) / 2)
    assert model.logits([]) == []


def test_a_model_with_a_forest_is_stored_and_read_again(tmp_path: Path) -> None:
    models = {n: Model({"words": 1.0}, 0.0, forest=Forest(**STUMP)) for n in NAMES}  # type: ignore[arg-type]
    Calibration(models).save(tmp_path / FILE)
    seen = [{"words": 0.3}, {"words": 0.9}]
    assert calibration_of(tmp_path).logits("en", seen) == models["en"].logits(seen)


def test_a_forest_sees_what_no_weights_see() -> None:
    # Words speak for an answer where nothing is missing, and against it where the place is.
    crossed = [
        _example_of(words=words, place=place, answers=words != place)
        for words in (0.0, 1.0)
        for place in (0.0, 1.0)
        for _ in range(FOREST_FROM // 4 + 1)
    ]
    model = fit_model(crossed, "zh")
    assert model.forest is not None
    rows = [
        [one.features[name] for name in model.weights] for one in crossed[:: FOREST_FROM // 4 + 1]
    ]
    assert [round(share) for share in model.forest.shares(np.array(rows))] == [0, 1, 1, 0]
    assert fit_model(crossed[: FOREST_FROM - 1], "zh").forest is None


def _example_of(*, words: float, place: float, answers: bool) -> Example:
    features = dict.fromkeys(FEATURES["zh"], 0.0) | {"words": words, "place": place}
    return Example("zh", features, answers, "a")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"zh": 1, "en": 2}',
        json.dumps({name: {"weights": {"words": "1"}, "bias": 0} for name in NAMES}),
        json.dumps({name: {"weights": {"words": 1}, "bias": float("nan")} for name in NAMES}),
        json.dumps({name: {"weights": [], "bias": 0} for name in NAMES}),
        _with_forest({**STUMP, "feature": [1, -1, -1]}),  # there is one weight only
        _with_forest({**STUMP, "left": [3, 0, 0]}),
        _with_forest({**STUMP, "left": [0, 0, 0]}),
        _with_forest({**STUMP, "roots": [3]}),
        _with_forest({**STUMP, "roots": []}),
        _with_forest({**STUMP, "share": [0, 0.2]}),
        _with_forest({**STUMP, "threshold": [float("nan"), 0, 0]}),
    ],
)
def test_a_damaged_file_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(SnapshotError, match="hyqa calibrate"):
        calibration_of(tmp_path)


def test_logistic_regression_finds_the_model_that_made_the_answers() -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(4000, 2))
    answers = random.random(4000) < 1 / (1 + np.exp(-(2 * features[:, 0] - features[:, 1] + 0.5)))
    slopes, bias = logistic(features, answers.astype(float), np.ones(4000), np.array([1, 0]))
    assert slopes == pytest.approx([2, -1], abs=0.2)
    assert bias == pytest.approx(0.5, abs=0.2)


def test_a_slope_keeps_its_sign_even_where_the_answers_say_otherwise() -> None:
    features = np.array([[0.0, 3.0], [1.0, 3.0], [0.0, 3.0], [1.0, 3.0]])
    answers = np.array([1.0, 0.0, 1.0, 0.0])
    slopes, bias = logistic(features, answers, np.ones(4), np.array([1, 1]))
    assert slopes.tolist() == [0.0, 0.0]
    assert bias == pytest.approx(0.0, abs=1e-6)


def _example(words: float, answers: bool, *, source: str = "a", made: bool = False) -> Example:
    features = dict.fromkeys(FEATURES["zh"], 0.0) | {"words": words}
    return Example("zh", features, answers, source, made)


def test_a_feature_that_no_example_shows_weighs_what_it_did_in_chinese() -> None:
    features = dict.fromkeys(FEATURES["en"], 0.0)
    shown = [
        Example("en", features | {"words": float(n % 2)}, n % 2 == 1, "a")
        for n in range(4 * FEWEST)
    ]
    before = shipped_calibration()
    after = fit(shown, before).models["en"]
    assert after.weights["place"] == before.models["zh"].weights["place"] < 0
    assert after.weights["words"] != before.models["zh"].weights["words"]


def test_models_without_enough_questions_stay_as_they_were() -> None:
    before = shipped_calibration()
    few = [_example(n % 2, n % 2 == 1) for n in range(2 * FEWEST - 2)]
    assert fit(few, before).models == before.models
    after = fit([*few, _example(1, True), _example(0, False)], before)
    assert after.models["zh"].weights["words"] > 1
    assert after.models["zh"].questions == 2 * FEWEST
    assert after.models["zh"].error == pytest.approx(0, abs=0.2)
    assert after.models["en"] is before.models["en"]


def test_made_examples_count_for_less_and_are_not_promised_for() -> None:
    real = [_example(n % 2, True) for n in range(100)] + [_example(0, False) for _ in range(40)]
    made = [_example(1, False, made=True) for _ in range(100)]
    assert fit([*real, *made], shipped_calibration()).models["zh"].questions == len(real)
    as_real = [_example(1, False) for _ in range(100)]
    assert fit_model([*real, *made], "zh").bias > fit_model([*real, *as_real], "zh").bias


def test_a_small_set_counts_as_much_as_a_large_one() -> None:
    large = [_example(0, False, source="large") for _ in range(500)]
    small = [_example(0, True, source="small") for _ in range(20)]
    assert fit_model([*large, *small], "zh").bias == pytest.approx(0, abs=0.05)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=1, max_size=20))
def test_any_examples_give_finite_weights(pairs: list[tuple[float, bool]]) -> None:
    features = np.array([[value] for value, _ in pairs])
    answers = np.array([answer for _, answer in pairs], dtype=float)
    slopes, bias = logistic(features, answers, np.ones(len(pairs)), np.array([0]))
    assert np.isfinite(slopes).all() and np.isfinite(bias)
