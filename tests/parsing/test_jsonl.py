import json
from pathlib import Path

import pytest

from hyqa.parsing import read_corpus
from hyqa.parsing.plain import jsonl
from hyqa.types import Document, Language, ParseFailure
from parsing.making import Fail, Read, write


def test_records_become_documents_and_bad_lines_failures(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": "a", "title": "甲", "date": "2020年2月4日", "text": "一。\n\n 二。", "source": 3}
        ),
        "",
        "{broken",
        '{"id": "b"}',
        '{"id": ["c"], "text": "x"}',
        '{"id": "d", "text": "x", "kind": "essay"}',
        '{"id": "e", "text": "x", "issued": "someday"}',
        "[1]",
        json.dumps({"id": 7, "text": "plain words", "url": 5, "publisher": "P", "date": 2001}),
    ]
    entries = list(read_corpus(write(tmp_path, "x.jsonl", "\n".join(lines))))
    failures = {entry.source for entry in entries if isinstance(entry, ParseFailure)}
    assert failures == {f"x.jsonl:{line}" for line in range(3, 9)}
    first, last = (entry for entry in entries if isinstance(entry, Document))
    assert (first.id, first.meta.title, first.meta.issued) == ("a", "甲", "2020-02-04")
    assert first.text == "一。\n\n 二。"
    assert (last.id, last.meta.issued, last.meta.publisher) == ("7", "2001", "P")
    assert last.meta.language is Language.ENGLISH


def test_long_line_fails_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 60)
    long = json.dumps({"id": "a", "text": "x" * 500})
    path = write(tmp_path, "x.jsonl", f'{long}\n{{"id": "b", "text": "y"}}\n')
    failure, document = read_corpus(path)
    assert isinstance(failure, ParseFailure) and "longer" in failure.reason
    assert isinstance(document, Document) and document.id == "b"


def test_sections_span_no_white_space_at_the_edges(read: Read) -> None:
    document = read("x.jsonl", '{"id": "a", "text": "\\n 一。\\n"}')
    (section,) = document.sections
    assert document.text[section.start : section.end] == "一。"


@pytest.mark.parametrize(
    "line", [b'{"id": "a", "text": "\xff"}', b"[" * 100_000, b'{"id": "\\ud800", "text": "x"}']
)
def test_hostile_lines_fail(fail: Fail, line: bytes) -> None:
    assert fail("x.jsonl", line)


@pytest.mark.parametrize(
    ("date", "issued"),
    [('"2020-02-04T10:00:00Z"', "2020-02-04"), ("2001", "2001"), ('"2001-05"', "2001-05"),
     ('"2500-80-82"', ""), ("null", ""), ("[2001]", ""), ("true", "")],
)  # fmt: skip
def test_date_of_a_crawler_is_taken_only_if_it_is_one(read: Read, date: str, issued: str) -> None:
    document = read("x.jsonl", f'{{"id": "a", "text": "x", "date": {date}}}')
    assert document.meta.issued == issued


def test_a_file_of_other_things_is_one_failure(tmp_path: Path) -> None:
    lines = [f'{{"id": "q{number}", "question": "?"}}' for number in range(9)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    [failure] = read_corpus(tmp_path)
    assert isinstance(failure, ParseFailure)
    assert failure.source == "questions.jsonl"
    assert "none of its 9 lines is a document" in failure.reason


def test_bad_lines_before_the_first_document_are_told_one_by_one(tmp_path: Path) -> None:
    lines = ['{"id": "q"}'] * 5 + ['{"id": "a", "text": "甲。"}', "bad"]
    (tmp_path / "mixed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    *failures, document, last = read_corpus(tmp_path)
    assert [one.source for one in failures if isinstance(one, ParseFailure)] == [
        f"mixed.jsonl:{number}" for number in range(1, 6)
    ]
    assert isinstance(document, Document)
    assert isinstance(last, ParseFailure)
