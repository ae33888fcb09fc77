"""Boosted trees: what the library grew, read without it."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from hyqa.maintenance.evaluation.boosting import boost
from hyqa.models.boosting import Boosting

NAMES = ("near", "words", "year")


def _examples() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    rows = random.normal(size=(600, len(NAMES)))
    return rows, rows[:, 0] + rows[:, 1] * rows[:, 2] > 0


def test_trees_say_what_the_library_says(monkeypatch: pytest.MonkeyPatch) -> None:
    grown: list[HistGradientBoostingClassifier] = []
    fit = HistGradientBoostingClassifier.fit

    def kept(self, *values, **named):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        grown.append(self)
        return fit(self, *values, **named)

    monkeypatch.setattr(HistGradientBoostingClassifier, "fit", kept)
    rows, answers = _examples()
    model = boost(rows, answers, np.ones(len(rows)), NAMES, {}, trees=20, leaves=7, smallest=10)
    said = model.logits([dict(zip(NAMES, row, strict=True)) for row in rows.tolist()])
    assert np.allclose(said, grown[0].decision_function(rows), atol=1e-3)


def test_a_model_is_the_same_after_it_was_stored() -> None:
    rows, answers = _examples()
    about = {"encoder": "hash"}
    model = boost(rows, answers, np.ones(len(rows)), NAMES, about, trees=3, leaves=4, smallest=20)
    assert Boosting.from_json(model.to_json()) == model


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"names": [], "start": 0, "forest": {}, "about": {}}']
)
def test_text_that_holds_no_model_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Boosting.from_json(text)
