"""The release gate: degraded builds are stopped, a sound change passes, and what it says is so."""

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hyqa.engine import Engine
from hyqa.maintenance.release import (
    Cause,
    Change,
    Questions,
    Side,
    golden_questions,
    judge_build,
    past_questions,
    verdict_lines,
    verdict_record,
)
from hyqa.maintenance.release.documents import same_documents
from hyqa.maintenance.release.keeping import read_kept
from hyqa.maintenance.release.replaying import replay
from hyqa.models import CachingEncoder, HashEncoder, Vectors
from release.making import (
    DAY,
    GOLDEN,
    Halved,
    built,
    judged,
    shuffle_a_third,
    side,
    spoilt,
)


def test_a_first_build_passes_and_is_asked_all(root: Path, old: Side, golden_corpus: Path) -> None:
    verdict = judged(root, None, old, golden_corpus)
    assert verdict.passed and not verdict.documents and not verdict.differences
    assert (verdict.golden, verdict.golden_before, verdict.golden_after) == (10, None, 10)
    assert verdict.bound == pytest.approx(1 - 0.05 ** (1 / 10))
    assert "at most 25.9% are not answered as expected" in "\n".join(verdict_lines(verdict))


def test_a_third_of_the_vectors_shuffled_is_stopped(
    root: Path, old: Side, golden_corpus: Path, tmp_path: Path
) -> None:
    other = spoilt(root, tmp_path / "spoilt", shuffle_a_third)
    verdict = judged(other, old, side(other), golden_corpus, *(str(one["id"]) for one in GOLDEN))
    assert not verdict.passed
    assert all("is another text's" in one.reason for one in verdict.stops[:-1])
    assert {one.name for one in verdict.stops} == {""}  # nothing lets it pass


def test_a_document_cut_in_half_is_stopped(old: Side, own: Path, tmp_path: Path) -> None:
    park = own / "parks" / "snail-isle.md"
    text = park.read_text("utf-8")
    park.write_text(text[: text.index("## 入驻企业")], encoding="utf-8")
    verdict = judged(tmp_path / "new", old, built(own, tmp_path / "new"), own)
    assert {one.name for one in verdict.stops} == {"parks/snail-isle.md", "firms"}
    assert verdict.lost == 1
    accepted = judged(
        tmp_path / "new", old, side(tmp_path / "new"), own, "parks/snail-isle.md", "firms"
    )
    assert accepted.passed
    assert {one.name for one in accepted.passed_by_name} == {"parks/snail-isle.md", "firms"}


def test_the_threshold_halved_is_stopped(
    root: Path, old: Side, golden_corpus: Path, tmp_path: Path
) -> None:
    verdict = judged(tmp_path, old, side(root, Halved), golden_corpus)
    assert {one.name for one in verdict.stops} == {"ground", "year"}
    assert all("golden answer lost: not_found" in one.reason for one in verdict.stops)


def test_a_sound_change_passes_and_is_told(old: Side, own: Path, tmp_path: Path) -> None:
    (own / "railway.md").rename(own / "yard.md")
    (own / "news.txt").unlink()
    (own / "coffee.md").write_text("# 云岭市咖啡馆\n\n云岭市有咖啡馆31家。\n", encoding="utf-8")
    court = own / "court.md"
    court.write_text(court.read_text("utf-8").replace("商事法庭\n", "国际商事法庭\n", 1), "utf-8")
    verdict = judged(tmp_path / "new", old, built(own, tmp_path / "new"), own)
    assert verdict.passed, [*verdict_lines(verdict)]
    assert [(one.id, one.became.value, one.to) for one in verdict.documents] == [
        ("coffee.md", "added", ""),
        ("court.md", "changed", ""),
        ("news.txt", "removed", ""),
        ("railway.md", "moved", "yard.md"),
    ]
    assert verdict.documents[1].fields == ("title",)
    cited = [one for one in verdict.differences if one.change is Change.CITED]
    assert [one.asked.name for one in cited] == ["yard"]
    lines = "\n".join(verdict_lines(verdict))
    assert "> railway.md is now yard.md" in lines
    assert "yard 鹭鸣站货场年吞吐量多少？: citing another document" in lines
    record = verdict_record(verdict)
    assert record["passed"] is True and json.dumps(record)


