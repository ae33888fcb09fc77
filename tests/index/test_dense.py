from pathlib import Path

import faiss
import numpy as np
import pytest

from hyqa.index.dense import STEPS, DenseIndex
from hyqa.models import HashEncoder, Vectors
from hyqa.types.errors import SnapshotError

TEXTS = ["青螺洲工业园", "云岭综合保税区", "living allowance", "时针谷产业园", "鹭鸣站货场"]


@pytest.fixture
def vectors() -> Vectors:
    return HashEncoder().encode_passages(TEXTS)


def test_an_index_is_as_large_as_its_vectors(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    assert (len(index), index.dimension) == vectors.shape


def test_there_is_a_cosine_for_every_row(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    for vector in vectors:
        assert np.allclose(index.cosines(vector), vectors @ vector, atol=1e-6)


def test_the_usual_cosine_is_their_mean(vectors: Vectors) -> None:
    index = DenseIndex.build(vectors)
    mean = float((vectors @ vectors[0]).mean())
    assert index.usual(vectors[0]) == pytest.approx(mean, abs=1e-6)


def test_a_saved_index_finds_the_same(vectors: Vectors, tmp_path: Path) -> None:
    index = DenseIndex.build(vectors)
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path)
    for vector in vectors:
        assert np.array_equal(loaded.cosines(vector), index.cosines(vector))


@pytest.mark.parametrize("rows", [1, 511, 512, 1025])
def test_its_file_is_the_one_that_faiss_writes(rows: int, tmp_path: Path) -> None:
    vectors = np.random.default_rng(rows).normal(size=(rows, 7)).astype(np.float32)
    DenseIndex.build(vectors).save(tmp_path)
    (file,) = tmp_path.iterdir()
    library = faiss.IndexFlatIP(7)
    library.add(vectors)
    assert file.read_bytes() == faiss.serialize_index(library).tobytes()
    assert np.array_equal(DenseIndex.load(tmp_path).vectors(range(rows)), vectors)


def test_a_file_that_is_missing_or_damaged_is_refused(vectors: Vectors, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError):
        DenseIndex.load(tmp_path)
    DenseIndex.build(vectors).save(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    longer, other = whole + bytes(4), b"IxF2" + whole[4:]
    for content in (b"", b"garbage" * 99, whole[:100], whole[:40], longer, other):
        file.write_bytes(content)
        with pytest.raises(SnapshotError, match="hyqa index"):
            DenseIndex.load(tmp_path)


@pytest.fixture(scope="module")
def stepped() -> Vectors:
    """Vectors of multiples of 1/2048 from -1 to 1, as many as are unpacked at once and some more."""
    numbers = np.random.default_rng(5).integers(-STEPS, STEPS, (1100, 6), endpoint=True)
    numbers[0, :2] = -STEPS, STEPS
    return np.asarray(numbers / STEPS, np.float32)


def test_numbers_of_few_digits_take_half_the_memory_and_lose_nothing(
    stepped: Vectors, tmp_path: Path
) -> None:
    index = DenseIndex.build(stepped)
    assert index.nbytes == stepped.nbytes // 2
    assert np.array_equal(index.vectors(range(len(stepped))), stepped)
    assert np.array_equal(index.cosines(stepped[7]), stepped @ stepped[7])
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path)
    assert loaded.nbytes == index.nbytes
    assert np.array_equal(loaded.vectors(range(len(stepped))), stepped)


@pytest.mark.parametrize("number", [1 / (2 * STEPS), 1 + 1 / STEPS, 17.0, float("nan")])
def test_one_number_of_more_digits_leaves_all_as_they_are(stepped: Vectors, number: float) -> None:
    vectors = stepped.copy()
    vectors[1099, 5] = number
    index = DenseIndex.build(vectors)
    assert index.nbytes == vectors.nbytes
    assert np.array_equal(index.vectors([1098, 1099]), vectors[1098:], equal_nan=True)
    vectors[:] = 0
    assert index.vectors([0])[0, 0] == -1, "it is a copy"
