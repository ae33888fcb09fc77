"""``hyqa ask --batch``: whatever a line holds, one line comes back in its place."""

import json
from pathlib import Path
from typing import Any

from cli.conftest import QUESTION, Run
from hyqa import Status


def _ask(answering: Run, *lines: bytes) -> tuple[int, list[dict[str, Any]], str]:
    result = answering("ask", "--batch", "-", "--json", stdin=b"\n".join(lines))
    return result.code, [json.loads(line) for line in result.out.split("\n")[:-1]], result.err


def _line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_answers_come_in_order(answering: Run) -> None:
    lines = [_line(id=number, question=QUESTION) for number in range(5)]
    code, records, err = _ask(answering, *lines)
    assert (code, err) == (0, "")
    assert [record["id"] for record in records] == [0, 1, 2, 3, 4]


def test_a_file_is_read_as_well(answering: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(_line(id="a", question=QUESTION))
    result = answering("ask", "--batch", file, "--json")
    assert result.code == 0
    assert json.loads(result.out)["id"] == "a"


def test_blank_lines_crlf_and_a_byte_order_mark_are_taken(answering: Run) -> None:
    bom = b"\xef\xbb\xbf"
    code, records, _ = _ask(
        answering,
        bom + _line(id=1, question=QUESTION) + b"\r",
        b"\r",
        b"",
        b"  ",
        _line(id=2, question="x"),
    )
    assert code == 0
    assert [record["id"] for record in records] == [1, 2]
    assert _ask(answering, bom, b"", b"")[:2] == (0, [])


def test_a_bad_line_is_answered_by_an_error_and_the_rest_goes_on(answering: Run) -> None:
    bad = [
        b"no json",
        b"[1]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": NaN, "question": "x"}',
        b'{"id": 1e999, "question": "x"}',
        _line(id=[1], question="x"),
        _line(id=True, question="x"),
    ]
    named = [
        _line(id="n"),
        _line(id="n", question=5),
        _line(id="n", question=" \u3000\n"),
        _line(id="n", question="\0"),
        _line(id="n", question="x", as_of="2025-13"),
        _line(id="n", question="x", as_of=2025),
        _line(id="n", question="x", as_of="٢٠٢٥"),
        _line(id="n", question="x", history="x"),
        _line(id="n", question="x", history=[{"role": "system", "text": "x"}]),
        _line(id="n", question="x", history=[{"role": ["user"], "text": "x"}]),
        _line(id="n", question="x", history=[{"role": "user"}]),
    ]
    code, records, err = _ask(answering, *bad, *named, _line(id="last", question=QUESTION))
    assert code == 1
    assert err == "20 of 21 lines could not be answered; each says why in its place.\n"
    assert [record["id"] for record in records] == [None] * 9 + ["n"] * 11 + ["last"]
    for record in records[:-1]:
        assert set(record) == {"id", "status", "error"}
        assert record["status"] == "error"
        assert record["error"] and "\n" not in record["error"]
    assert records[-1]["status"] == "answered"


def test_odd_but_proper_questions_are_answered(answering: Run) -> None:
    odd = [
        QUESTION * 715,  # some 10,000 characters
        "word " * 2000,
        "\ud800" + QUESTION,
        "\ud83d",
        "\u2028\u0085" + QUESTION,
        "\0" + QUESTION,
        "😀" * 50,
        "?",
        "\\ \" ' % { } <b>",
        "\u202e" + QUESTION,
    ]
    lines = [_line(id=number, question=text, ignored={}) for number, text in enumerate(odd)]
    code, records, _ = _ask(answering, *lines)
    assert code == 0
    assert [record["question"] for record in records] == odd
    assert {record["status"] for record in records} <= {status.value for status in Status}


def test_history_gives_a_follow_up_its_subject(answering: Run) -> None:
    history = [
        {"role": "user", "text": QUESTION + "\ud800"},
        {"role": "assistant", "text": "10万元"},
    ]
    _, (alone, after), _ = _ask(
        answering,
        _line(question="那硕士呢？"),
        _line(question="那硕士呢？", history=history),
    )
    assert alone["query"] == "那硕士呢？"
    assert "衡阳市工作" in after["query"] and after["question"] == "那硕士呢？"
