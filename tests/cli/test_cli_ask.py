"""``hyqa ask``: what is printed, and every key of the JSON contract."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import QUESTION, UNKNOWN, Run

QUOTE_KEYS = {
    *("text", "doc_id", "title", "publisher", "number", "issued", "form", "url"),
    *("heading_path", "pages", "recognised", "start", "end", "source_title", "citation"),
    *("highlights", "labels"),
}


def _records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.split("\n")[:-1]]


def test_quotes_have_bars_and_numbered_sources(answering: Run) -> None:
    result = answering("ask", QUESTION)
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("│ ") and "补贴10万元，免租三年。" in result.out
    source = next(line for line in lines if line.startswith("[1] "))
    assert "《博士来衡阳市工作的补贴》（衡政发〔2025〕8号），衡阳市人民政府，2025年3月1日" in source
    assert "    https://example.org/talent?id=8" in lines
    assert "" not in lines and "\x1b" not in result.out


def test_words_need_no_quotation_marks(answering: Run) -> None:
    result = answering("ask", "Is", "Foxconn", "still", "in", "Hengyang")
    assert "│ Foxconn is still in Hengyang" in result.out


@pytest.mark.parametrize(
    ("question", "sorry"),
    [
        (UNKNOWN, "Sorry, the documents are about other things"),
        ("海王星上氦气的沸点多高", "抱歉，这个问题不在收录文件的范围内"),
    ],
)
def test_nothing_found_is_said_kindly_and_is_no_failure(
    answering: Run, question: str, sorry: str
) -> None:
    result = answering("ask", question)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(sorry)
    assert "│" not in result.out


def test_json_answers_have_the_keys_of_the_contract(answering: Run) -> None:
    (record,) = _records(answering("ask", QUESTION, "--json").out)
    assert record["id"] is None
    assert record["question"] == QUESTION
    assert (record["status"], record["language"]) == ("answered", "zh")
    assert 0 < record["confidence"] <= 1 and record["seconds"] >= 0
    quote = record["quotes"][0]
    assert set(quote) == QUOTE_KEYS
    assert quote["doc_id"] == "talent.md"
    assert quote["title"] == "博士来衡阳市工作的补贴"
    assert quote["publisher"] == "衡阳市人民政府"
    assert quote["number"] == "衡政发〔2025〕8号"
    assert quote["issued"] == "2025-03-01"
    assert quote["form"] == "original"
    assert quote["url"] == "https://example.org/talent?id=8"
    assert quote["heading_path"] == ["有什么补贴"]
    assert quote["pages"] is None


def test_json_without_an_answer_has_no_quotes(answering: Run) -> None:
    (record,) = _records(answering("ask", UNKNOWN, "--json").out)
    assert (record["status"], record["quotes"], record["language"]) == ("out_of_scope", [], "en")


def test_anybody_can_check_a_quote(answering: Run, run: Run, index: Path) -> None:
    asked = [QUESTION, "船山时间谷有多少家企业", "Is Foxconn still in Hengyang"]
    batch = "".join(json.dumps({"question": text}) + "\n" for text in asked)
    records = _records(answering("ask", "--batch", "-", stdin=batch.encode()).out)
    quotes = [quote for record in records for quote in record["quotes"]]
    assert len(quotes) >= 3
    for quote in quotes:
        document = json.loads(run("show", "--index", index, quote["doc_id"], "--json").out)
        assert document["id"] == quote["doc_id"]
        assert document["text"][quote["start"] : quote["end"]] == quote["text"] != ""


def test_pages_are_given_where_a_document_has_them(run: Run, tmp_path: Path) -> None:
    from fpdf import FPDF  # only the corpus's extra brings it

    pdf = FPDF()
    pdf.set_font("Helvetica")
    for text in ("An opening page about nothing much.", "The heliport opens in May 2031."):
        pdf.add_page()
        pdf.cell(text=text)
    pdf.output(str(tmp_path / "two.pdf"))
    options = ("--index", tmp_path / "index", "--encoder", "hash")
    assert run("index", "--corpus", tmp_path / "two.pdf", *options).code == 0
    asked = run("ask", *options, "When does the heliport open in May 2031", "--json")
    (record,) = _records(asked.out)
    assert record["quotes"][0]["pages"] in ([1, 2], [2, 2])


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [
        ("2025-03-01", True),
        ("2025-02-28", False),
        ("2025-03", True),
        ("2025-02", False),
        ("2025", True),
        ("2024", False),
    ],
)
def test_as_of_leaves_out_what_was_issued_later(answering: Run, as_of: str, seen: bool) -> None:
    line = json.dumps({"question": QUESTION, "as_of": as_of}).encode()
    by_line = _records(answering("ask", "--batch", "-", stdin=line).out)
    by_option = _records(answering("ask", QUESTION, "--as-of", as_of, "--json").out)
    for (record,) in (by_line, by_option):
        assert ("talent.md" in json.dumps(record)) is seen


def test_an_explanation_tells_each_stage_once(answering: Run) -> None:
    result = answering("ask", "--explain", QUESTION)
    assert result.code == 0 and "补贴10万元" in result.out
    tree = result.out[result.out.index("how this answer came about") :]
    places = [tree.index(f"── {stage}\n") for stage in ("understand", "search", "read", "quote")]
    assert places == sorted(places)
    assert "status: answered" in tree and "refused by" not in tree


def test_a_refusal_names_the_one_stage_that_refused(answering: Run) -> None:
    [record] = _records(answering("ask", "--json", "--explain", UNKNOWN).out)
    decided = record["explanation"]["decide"]
    assert record["status"] == decided["status"]
    assert decided["refused by"] == "read"
    best = record["explanation"]["steps"][0]["read"][0]
    assert f"{best['probability']:.2f}" in decided["why"]
    assert best["probability"] < best["needed"]


def test_a_batch_is_explained_line_by_line(answering: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = ({"question": QUESTION}, {"question": UNKNOWN})
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    records = _records(answering("ask", "--batch", str(file), "--explain").out)
    assert [len(one["explanation"]["steps"]) for one in records] == [1, 1]
    plain = _records(answering("ask", "--batch", str(file)).out)
    assert all("explanation" not in one for one in plain)
