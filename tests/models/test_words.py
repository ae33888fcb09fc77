"""Vectors of pieces, read from their file when a text has them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from hyqa.models.bundled import words
from hyqa.models.bundled.weights import BLOCK, Blocks, Floats, Shape
from hyqa.models.bundled.words import Words, write_words

PIECES, HIDDEN = 300, 2 * BLOCK


class Drawn:
    """Weights drawn by chance."""

    shape = Shape(HIDDEN, 1, 1, HIDDEN, PIECES, 4, 1, 1e-5)

    def __init__(self) -> None:
        chance = np.random.default_rng(1)
        self.scales = chance.normal(0, 0.01, PIECES * HIDDEN // BLOCK).astype(np.float16)
        self.levels = chance.integers(-8, 8, (len(self.scales), BLOCK)).astype(np.int8)

    def floats(self, name: str) -> Floats:
        raise NotImplementedError(name)

    def blocks(self, name: str, first: int = 0, end: int | None = None) -> Blocks:
        return self.scales[first:end], self.levels[first:end]

    def matrix(self, name: str, columns: int) -> Floats:
        raise NotImplementedError(name)

    def expected(self) -> Floats:
        """The vectors of all pieces."""
        vectors = self.levels.astype(np.float32) * self.scales[:, None].astype(np.float32)
        return np.asarray(vectors.reshape(PIECES, HIDDEN), np.float32)


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    weights = Drawn()
    write_words(tmp_path / "words.npy", weights)
    return weights


@pytest.mark.parametrize("kept", [3, 40, words.KEPT])
def test_vectors_are_the_weights_to_the_last_bit_however_few_are_kept(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(words, "KEPT", kept)
    read = Words(tmp_path / "words.npy")
    chance = np.random.default_rng(2)
    for _ in range(60):
        ids = chance.integers(0, PIECES, (1, 3) if kept == 3 else (2, 7))
        vectors = read(ids)
        assert vectors.dtype == np.float32 and vectors.shape == (*ids.shape, HIDDEN)
        assert np.array_equal(vectors, drawn.expected()[ids])


def test_several_threads_read_at_once(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "KEPT", 20)
    read = Words(tmp_path / "words.npy")
    asked = [np.random.default_rng(seed).integers(0, PIECES, (1, 9)) for seed in range(400)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, asked))
    for ids, vectors in zip(asked, found, strict=True):
        assert np.array_equal(vectors, drawn.expected()[ids])


def test_a_file_that_has_gone_is_still_read_and_another_one_refused(
    drawn: Drawn, tmp_path: Path
) -> None:
    read = Words(tmp_path / "words.npy")
    (tmp_path / "words.npy").unlink()
    assert np.array_equal(read(np.array([[7]])), drawn.expected()[[[7]]])
    np.save(tmp_path / "words.npy", np.zeros((3, 9), np.float32))
    with pytest.raises(ValueError, match="holds no vectors"):
        Words(tmp_path / "words.npy")
