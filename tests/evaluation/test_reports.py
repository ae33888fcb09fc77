"""Labelled questions, figures over outcomes, and ``hyqa eval`` from end to end."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from hyqa import ConfigError, Engine, HashEncoder, Status, build_index
from hyqa.answer.contract import Request
from hyqa.cli import main
from hyqa.evaluation import (
    LabelledQuestion,
    Outcome,
    ablate,
    ablation_text,
    ask,
    compare,
    comparison_text,
    draw,
    figures_by_group,
    judge,
    read_details,
    read_questions,
    report_record,
    report_text,
)
from hyqa.evaluation.metrics import Share

TEXT = "博士来衡阳市工作有补贴10万元，免租三年。"


def _outcome(
    *,
    wanted: str = "a",
    ranking: str = "",
    quoted: str = "",
    inside: bool = False,
    evidenced: bool = False,
    confidence: float = 0.5,
    characters: int = 0,
    seconds: float = 0.1,
    language: str = "zh",
    task: str = "",
) -> Outcome:
    """An outcome whose documents are letters; wanting none means being unanswerable."""
    question = LabelledQuestion(
        request=Request("q", "?"),
        answerable=bool(wanted),
        document_ids=frozenset(wanted),
        groups=(("x",),) if wanted else (),
        task=task,
        evidence=("x",) if wanted else (),
    )
    return Outcome(
        question=question,
        status=Status.ANSWERED if quoted else Status.NOT_FOUND,
        language=language,
        confidence=confidence,
        ranking=tuple(ranking),
        quoted=tuple(quoted),
        inside=inside,
        evidenced=evidenced,
        characters=characters,
        not_verbatim=0,
        seconds=seconds,
    )


def test_figures_by_hand() -> None:
    (all_of_them,) = figures_by_group(
        [
            _outcome(
                ranking="abc", quoted="ab", inside=True, evidenced=True, characters=100, seconds=0.1
            ),
            _outcome(ranking="bca", quoted="ba", inside=True, characters=300, seconds=0.2),
            _outcome(ranking="bcdefa", seconds=0.3),
            _outcome(ranking="bcd", quoted="b", characters=20, seconds=0.4),
            _outcome(wanted="", ranking="a", seconds=0.5),
            _outcome(wanted="", ranking="a", quoted="a", characters=40, seconds=0.6),
        ]
    )
    assert all_of_them.questions == 6
    assert all_of_them.found_first == Share(1, 4)
    assert all_of_them.found_in_five == Share(2, 4)
    assert all_of_them.reciprocal_rank == pytest.approx((1 + 1 / 3 + 1 / 6 + 0) / 4)
    assert all_of_them.answered_first == Share(1, 4)
    assert all_of_them.inside == Share(2, 4)
    assert all_of_them.evidenced == Share(1, 4)
    assert all_of_them.answered == Share(3, 4)
    assert all_of_them.refused == Share(1, 2)
    assert all_of_them.auroc == 0.5  # all are equally sure
    assert all_of_them.calibration_error == pytest.approx(0.5 - 1 / 6)  # one of six is right
    assert all_of_them.characters_median == 70  # of 20, 40, 100 and 300
    assert all_of_them.characters_mean == 115
    assert (all_of_them.quotes, all_of_them.not_verbatim) == (6, 0)
    assert all_of_them.seconds_median == pytest.approx(0.35)
    assert all_of_them.seconds_p95 == 0.6


def test_groups_only_where_there_are_several() -> None:
    one = [_outcome(), _outcome()]
    two = [_outcome(language="en", task="time"), _outcome()]
    assert [figures.group for figures in figures_by_group(one)] == ["all"]
    assert [(figures.group, figures.questions) for figures in figures_by_group(two)] == [
        ("all", 2),
        ("language en", 1),
        ("language zh", 1),
        ("task (none)", 1),
        ("task time", 1),
    ]


def test_reports_of_nothing_and_of_something() -> None:
    text = report_text(figures_by_group([_outcome(ranking="a", quoted="a", characters=5)]))
    assert "right document ranked first                   1.000  [0.207, 1.000]  1 of 1" in text
    assert "refused, of unanswerable                      –" in text
    record = json.loads(json.dumps(report_record(figures_by_group([]))))
    assert record["groups"][0]["refused"] == {"share": None, "count": 0, "n": 0, "interval": None}


def _write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


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
    file = _write(tmp_path / "q.jsonl", line, {**line, "answer_groups": [["汉语", "法语"], []]})
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
    questions, failures = read_questions(_write(tmp_path / "q.jsonl", *bad, {"question": "?"}))
    assert len(questions) == 1
    assert [failure.source.rsplit(" ", 1)[1] for failure in failures] == list("12345678")


def test_a_question_may_stand_under_another_key(tmp_path: Path) -> None:
    line = {"question": "Which fruit?", "question_zh": "哪种水果？", "lang": "en"}
    (one,), failures = read_questions(_write(tmp_path / "q.jsonl", line), key="question_zh")
    assert (one.request.question, one.language, failures) == ("哪种水果？", "", [])
    _, failures = read_questions(_write(tmp_path / "q.jsonl", line), key="question_fr")
    assert len(failures) == 1


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b"\n\n")
    with pytest.raises(ConfigError, match="holds no question"):
        read_questions(tmp_path / "q.jsonl")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluation")
    documents = [{"id": "a", "title": "博士来衡阳市工作的补贴", "text": TEXT}]
    documents += [{"id": f"b{n}", "title": f"{n}", "text": f"某地修路{n}公里。"} for n in range(30)]
    corpus = _write(folder / "corpus.jsonl", *documents)
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
    file, details = _write(tmp_path / "q.jsonl", *QUESTIONS), tmp_path / "details.jsonl"
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
    file = _write(tmp_path / "q.jsonl", *QUESTIONS, {"id": "bad"})
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
    file, details = _write(tmp_path / "q.jsonl", *QUESTIONS), tmp_path / "details.jsonl"
    options = ["--index", str(index), "--encoder", "hash"]
    assert main(["eval", str(file), *options, "--details", str(details)]) == 0
    records = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    details = _write(details, {**records[0], "rank": 2, "inside": True}, records[1])
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
    (question, _), _ = read_questions(_write(tmp_path / "q.jsonl", *QUESTIONS))
    reports: list[tuple[int, int]] = []
    steps = ablate(engine, [question], lambda done, total: reports.append((done, total)))
    assert [step.name for step in steps] == ["keywords", "meaning", "both", "second look"]
    assert steps[0].first == Share(1, 1) and reports == [(1, 1)]
    assert "keywords" in ablation_text(steps)


def test_pictures_of_nothing_are_drawn(tmp_path: Path) -> None:
    assert all(path.exists() for path in draw([], tmp_path / "new" / "folder"))


def test_the_ranking_begins_with_what_was_quoted(index: Path, tmp_path: Path) -> None:
    engine = Engine.open(index, encoder="hash")
    (question, _), _ = read_questions(_write(tmp_path / "q.jsonl", *QUESTIONS))
    outcome = judge(engine, question)
    assert outcome.ranking[0] == outcome.quoted[0] == "a"
    assert len(ask(engine, question).documents) > 10


def test_a_quote_that_is_not_verbatim_is_counted(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine.open(index, encoder="hash")
    (question, _), _ = read_questions(_write(tmp_path / "q.jsonl", *QUESTIONS))
    assert judge(engine, question).not_verbatim == 0
    document = engine.document("a")
    shifted = replace(document, text="！" + document.text)
    monkeypatch.setattr(engine, "document", lambda document_id: shifted)
    assert judge(engine, question).not_verbatim == 1
