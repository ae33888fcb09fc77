"""The pair reader: what it is given, and that it tells one property of a thing from another."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from hyqa.models import CachingEncoder, Encoder, HashEncoder, RememberingEncoder, load_encoder
from hyqa.models.bundled.pairs import MOST_TOKENS, PART_TOKENS, QUESTION_TOKENS, pair_ids
from hyqa.models.encoder import PairReadingEncoder, PassageText, pair_reading
from hyqa.models.unigram import END, START

ASKED = "博士每月补贴多少"
PASSAGES: list[PassageText] = [
    ("某市人才政策", "博士生活补贴是多少", "博士每月补贴 3000 元，发放三年。"),
    ("某市人才政策", "硕士生活补贴是多少", "硕士每月补贴 2000 元，发放三年。"),
    ("某市气候", "夏天热不热", "夏季平均气温 29 度。"),
]


def letters(text: str) -> list[int]:
    """Ids that tell letters apart, above those of start and end."""
    return [10 + ord(letter) for letter in text]


def test_each_part_of_a_pair_ends_and_the_question_twice() -> None:
    ids = pair_ids(letters, "q", ("t", "f", "w"))
    question = letters("query: q")
    assert ids == [START, *question, END, END, *letters("t"), END, *letters("f"), END, *letters("w"), END]  # fmt: skip


def test_without_a_foreseen_question_its_place_is_empty() -> None:
    ids = pair_ids(letters, "q", ("t", "", "w"))
    assert ids[-4:] == [*letters("t"), END, END, *letters("w"), END][-4:]


def test_long_parts_are_cut_where_they_say_least() -> None:
    asked = "".join(chr(0x4E00 + number) for number in range(200))
    ids = pair_ids(letters, asked, ("t" * 99, "f" * 99, "w" * 999))
    assert len(ids) == MOST_TOKENS
    assert ids[1 : QUESTION_TOKENS + 1] == letters(asked[-QUESTION_TOKENS:])
    assert ids.count(letters("t")[0]) == ids.count(letters("f")[0]) == PART_TOKENS


def test_it_is_found_behind_what_keeps_vectors(tmp_path: Path) -> None:
    class Reading(HashEncoder):
        reads_by = "zeros"

        def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[float]:
            return [0.0 for _ in passages]

    reading = Reading()
    keeps = CachingEncoder(reading, tmp_path / "vectors.sqlite")
    assert pair_reading(RememberingEncoder(keeps)) is reading
    assert pair_reading(keeps) is keeps
    assert pair_reading(CachingEncoder(HashEncoder(), tmp_path / "others.sqlite")) is None
    assert pair_reading(RememberingEncoder(HashEncoder())) is None
    assert pair_reading(None) is None


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.mark.model
def test_a_passage_that_answers_is_likelier_than_one_of_another_degree(encoder: Encoder) -> None:
    assert isinstance(encoder, PairReadingEncoder)
    right, degree, other = encoder.log_odds(ASKED, PASSAGES)
    assert right > degree > other
    assert right > 0 > degree


@pytest.mark.model
def test_what_is_read_beside_it_moves_nothing(encoder: Encoder) -> None:
    assert isinstance(encoder, PairReadingEncoder)
    together = encoder.log_odds(ASKED, PASSAGES)
    alone = [encoder.log_odds(ASKED, [one])[0] for one in PASSAGES]
    assert together == alone
    assert list(encoder.log_odds(ASKED, [])) == []
