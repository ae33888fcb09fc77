"""Figures over outcomes."""

import json
from pathlib import Path

import pytest

from hyqa import Status
from hyqa.answer.contract import Request
from hyqa.maintenance.evaluation import (
    LabelledQuestion,
    Outcome,
    draw,
    figures_by_group,
    report_record,
    report_text,
)
from hyqa.maintenance.evaluation.metrics import Share


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


def test_pictures_of_nothing_are_drawn(tmp_path: Path) -> None:
    assert all(path.exists() for path in draw([], tmp_path / "new" / "folder"))
