from pathlib import Path

import numpy as np
import pytest

from hyqa.dense import DenseIndex
from hyqa.encoding import HashEncoder, Vectors
from hyqa.errors import SnapshotError

TEXTS = ["青螺洲工业园", "云岭综合保税区", "living allowance", "时针谷产业园", "鹭鸣站货场"]


@pytest.fixture
def vectors() -> Vectors:
    return HashEncoder().encode_passages(TEXTS)


def test_an_index_is_as_large_as_its_vectors(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    assert (len(index), index.dimension) == vectors.shape


def test_the_nearest_rows_come_first(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    for row, vector in enumerate(vectors):
        found = index.search(vector, 3)
        cosines = vectors @ vector
        assert found[0] == row
        assert np.allclose(cosines[found], np.sort(cosines)[::-1][:3], atol=1e-6)


def test_scores_are_the_cosines_of_the_rows_asked_for(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    rows = np.array([4, 0, 2])
    assert np.allclose(index.scores(vectors[1], rows), vectors[rows] @ vectors[1], atol=1e-6)


def test_no_more_rows_are_found_than_there_are(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    assert sorted(index.search(vectors[0], 99).tolist()) == list(range(len(TEXTS)))


def test_a_saved_index_finds_the_same(vectors: Vectors, tmp_path: Path) -> None:
    index = DenseIndex.build(vectors)
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path)
    rows = np.arange(len(TEXTS))
    for vector in vectors:
        assert loaded.search(vector, 5).tolist() == index.search(vector, 5).tolist()
        assert np.array_equal(loaded.scores(vector, rows), index.scores(vector, rows))


def test_a_file_that_is_missing_or_damaged_is_refused(vectors: Vectors, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError):
        DenseIndex.load(tmp_path)
    DenseIndex.build(vectors).save(tmp_path)
    (file,) = tmp_path.iterdir()
    for content in (b"", b"garbage" * 99, file.read_bytes()[:100]):
        file.write_bytes(content)
        with pytest.raises(SnapshotError, match="hyqa index"):
            DenseIndex.load(tmp_path)
