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
from hyqa.models.encoder import PassageText, QuestionVectors
from hyqa.types.errors import EncoderError

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

    def encode_asking(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded += len(texts)
        if progress:
            progress(len(texts))
        return -self.encode_queries(texts)


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


def test_how_questions_ask_is_kept_apart_from_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    kept = CachingEncoder(CountingQuestions(), path, keeps_questions=True)
    kept.encode_questions(TEXTS)
    done: list[int] = []
    first = kept.encode_asking(TEXTS, done.append)
    again = CachingEncoder(CountingQuestions(), path, keeps_questions=True)
    for vectors in (first, again.encode_asking([*TEXTS, "grant"])[: len(TEXTS)]):
        assert np.array_equal(vectors, -HashEncoder().encode_queries(TEXTS))
    assert isinstance(again.encoder, CountingQuestions) and again.encoder.encoded == 1
    assert sum(done) == len(TEXTS)
    CachingEncoder(HashEncoder(), path).encode_asking(TEXTS)  # nobody's to keep
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT encoder FROM vectors")}
    assert names == {f"{kept.name} of questions", f"{kept.name} of asking"}


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


class CountingPairs(HashEncoder):
    """Counts the pairs that it reads."""

    def __init__(self, reads_by: str = "these") -> None:
        self.reads_by, self.read = reads_by, 0

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[float]:
        self.read += len(passages)
        return [round(len(question) - len("".join(one)) / 3, 3) for one in passages]


PASSAGES = [("题", "问", "答"), ("题问", "", "答"), ("a", "b\ud800", "ccc")]


def test_a_pair_is_read_once_where_questions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    reads, other = CountingPairs(), CountingPairs()
    first = CachingEncoder(reads, path, keeps_questions=True).log_odds("云岭", PASSAGES)
    again = CachingEncoder(other, path, keeps_questions=True).log_odds("云岭", PASSAGES[::-1])
    assert list(first) == list(again)[::-1] == CountingPairs().log_odds("云岭", PASSAGES)
    assert (reads.read, other.read) == (3, 0)
    CachingEncoder(other, path, keeps_questions=True).log_odds("云岭？", PASSAGES)
    assert other.read == 3


def test_other_weights_read_a_pair_anew(tmp_path: Path) -> None:
    path, other = tmp_path / "vectors.sqlite", CountingPairs("others")
    CachingEncoder(CountingPairs(), path, keeps_questions=True).log_odds("云岭", PASSAGES)
    CachingEncoder(other, path, keeps_questions=True).log_odds("云岭", PASSAGES)
    assert other.read == 3


def test_of_what_somebody_asks_no_pair_is_kept(tmp_path: Path) -> None:
    path, reads = tmp_path / "vectors.sqlite", CountingPairs()
    for _ in range(2):
        CachingEncoder(reads, path).log_odds("云岭", PASSAGES)
    assert reads.read == 6
    assert not path.exists()


def test_where_no_pairs_are_read_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="reads no pairs"):
        CachingEncoder(HashEncoder(), tmp_path / "vectors.sqlite").log_odds("云岭", PASSAGES)
