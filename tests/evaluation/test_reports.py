"""``hyqa eval`` from end to end: figures, details, comparisons, ablation, pictures."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.making import write_lines
from hyqa import ConfigError, Engine, HashEncoder, build_index
from hyqa.cli import main
from hyqa.maintenance.evaluation import (
    ablate,
    ablation_text,
    ask,
    compare,
    comparison_text,
    judge,
    read_details,
    read_questions,
)
from hyqa.maintenance.evaluation.metrics import Share

TEXT = "博士来衡阳市工作有补贴10万元，免租三年。"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluation")
    documents = [{"id": "a", "title": "博士来衡阳市工作的补贴", "text": TEXT}]
    documents += [{"id": f"b{n}", "title": f"{n}", "text": f"某地修路{n}公里。"} for n in range(30)]
    corpus = write_lines(folder / "corpus.jsonl", *documents)
    build_index(corpus, folder / "index", HashEncoder())
    return folder / "index"


QUESTIONS = [
    {
        "id": "right",
        "question": "博士来衡阳市工作有什么补贴？",
        "doc_ids": ["a"],
        "answers": ["补贴 10万元"],
        "lang": "zh",
        "answerable": True,
    },
    {"id": "none", "question": "How hot is Neptune?", "lang": "en", "answerable": False},
]


def test_eval_prints_figures_and_details(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, details = write_lines(tmp_path / "q.jsonl", *QUESTIONS), tmp_path / "details.jsonl"
    options = ["--index", str(index), "--encoder", "hash", "--details", str(details)]
    assert main(["eval", str(file), *options]) == 0
    text, progress = capsys.readouterr()
    assert text.startswith("all: 2 questions\n") and "language zh: 1 questions\n" in text
    assert "Asking: 100%" in progress
    right, none = (json.loads(line) for line in details.read_text().splitlines())
    assert (right["id"], right["status"], right["doc_ids"][0]) == ("right", "answered", "a")
    assert (right["right_first"], right["inside"], right["rank"]) == (True, True, 1)
    assert (none["status"], none["inside"], none["doc_ids"]) == ("out_of_scope", False, [])


def test_eval_as_json_with_a_line_that_cannot_be_read(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path / "q.jsonl", *QUESTIONS, {"id": "bad"})
    assert main(["eval", str(file), "--index", str(index), "--encoder", "hash", "--json"]) == 1
    out, err = capsys.readouterr()
    overall = json.loads(out)["groups"][0]
    assert overall["questions"] == 2
    assert overall["found_first"]["share"] == overall["inside"]["share"] == 1
    assert overall["refused"] == {
        "share": 1.0,
        "count": 1,
        "n": 1,
        "interval": pytest.approx([0.206549, 1.0], abs=1e-6),
    }
    assert overall["not_verbatim"] == 0
    assert "line 3: `question` is missing" in err


def test_eval_compares_steps_and_runs_and_draws(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, details = write_lines(tmp_path / "q.jsonl", *QUESTIONS), tmp_path / "details.jsonl"
    options = ["--index", str(index), "--encoder", "hash"]
    assert main(["eval", str(file), *options, "--details", str(details)]) == 0
    records = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    details = write_lines(details, {**records[0], "rank": 2, "inside": True}, records[1])
    capsys.readouterr()
    more = ["--compare", str(details), "--ablation", "--pictures", str(tmp_path / "drawn")]
    assert main(["eval", str(file), *options, *more]) == 0
    out, _ = capsys.readouterr()
    assert "right document ranked first: 1 won, 0 lost, by chance 1.000\n    + right" in out
    assert "answer inside the quotes: no question differs" in out
    assert out.index("keywords") < out.index("meaning") < out.index("second look")
    for name in ("risk_coverage.png", "reliability.png"):
        assert (tmp_path / "drawn" / name).read_bytes().startswith(b"\x89PNG")
    assert main(["eval", str(file), *options, *more, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["comparison"][0]["won"] == ["right"]
    assert [step["step"] for step in record["ablation"]][-1] == "second look"


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"id": 1}\n5'])
def test_only_details_can_be_compared_with(tmp_path: Path, text: str) -> None:
    (tmp_path / "old").write_text(text)
    with pytest.raises(ConfigError, match="--details"):
        read_details(tmp_path / "old")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_details(tmp_path / "none")


def test_what_was_won_and_lost_is_named() -> None:
    before = [{"id": name, "rank": rank} for name, rank in [("a", 1), ("b", 2), ("c", 3)]]
    after = [{"id": name, "rank": rank} for name, rank in [("a", 2), ("b", 1), ("d", 1)]]
    first, *others = compare(before, after)
    assert (first.won, first.lost, first.chance) == (("b",), ("a",), 1.0)
    assert all(one.won == one.lost == () for one in others)
    assert "    + b\n    - a" in comparison_text([first], "before")


def test_each_step_ranks_as_of_the_question_s_day(index: Path, tmp_path: Path) -> None:
    engine = Engine.open(index, encoder="hash")
    (question, _), _ = read_questions(write_lines(tmp_path / "q.jsonl", *QUESTIONS))
    reports: list[tuple[int, int]] = []
    steps = ablate(engine, [question], lambda done, total: reports.append((done, total)))
    assert [step.name for step in steps] == ["keywords", "meaning", "both", "second look"]
    assert steps[0].first == Share(1, 1) and reports == [(1, 1)]
    assert "keywords" in ablation_text(steps)


def test_the_ranking_begins_with_what_was_quoted(index: Path, tmp_path: Path) -> None:
    engine = Engine.open(index, encoder="hash")
    (question, _), _ = read_questions(write_lines(tmp_path / "q.jsonl", *QUESTIONS))
    outcome = judge(engine, question)
    assert outcome.ranking[0] == outcome.quoted[0] == "a"
    assert len(ask(engine, question).documents) > 10


def test_a_quote_that_is_not_verbatim_is_counted(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine.open(index, encoder="hash")
    (question, _), _ = read_questions(write_lines(tmp_path / "q.jsonl", *QUESTIONS))
    assert judge(engine, question).not_verbatim == 0
    document = engine.document("a")
    shifted = replace(document, text="！" + document.text)
    monkeypatch.setattr(engine, "document", lambda document_id: shifted)
    assert judge(engine, question).not_verbatim == 1
