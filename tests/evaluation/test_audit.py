"""The audit: it passes what is sound, and finds what is not by means of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.audit.__main__ import MOST, SAMPLE, audit
from benchmarks.audit.checking import Auditor, Published
from benchmarks.audit.documents import read_sources

CORPUS = Path("docs_corpus")


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor(read_sources(CORPUS))


@pytest.fixture(scope="module")
def answers() -> list[Published]:
    return [*_graded()]


def test_it_passes_what_was_published_and_stops_a_degraded_model() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.audit"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "of 17 wrong answers" in done.stdout


def test_it_stops_answers_that_stand_below_other_questions(
    auditor: Auditor, answers: list[Published]
) -> None:
    moved = [
        Published(one.turns, other.quotes)
        for one, other in zip(answers, answers[1:] + answers[:1], strict=True)
    ]

    assert audit(auditor, answers)[0] <= MOST < audit(auditor, moved)[0]


def test_a_changed_figure_is_not_verbatim(auditor: Auditor) -> None:
    sound = Published(["博士每月补贴多少"], [_quote("集中引进的博士每人每月可领生活补贴4000元")])
    changed = Published(["博士每月补贴多少"], [_quote("集中引进的博士每人每月可领生活补贴9000元")])

    assert auditor.faults(sound) == []
    assert auditor.faults(changed) == ["verbatim"]


def test_a_citation_that_the_document_does_not_bear_out_is_named(auditor: Auditor) -> None:
    words = "集中引进的博士每人每月可领生活补贴4000元"
    quote = {**_quote(words), "publisher": "衡阳市人民政府"}
    elsewhere = {**_quote(words), "doc_id": "talent/none.md"}

    assert auditor.faults(Published(["博士每月补贴多少"], [quote])) == ["source"]
    assert "source" in auditor.faults(Published(["博士每月补贴多少"], [elsewhere]))


def test_another_year_and_no_figure_are_named(auditor: Auditor) -> None:
    quote = _quote("衡阳“人才雁阵”行动计划是衡阳市的人才政策")
    answer = replace(Published(["x"], [quote]), turns=["2031年衡阳人才雁阵行动计划是什么"])

    assert "year" in auditor.faults(answer)


def _quote(text: str) -> dict[str, str]:
    return {"doc_id": "talent/talent-geese-plan.md", "text": text}


def _graded() -> Iterator[Published]:
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        read: Mapping[str, list[dict[str, str]]] = json.loads(line)
        yield Published([str(one) for one in read["turns"]], read["quotes"])
