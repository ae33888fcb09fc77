"""Vectors kept on disk."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from hyqa.models import CachingEncoder, HashEncoder, Progress, Vectors
from hyqa.models.caching import DAYS
from hyqa.models.encoder import QuestionVectors

TEXTS = ["云岭", "park", "云岭", "a\ud800"]


class Counting(HashEncoder):
    """Counts the passages that it encodes."""

    def __init__(self, name: str = "counting") -> None:
        self.name, self.encoded = name, 0

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded += len(texts)
        return super().encode_passages(texts, progress)


class CountingQuestions(HashEncoder):
    """Counts the questions that it encodes, in both ways, which differ."""

    encoded = 0

    def encode_questions(self, texts: Sequence[str]) -> QuestionVectors:
        self.encoded += len(texts)
        vectors = self.encode_queries(texts)
        return QuestionVectors(vectors, -vectors)


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


def test_questions_are_kept_where_they_are_the_corpus_s_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    asked = CountingQuestions()
    for _ in range(2):
        CachingEncoder(asked, path).encode_questions(TEXTS)
    assert asked.encoded == 2 * len(TEXTS)
    kept = CachingEncoder(CountingQuestions(), path, keeps_questions=True)
    first, again = kept.encode_questions(TEXTS), kept.encode_questions(TEXTS)
    plain = CountingQuestions().encode_questions(TEXTS)
    for vectors in (first, again):
        assert np.array_equal(vectors.meaning, plain.meaning)
        assert np.array_equal(vectors.asking, plain.asking)
    assert isinstance(kept.encoder, CountingQuestions) and kept.encoder.encoded == len(TEXTS)
    assert not np.array_equal(plain.meaning, plain.asking)


def test_vectors_that_no_build_asked_for_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vectors.sqlite"
    CachingEncoder(HashEncoder(), path).encode_passages(["asked", "forgotten"])
    begun = time.time()
    for days in (DAYS - 1, DAYS + 1):
        monkeypatch.setattr("time.time", lambda days=days: begun + days * 86_400)
        cached = CachingEncoder(Counting("hash-64/1"), path)
        cached.encode_passages(["asked"])
        cached.prune()
        assert isinstance(cached.encoder, Counting) and cached.encoder.encoded == 0
    later = Counting("hash-64/1")
    CachingEncoder(later, path).encode_passages(["asked", "forgotten"])
    assert later.encoded == 1


def test_a_file_of_an_older_hyqa_is_used(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    CachingEncoder(Counting(), path).encode_passages(TEXTS)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("ALTER TABLE vectors DROP COLUMN used")
    later = Counting()
    CachingEncoder(later, path).encode_passages([*TEXTS, "grant"])
    assert later.encoded == 1


def test_a_stop_loses_no_more_than_a_part(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    texts = [f"passage {number}" for number in range(1200)]

    class Stopping(Counting):
        def encode_passages(
            self, texts: Sequence[str], progress: Progress | None = None
        ) -> Vectors:
            if self.encoded >= 1000:
                raise KeyboardInterrupt
            return super().encode_passages(texts, progress)

    with pytest.raises(KeyboardInterrupt):
        CachingEncoder(Stopping(), path).encode_passages(texts)
    later = Counting()
    CachingEncoder(later, path).encode_passages(texts)
    assert later.encoded == 200
