"""Answers that stand are the ones that would be given; what may have changed is asked, and all in doubt."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reindexing import make_corpus
from hyqa.engine import Engine
from hyqa.index.build import build_index, open_index
from hyqa.index.search import meaning_of, meant_by, most_of_all
from hyqa.maintenance.release import Questions, Side, Verdict, golden_questions, judge_build
from hyqa.maintenance.release import renewing as renewal
from hyqa.maintenance.release.asking import past_questions
from hyqa.maintenance.release.keeping import keep, read_kept
from hyqa.maintenance.release.replaying import Reply, replay
from hyqa.maintenance.release.standing import Seen, part_of, same_until, seen_of
from hyqa.models import CachingEncoder, HashEncoder, encode_questions
from hyqa.parsing.corpus.remembering import Memory
from hyqa.types import Trace
from release.making import DAY, Halved, shuffle_a_third, side, spoilt

DOCUMENTS, GOLDEN = 60, 40
CHANGED = "subject-3/document-00003.md"


class Gate:
    """A corpus, its index, and a gate that keeps what answers came of."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.corpus, self.root = folder, folder / "corpus", folder / "index"
        if self.corpus.exists():
            self.before = side(self.root)
            return
        make_corpus(self.corpus, DOCUMENTS, GOLDEN)
        self.before = self.built()
        self.judged(None, self.before)

    def built(self) -> Side:
        build_index(self.corpus, self.root, HashEncoder(), cache=self.folder)
        return side(self.root)

    def judged(self, old: Side | None, new: Side, **more: Path) -> Verdict:
        golden, unread = golden_questions(self.corpus)
        past = past_questions(more["past"])[0] if more else []
        encoder = CachingEncoder(HashEncoder(), self.folder / "v.sqlite", keeps_questions=True)
        memory = Memory(self.folder)
        verdict = judge_build(
            self.root,
            old,
            new,
            Questions(golden, past, unread),
            day=DAY,
            keeping=encoder,
            memory=memory,
        )
        memory.close()
        return verdict

    def built_anew(self) -> Verdict:
        new = self.built()
        verdict = self.judged(self.before, new)
        self.before = new
        return verdict

    def replies(self) -> dict[str, Reply]:
        kept = read_kept(self.root, self.before.name)
        assert kept
        return dict(kept.replies)

    def asked_all(self) -> dict[str, Reply]:
        """What the snapshot in force replies where each question is asked."""
        fresh = side(self.root)
        golden, _ = golden_questions(self.corpus)
        assert fresh.engine
        return dict(replay(fresh.engine, golden, DAY))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    return Gate(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def gate(kept: Gate, tmp_path: Path) -> Gate:
    """A copy whose corpus may be changed."""
    return Gate(shutil.copytree(kept.folder, tmp_path / "gate"))


def told(replies: dict[str, Reply]) -> dict[str, tuple[object, ...]]:
    """What the gate judges by; which words stand behind the first ones, a hair may decide."""
    return {
        key: (one.status, one.documents[:1], one.right, one.verbatim)
        for key, one in replies.items()
    }


def _add(corpus: Path, rng: random.Random) -> None:
    texts = [path.read_text("utf-8") for path in sorted(corpus.rglob("*.md"))]
    text = rng.choice(texts).replace("1", str(rng.randrange(2, 10)))
    (corpus / f"added-{rng.randrange(10**6)}.md").write_text(text, "utf-8")


def _change(corpus: Path, rng: random.Random) -> None:
    path = rng.choice(sorted(corpus.rglob("*.md")))
    lines = path.read_text("utf-8").splitlines()
    place = rng.randrange(len(lines) // 2, len(lines))
    lines[place] = f"园区新增企业{rng.randrange(10, 99)}家，由市商务局办理。"
    path.write_text("\n".join(lines), "utf-8")


def _remove(corpus: Path, rng: random.Random) -> None:
    rng.choice(sorted(corpus.rglob("*.md"))).unlink()


def test_answers_that_stand_are_those_that_would_be_given(gate: Gate) -> None:
    rng = random.Random(5)
    steps: list[Callable[[Path, random.Random], None]] = [_change, _add, _remove, _change]
    rng.shuffle(steps)
    stand = 0
    for step in steps:
        step(gate.corpus, rng)
        verdict = gate.built_anew()
        assert not any(one.name == "" for one in verdict.stops)
        assert verdict.stand + verdict.asked >= GOLDEN
        assert told(gate.replies()) == told(gate.asked_all()), step.__name__
        stand += verdict.stand
    assert stand > GOLDEN // 2


def test_a_question_is_asked_where_its_document_changed(gate: Gate) -> None:
    golden, _ = golden_questions(gate.corpus)
    replies = gate.replies()
    cited = next(reply.documents[0] for reply in replies.values() if reply.documents)
    of_it = {key for key, reply in replies.items() if cited in reply.documents}
    (gate.corpus / cited).unlink()
    verdict = gate.built_anew()
    assert 0 < verdict.stand <= GOLDEN - len(of_it)
    assert not any(cited in reply.documents for reply in gate.replies().values())
    lost = {one.asked.key for one in verdict.differences}
    assert of_it <= lost <= {one.key for one in golden}


def test_a_document_cut_in_half_is_stopped_where_answers_stand(gate: Gate) -> None:
    path = gate.corpus / CHANGED
    text = path.read_text("utf-8")
    path.write_text(text[: len(text) // 2], "utf-8")
    verdict = gate.built_anew()
    assert CHANGED in {one.name for one in verdict.stops}
    assert verdict.stand and told(gate.replies()) == told(gate.asked_all())


def test_a_third_of_the_vectors_shuffled_is_stopped_where_answers_are_kept(
    kept: Gate, tmp_path: Path
) -> None:
    other = spoilt(kept.root, tmp_path / "spoilt", shuffle_a_third)
    verdict = kept.judged(kept.before, side(other))
    assert not verdict.passed and {one.name for one in verdict.stops} == {""}


def test_another_reader_is_asked_all(kept: Gate) -> None:
    """With its threshold halved, as the gate must notice: what another one said does not stand."""
    halved = side(kept.root, Halved)
    verdict = kept.judged(kept.before, Side("0" * 16, halved.index, halved.engine))
    assert verdict.asked >= GOLDEN and verdict.stand == 0
    assert any("golden answer lost" in one.reason for one in verdict.stops)


def test_another_calibration_is_asked_all(gate: Gate) -> None:
    assert gate.before.engine
    gate.before.index.calibration.save(gate.root / "calibration.json")
    _change(gate.corpus, random.Random(1))
    assert gate.built_anew().stand == 0


def test_where_a_control_says_something_else_all_are_asked(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lying:

        def lie(reply: Reply, trace: Trace) -> Seen:
            return seen_of(Reply(reply.status, reply.documents, "0", reply.right), trace)

        lying.setattr(renewal, "seen_of", lie)
        monkeypatch.setattr(renewal, "_KIND", "other")
        gate.judged(None, gate.before)
    monkeypatch.setattr(renewal, "_KIND", "other")
    _change(gate.corpus, random.Random(1))
    verdict = gate.built_anew()
    assert verdict.stand == 0 and verdict.asked >= GOLDEN
    assert gate.replies() == gate.asked_all()


def test_what_is_no_few_passages_or_another_part_is_asked_for_all(gate: Gate) -> None:
    rng = random.Random(2)
    for _ in range(3):
        _change(gate.corpus, rng)
    assert gate.built_anew().stand == 0
    glossary = gate.corpus / "glossary.toml"
    text = 'more = [[["云岭"], ["Yunling"]]]\n' + glossary.read_text("utf-8")
    glossary.write_text(text, "utf-8")
    assert gate.built_anew().stand == 0


def test_past_questions_are_asked_and_not_kept(gate: Gate) -> None:
    question = "鹭鸣站货场在什么地方办理？"
    (gate.folder / "past.txt").write_text(question, "utf-8")
    gate.judged(None, gate.before, past=gate.folder / "past.txt")
    _change(gate.corpus, random.Random(1))
    new = gate.built()
    verdict = gate.judged(gate.before, new, past=gate.folder / "past.txt")
    assert verdict.past == 1 and verdict.stand
    for file in gate.folder.glob("*.sqlite"):
        assert question.encode() not in file.read_bytes()


def test_a_part_of_an_index_scores_its_passages_no_lower_than_the_whole(kept: Gate) -> None:
    index = open_index(kept.root)
    engine = Engine(index, HashEncoder())
    places = {chunk: row for row, (chunk, _) in enumerate(index.store.chunk_ids())}
    found = 0
    for asked in golden_questions(kept.corpus)[0][:12]:
        for step in engine.trace(asked.question.request.words, as_of=DAY).steps:
            texts = meant_by(step.query)
            vector = meaning_of(encode_questions(engine.encoder, texts).meaning)
            for hit in step.ranking.hits[:3]:
                rows = index.store.rows_of_document(hit.chunk.document_id)
                scores = most_of_all(part_of(index, np.array(rows)), step.query, vector, as_of=DAY)
                assert scores[rows.index(places[hit.chunk.id])] >= hit.score - 1e-5
                found += 1
    assert found > 20


@pytest.mark.parametrize(
    ("since", "day", "same"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2025, 12, 31), date(2026, 1, 1), False),
    ],
)
def test_answers_stand_for_days_alone_on_which_nothing_begins_or_ends(
    kept: Gate, since: date, day: date, same: bool
) -> None:
    assert same_until(kept.before.index, since, day) is same


def test_the_day_on_which_a_document_is_issued_ends_what_stands(kept: Gate) -> None:
    index = kept.before.index
    days = sorted({one for one in index.validity.issued.tolist() if len(one) == 10})
    issued = date.fromisoformat(days[0])
    before = date.fromordinal(issued.toordinal() - 1)
    assert before.year == issued.year
    assert not same_until(index, before, issued)


def test_of_an_answer_that_only_stood_the_old_snapshot_is_asked_before_it_counts_as_lost(
    gate: Gate,
) -> None:
    """What it stood for may have been another one by a hair, which is no fault of hyqa's."""
    kept = read_kept(gate.root, gate.before.name)
    assert kept
    key, reply = next((key, one) for key, one in kept.replies.items() if one.right is False)
    stale = replace(reply, right=True, words="0")
    keep(gate.root, gate.before.name, replace(kept, replies={**kept.replies, key: stale}))
    _change(gate.corpus, random.Random(1))
    (stop,) = gate.built_anew().stops
    assert "hyqa or its calibration has changed" in stop.reason
    keep(
        gate.root,
        gate.before.name,
        replace(kept, replies={**kept.replies, key: stale}, stood=frozenset([key])),
    )
    _change(gate.corpus, random.Random(2))
    verdict = gate.built_anew()
    assert verdict.passed and not verdict.lost