def test_what_the_old_one_replied_is_kept_and_asked_again_only_where_it_differs(
    golden_corpus: Path, own: Path, tmp_path: Path
) -> None:
    before = built(golden_corpus, tmp_path / "ix")
    assert judged(tmp_path / "ix", None, before, golden_corpus).asked == 10
    (own / "railway.md").rename(own / "yard.md")
    after = built(own, tmp_path / "ix")
    verdict = judged(tmp_path / "ix", before, after, own)
    assert verdict.passed and verdict.asked == 11  # ten of the new one, one of the old one
    kept = read_kept(tmp_path / "ix", after.name)
    assert kept and len(kept.replies) == 10 and kept.day == DAY
    told = (tmp_path / "ix" / "outcomes" / f"{after.name}.json").read_text("utf-8")
    assert "货场" not in told and "青螺" not in told  # what was asked cannot be read from it


def _shift_a_passage(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "documents.sqlite")) as connection, connection:
        connection.execute("UPDATE chunks SET start = start + 1 WHERE document = 'railway.md'")


def test_passages_are_cut_again_but_those_that_were_found_right_before(
    golden_corpus: Path, own: Path, tmp_path: Path
) -> None:
    root = tmp_path / "ix"
    first = built(golden_corpus, root)
    wrong = spoilt(root, tmp_path / "wrong", _shift_a_passage)
    judged(root, None, first, golden_corpus)
    assert same_documents(first.index.store, first.index.store) >= {"railway.md", "rules.md"}
    assert "railway.md" not in same_documents(first.index.store, side(wrong).index.store)
    verdict = judged(root, first, side(wrong), golden_corpus)
    assert [one.name for one in verdict.stops] == [""]
    assert verdict.stops[0].reason.startswith("railway.md: its passages are not the ones")
    # The same fault stands in both, but nobody ever looked at the one in force.
    before = side(wrong)
    other = spoilt(wrong, tmp_path / "other", lambda folder: None)
    assert [one.name for one in judged(other, before, side(other), golden_corpus).stops] == [""]
    (own / "rules.md").write_text((own / "rules.md").read_text("utf-8") + "\n另有规定。\n", "utf-8")
    assert judged(root, first, built(own, root), own).passed
    assert same_documents(first.index.store, side(root).index.store) == frozenset(
        set(first.index.store.document_ids()) - {"rules.md"}
    )


