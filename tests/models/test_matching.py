"""The question matcher: its weights, and which questions it puts near each other."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hyqa.models import (
    Encoder,
    HashEncoder,
    RememberingEncoder,
    encode_asking,
    encode_questions,
    load_encoder,
)
from hyqa.models import bundled as bundled_model
from hyqa.models.bundled.pairs import HEAD
from hyqa.models.bundled.trained import (
    MATCHING_WEIGHTS,
    PAIR_WEIGHTS,
    pack,
    shipped_weights,
    unpack,
)

SAME = [
    ("办营业执照要几天", "开公司多久能办好"),
    ("衡阳有哪些园区", "what industrial parks are there in Hengyang"),
    ("博士来了给多少生活补贴", "phd living allowance how much"),
]
OTHER = ["东莞办营业执照要几天", "衡阳哪个园区最大", "硕士来了给多少生活补贴"]
"""What looks like the first of each pair, and asks something else."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@given(
    matrix=arrays(np.float32, (4, 6), elements=st.floats(-3, 3, width=32)),
    bias=arrays(np.float32, 5, elements=st.floats(-3, 3, width=32)),
)
def test_weights_come_back_within_a_level_of_their_row(
    matrix: np.ndarray, bias: np.ndarray, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("weights") / "w.safetensors"
    pack({"m": matrix, "b": bias}, file)
    back = unpack(file.read_bytes())
    assert np.array_equal(back["b"], bias)
    levels = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert (np.abs(back["m"] - matrix) <= 0.51 * levels + 1e-6).all()


def test_damaged_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack(shipped_weights(MATCHING_WEIGHTS)[:1000])


@pytest.mark.parametrize(
    ("file", "checksum"),
    [(MATCHING_WEIGHTS, bundled_model.MATCHER), (PAIR_WEIGHTS, bundled_model.PAIRS)],
)
def test_the_models_folder_tells_the_weights_that_come_along(file: str, checksum: str) -> None:
    weights = shipped_weights(file)
    assert sha256(weights).hexdigest().startswith(checksum)
    layers = {name.partition(".")[0] for name in unpack(weights)} - {HEAD}
    assert layers == {"l6", "l7", "l8", "l9", "l10", "l11"}


@pytest.mark.model
def test_questions_that_ask_the_same_come_nearer_beside_those_that_look_alike(
    encoder: Encoder,
) -> None:
    first, second = zip(*SAME, strict=True)
    vectors = encode_questions(encoder, [*first, *second, *OTHER])

    def margin(side: np.ndarray) -> float:
        asked, same, other = side.reshape(3, 3, -1)
        return float((asked * same).sum(axis=1).mean() - (asked * other).sum(axis=1).mean())

    assert margin(vectors.asking) > margin(vectors.meaning) + 0.03


@pytest.mark.model
def test_both_ways_of_a_question_are_those_of_each_alone(encoder: Encoder) -> None:
    texts = [*sum(SAME, ()), *OTHER]
    together = encode_questions(encoder, texts)
    assert np.array_equal(together.meaning, encoder.encode_queries(texts))
    alone = np.concatenate([encode_questions(encoder, [text]).asking for text in texts])
    assert np.allclose(together.asking, alone, atol=1e-3)
    assert np.allclose(np.linalg.norm(together.asking, axis=1), 1, atol=1e-2)
    assert np.array_equal(encode_asking(encoder, texts), together.asking)
    assert (together.asking * together.meaning).sum(axis=1).max() < 0.95
    remembered = RememberingEncoder(encoder)
    for _ in range(2):
        assert np.array_equal(remembered.encode_questions(texts).asking, together.asking)


def test_an_encoder_without_a_matcher_gives_the_same_twice() -> None:
    both = encode_questions(HashEncoder(), ["水费多少", "water"])
    assert np.array_equal(both.meaning, both.asking)
    done: list[int] = []
    asking = encode_asking(HashEncoder(), ["水费多少", "water"], done.append)
    assert np.array_equal(asking, both.asking) and done == [2]


def test_a_folder_for_the_cache_names_the_weights(tmp_path: Path) -> None:
    name = bundled_model.model_folder(tmp_path).name
    assert bundled_model.MATCHER in name
    assert bundled_model.PAIRS in name
