"""Labelled questions, read from a file."""

from pathlib import Path

import pytest

from evaluation.making import write_lines
from hyqa import ConfigError
from hyqa.maintenance.evaluation import (
    read_questions,
)


def test_questions_are_read_with_their_labels(tmp_path: Path) -> None:
    line = {
        "id": "q1",
        "question": "?",
        "doc_ids": ["a"],
        "answers": ["x", " "],
        "lang": "en",
        "task": "time",
        "as_of": "2024",
        "answerable": True,
    }
    file = write_lines(
        tmp_path / "q.jsonl", line, {**line, "answer_groups": [["汉语", "法语"], []]}
    )
    (first, second), failures = read_questions(file)
    assert failures == []
    assert first.document_ids == {"a"} and first.groups == (("x",),)
    assert (first.language, first.task) == ("en", "time")
    assert second.groups == (("汉语", "法语"),)


def test_lines_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    bad = [5, {"id": "q"}]
    for key, value in [
        ("doc_ids", "a"),
        ("answers", [1]),
        ("answer_groups", ["ab"]),
        ("answer_groups", "ab"),
        ("answerable", "no"),
        ("lang", 5),
    ]:
        bad.append({"question": "?", key: value})
    questions, failures = read_questions(write_lines(tmp_path / "q.jsonl", *bad, {"question": "?"}))
    assert len(questions) == 1
    assert [failure.source.rsplit(" ", 1)[1] for failure in failures] == list("12345678")


def test_a_question_may_stand_under_another_key(tmp_path: Path) -> None:
    line = {"question": "Which fruit?", "question_zh": "哪种水果？", "lang": "en"}
    (one,), failures = read_questions(write_lines(tmp_path / "q.jsonl", line), key="question_zh")
    assert (one.request.question, one.language, failures) == ("哪种水果？", "", [])
    _, failures = read_questions(write_lines(tmp_path / "q.jsonl", line), key="question_fr")
    assert len(failures) == 1


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b"\n\n")
    with pytest.raises(ConfigError, match="holds no question"):
        read_questions(tmp_path / "q.jsonl")