def test_an_answer_that_a_day_ended_stops_nothing(own: Path, tmp_path: Path) -> None:
    line = {"id": "phd", "question": "博士每月发放生活补贴多少？", "answers": ["补贴1000元"]}
    (own / "golden.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (own / "talent-2026.md").unlink()
    before = built(own, tmp_path / "ix")
    questions = Questions(golden_questions(own)[0])
    then, now = date(2021, 1, 1), date(2025, 6, 1)
    assert judge_build(tmp_path / "ix", None, before, questions, day=then).golden_after == 1
    (own / "more.txt").write_text("云岭市又开了一次会议。\n", encoding="utf-8")
    verdict = judge_build(tmp_path / "ix", before, built(own, tmp_path / "ix"), questions, day=now)
    assert verdict.passed and verdict.lost == 0
    (only,) = verdict.differences
    assert only.cause is Cause.DAY and only.golden_lost
    assert "by the day alone" in "\n".join(verdict_lines(verdict))


def test_what_hyqa_itself_changed_is_told_apart(
    root: Path, old: Side, golden_corpus: Path, tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "ix")
    judged(tmp_path / "ix", None, old, golden_corpus)
    now = side(root, Halved)  # the same snapshot, read by a program whose threshold is another
    verdict = judged(tmp_path / "ix", now, replace(now, name="another"), golden_corpus)
    assert {one.name for one in verdict.stops} == {"ground", "year"}
    assert {one.cause for one in verdict.differences} == {Cause.PROGRAM}
    assert "hyqa or its calibration has changed since" in verdict.stops[0].reason


def test_many_documents_gone_at_once_are_stopped(old: Side, own: Path, tmp_path: Path) -> None:
    shutil.rmtree(own / "parks")
    (own / "news.txt").unlink()
    verdict = judged(tmp_path / "new", old, built(own, tmp_path / "new"), own)
    assert {one.name for one in verdict.stops} >= {"vanished", "area", "firms", "bonded"}


def test_without_golden_questions_it_says_so(old: Side, corpus: Path, tmp_path: Path) -> None:
    verdict = judged(tmp_path, None, old, corpus)
    assert verdict.passed and verdict.bound == 1
    assert "no golden.jsonl: nothing is promised" in "\n".join(verdict_lines(verdict))


def test_a_golden_line_that_cannot_be_read_stops(
    root: Path, old: Side, own: Path, tmp_path: Path
) -> None:
    with (own / "golden.jsonl").open("a", encoding="utf-8") as file:
        file.write('\nno json\n{"question": "谁？"}\n{"id": "area", "question": "谁？"}\n')
    verdict = judged(tmp_path, None, old, own)
    assert [one.reason for one in verdict.stops] == [
        "golden.jsonl, line 11: The line is not valid JSON.",
        "golden.jsonl: an `id` of its own is missing",
        "golden.jsonl: the id area stands twice",
    ]
    assert judged(tmp_path, None, old, own, "golden.jsonl").passed


def test_past_questions_are_sampled_alike_and_their_loss_in_number_stops(
    old: Side, own: Path, tmp_path: Path
) -> None:
    asked = ["青螺洲工业园规划面积多大？"] + [
        f"青螺洲工业园规划面积多大{tail}" for tail in "？！?!，。,.；;"
    ]
    file = tmp_path / "past.txt"
    file.write_text("\n".join([*asked, '{"question": "青螺洲工业园有几期？"}', "{"]), "utf-8")
    sample, unread = past_questions(file)
    assert len(sample) == 11 and [one.source for one in unread] == ["past.txt:13"]
    assert past_questions(file, 4)[0] == sample[:4]
    (own / "parks" / "snail-isle.md").unlink()
    (own / "parks" / "snail-isle-en.md").unlink()
    new = built(own, tmp_path / "new")
    questions = Questions(past=sample)
    verdict = judge_build(tmp_path / "new", old, new, questions, day=DAY)
    assert [one.name for one in verdict.stops] == ["past"]
    lines = "\n".join(verdict_lines(verdict))
    assert "past.txt:3: no longer answered" in lines and "规划面积" not in lines
    assert judge_build(tmp_path / "new", old, new, questions, day=DAY, accepted=["past"]).passed


class Counting(HashEncoder):
    """Counts the questions that it encodes."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode, and take note."""
        self.asked += texts
        return super().encode_queries(texts)


def test_vectors_of_golden_questions_are_kept_and_of_past_ones_never(
    old: Side, golden_corpus: Path, tmp_path: Path
) -> None:
    golden, _ = golden_questions(golden_corpus)
    (tmp_path / "asked.txt").write_text("鹭鸣站在哪里？", "utf-8")
    past, _ = past_questions(tmp_path / "asked.txt")
    file, raw = tmp_path / "vectors.sqlite", Counting()
    engine = Engine(old.index, raw, old.engine.reader if old.engine else None)
    first = replay(engine, past, DAY, keeping=CachingEncoder(raw, file, keeps_questions=True))
    assert raw.asked and not file.exists()
    kept = CachingEncoder(raw, file, keeps_questions=True)
    both = {**first, **replay(engine, golden, DAY, keeping=kept)}
    later = Counting()
    engine = Engine(old.index, later, engine.reader)
    keeping = CachingEncoder(later, file, keeps_questions=True)
    assert replay(engine, [*golden, *past], DAY, keeping=keeping) == both
    assert set(later.asked) == {"鹭鸣站在哪里？"}
