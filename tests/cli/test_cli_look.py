"""``hyqa search``, ``hyqa show`` and ``hyqa info``."""

import json
from pathlib import Path

from cli.conftest import OTHERS, QUESTION, Run


def test_search_prints_scores_places_and_words(answering: Run) -> None:
    result = answering("search", QUESTION, "--top-k", "2")
    assert (result.code, result.err) == (0, "")
    first, words, *more = result.out.splitlines()
    assert first.startswith("  1  fused ") and "  dense " in first and "  sparse " in first
    assert first.endswith("talent.md › 有什么补贴")
    assert words.strip().startswith("博士来衡阳市工作有补贴10万元")
    assert len(more) == 2


def test_search_as_json(answering: Run) -> None:
    record = json.loads(answering("search", "Foxconn", "--json", "--top-k", "1").out)
    (hit,) = record["hits"]
    assert record["query"] == "Foxconn"
    assert hit["doc_id"] == "english.md"
    assert {"score", "dense_score", "sparse_score", "text", "start", "end"} <= set(hit)


def test_search_takes_what_is_no_text(answering: Run) -> None:
    assert answering("search", "\udcff").code == 0


def test_show_prints_text_and_metadata(run: Run, index: Path) -> None:
    result = run("show", "--index", index, "park.md")
    head, _, text = result.out.partition("\n\n")
    assert "id: park.md" in head and "form: digest" in head and "publisher: 衡阳日报" in head
    document = json.loads(run("show", "--index", index, "park.md", "--json").out)
    assert text == document["text"] + "\n"
    assert document["source_title"] == "船山时间谷建设情况"
    assert document["form"] == "digest"


def test_show_of_no_document_is_1(run: Run, index: Path) -> None:
    result = run("show", "--index", index, "none.md")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "No document 'none.md' is in the index: `hyqa info --documents` lists them.\n"
    )


def test_info_counts(run: Run, index: Path) -> None:
    lines = run("info", "--index", index).out.splitlines()
    assert "encoder: hash-64/1" in lines
    assert f"documents: {OTHERS + 3}" in lines and f"chunks: {OTHERS + 3}" in lines
    assert f"languages: zh {OTHERS + 2}, en 1" in lines
    assert f"forms: original {OTHERS + 2}, digest 1" in lines


def test_info_as_json_and_documents(run: Run, index: Path) -> None:
    facts = json.loads(run("info", "--index", index, "--json").out)
    assert (facts["documents"], facts["languages"]) == (OTHERS + 3, {"zh": OTHERS + 2, "en": 1})
    listed = json.loads(run("info", "--index", index, "--json", "--documents").out)["listed"]
    assert {"id": "english.md", "title": "Foxconn in Hengyang"} in listed
    assert "english.md\tFoxconn in Hengyang\n" in run("info", "--index", index, "--documents").out
