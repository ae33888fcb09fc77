"""Remembering the vectors of the last questions."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hyqa.models import HashEncoder, RememberingEncoder, Vectors
from hyqa.models.remembering import REMEMBERED


class Counting(HashEncoder):
    """Keeps what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return super().encode_queries(texts)


@given(
    st.lists(st.lists(st.sampled_from(["园区", "补贴", "rent", "人才"]), max_size=5), max_size=6)
)
def test_vectors_are_the_encoders_own_in_the_order_asked(rounds: list[list[str]]) -> None:
    encoder, plain = RememberingEncoder(Counting()), HashEncoder()
    for texts in rounds:
        assert np.array_equal(encoder.encode_queries(texts), plain.encode_queries(texts))


def test_a_question_is_encoded_once() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner)
    encoder.encode_queries(["园区", "补贴", "园区"])
    encoder.encode_queries(["补贴", "人才"])
    assert inner.encoded == ["园区", "补贴", "人才"]


def test_only_the_last_questions_are_kept() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner)
    encoder.encode_queries(["first"])
    encoder.encode_queries([str(number) for number in range(REMEMBERED)])
    encoder.encode_queries(["first"])
    assert inner.encoded.count("first") == 2
