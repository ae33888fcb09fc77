"""Vectors kept on disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hyqa.models import CachingEncoder, HashEncoder, Progress, Vectors

TEXTS = ["云岭", "park", "云岭", "a\ud800"]


class Counting(HashEncoder):
    """Counts the passages that it encodes."""

    def __init__(self, name: str = "counting") -> None:
        self.name, self.encoded = name, 0

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded += len(texts)
        return super().encode_passages(texts, progress)


def test_a_passage_is_encoded_once_and_its_vector_stays_the_same(tmp_path: Path) -> None:
    path = tmp_path / "new" / "vectors.sqlite"
    first, later = Counting(), Counting()
    done: list[int] = []
    vectors = CachingEncoder(first, path).encode_passages(TEXTS)
    again = CachingEncoder(later, path).encode_passages([*TEXTS, "grant"], done.append)
    assert np.array_equal(vectors, HashEncoder().encode_passages(TEXTS))
    assert np.array_equal(again[: len(TEXTS)], vectors)
    assert later.encoded == 1
    assert sum(done) == len(TEXTS) + 1


def test_another_encoder_never_gets_these_vectors(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    CachingEncoder(Counting(), path).encode_passages(TEXTS)
    other = Counting("another")
    CachingEncoder(other, path).encode_passages(TEXTS)
    assert other.encoded == len(TEXTS)


def test_a_file_that_cannot_be_used_costs_time_and_nothing_else(tmp_path: Path) -> None:
    damaged = tmp_path / "vectors.sqlite"
    damaged.write_bytes(b"no database at all" * 100)
    (tmp_path / "file").write_text("")
    expected = HashEncoder().encode_passages(TEXTS)
    for path in (damaged, tmp_path / "file" / "vectors.sqlite"):
        encoder = CachingEncoder(Counting(), path)
        assert np.array_equal(encoder.encode_passages(TEXTS), expected)
        assert np.array_equal(encoder.encode_passages(TEXTS), expected)
    healed = Counting()
    CachingEncoder(healed, damaged).encode_passages(TEXTS)
    assert healed.encoded == 0


def test_no_text_gives_no_vector(tmp_path: Path) -> None:
    encoder = CachingEncoder(Counting(), tmp_path / "vectors.sqlite")
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
