"""The release gate: what stands between a finished snapshot and those who ask.

It looks whether the snapshot is whole in itself (:mod:`hyqa.maintenance.release.integrity`), which documents are
not as they were, and what becomes of golden and past questions. What it stops for can be let pass by
name, but for what is wrong in itself.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hyqa.index.build import Loss
from hyqa.maintenance.evaluation.metrics import sign_test
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.bounds import upper_bound
from hyqa.maintenance.release.calibrations import calibration_kept
from hyqa.maintenance.release.differences import Cause, Change, Difference
from hyqa.maintenance.release.documents import (
    Became,
    DocumentChange,
    document_changes,
    same_documents,
)
from hyqa.maintenance.release.integrity import faults_of
from hyqa.maintenance.release.keeping import Kept, keep
from hyqa.maintenance.release.known import NOTHING, known_of
from hyqa.maintenance.release.renewing import ask_anew
from hyqa.maintenance.release.replaying import FAILED, Reply, Report
from hyqa.maintenance.release.sides import Side, compare_sides, was_whole
from hyqa.models import Encoder
from hyqa.parsing.corpus.remembering import Memory
from hyqa.parsing.corpus.sources import GOLDEN
from hyqa.types import ParseFailure

VANISHED = "vanished"
"""Name by which it is let pass that many documents are gone."""
PAST_LOST = "past"
"""Name by which it is let pass that more past answers are lost than gained."""
CHANCE = 0.01
"""Probability below which that more past answers are lost than gained is no accident."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: golden questions, past ones, and lines of golden ones that could not be read."""

    golden: Sequence[Asked] = ()
    past: Sequence[Asked] = ()
    unread: Sequence[ParseFailure] = ()

    @property
    def all(self) -> list[Asked]:
        """Both kinds."""
        return [*self.golden, *self.past]


@dataclass(frozen=True, slots=True)
class Stop:
    """What a build is stopped for; ``name`` lets it pass, '' where nothing does."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found.

    Attributes:
        before: name of the snapshot that it was compared with, '' where there is none.
        after: name of the snapshot that was judged.
        documents: those that are not as they were.
        differences: questions of which something else became.
        golden: how many golden questions were asked.
        golden_before: how many of them had what is expected; None where nothing was before.
        golden_after: how many have it now; None where nothing was asked, as it is wrong in itself.
        lost: how many of those before have it no longer.
        bound: the largest share of questions like the golden ones that, at 95 % confidence, is lost
            (or, of a first build, not answered as expected).
        past: how many past questions were asked.
        calibration: what becomes of the models of confidence, a sentence.
        stops: what the build is stopped for.
        passed_by_name: what it would have been stopped for, and was let pass.
        asked: how many times a snapshot was asked, both together.
        stand: how many golden questions were not asked, as their answers stand.
        seconds: how long the gate took.
    """

    before: str
    after: str
    documents: tuple[DocumentChange, ...]
    differences: tuple[Difference, ...]
    golden: int
    golden_before: int | None
    golden_after: int | None
    lost: int
    bound: float
    past: int
    calibration: str
    stops: tuple[Stop, ...]
    passed_by_name: tuple[Stop, ...]
    asked: int
    stand: int
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing stops the build."""
        return not self.stops


def judge_build(
    root: Path,
    old: Side | None,
    new: Side,
    questions: Questions,
    *,
    day: date,
    corpus: Path | None = None,
    accepted: Collection[str] = (),
    report: Report | None = None,
    keeping: Encoder | None = None,
    memory: Memory | None = None,
) -> Verdict:
    """Judge a snapshot before it comes into force.

    Args:
        root: folder of the index, in which is kept what became of the questions.
        old: the snapshot in force; None where there is none, or it cannot be opened any more.
        new: the one that would follow, opened with its encoder.
        questions: what is asked.
        day: as of which questions are asked that name no day.
        corpus: the documents that the new one was built of, as they are when it is judged.
        accepted: names of what may pass.
        report: told of the questions done.
        keeping: keeps vectors of golden questions, see :func:`hyqa.maintenance.release.replaying.replay`.
        memory: keeps what golden answers came of, so that not all need be asked for again.
    """
    started = time.perf_counter()
    same = same_documents(old.index.store, new.index.store) if old else frozenset()
    known = known_of(old.index, new.index, same) if old and was_whole(root, old) else NOTHING
    faults = faults_of(new.index, new.engine.encoder if new.engine else None, corpus, known)
    asked, count, stand = questions.all, 0, 0
    after: dict[str, Reply] = {}
    found: list[Difference] = []
    before: dict[str, Reply] = {}
    if not faults and new.engine:
        renewed = ask_anew(
            root, old, new.engine, new.name, asked, day, known,
            report=report, keeping=keeping, memory=memory,
        )  # fmt: skip
        after, count, stand = dict(renewed.replies), renewed.asked, len(renewed.stood)
        keep(root, new.name, Kept(day, after, new.index.manifest.chunking, renewed.stood))
        if old:
            before, found, more = compare_sides(root, old, asked, after, day)
            count += more
    changes: list[DocumentChange] = []
    if old and not faults:
        changes = document_changes(old.index.store, new.index.store, same)
    held = old.index.store.document_count if old else 0
    stops = [
        *(Stop("", fault) for fault in faults),
        *_unreadable(questions),
        *_unsound(asked, before, after),
        *_lost(found),
        *_past_lost(found),
        *_documents(changes, held),
    ]
    right, lost = _golden(questions.golden, before, after, found)
    return Verdict(
        before=old.name if old else "",
        after=new.name,
        documents=tuple(changes),
        differences=tuple(found),
        golden=len(questions.golden),
        golden_before=right,
        golden_after=sum(bool(one.right) for one in after.values()) if not faults else None,
        lost=lost,
        bound=upper_bound(lost, len(questions.golden) if right is None else right),
        past=len(questions.past),
        calibration=calibration_kept(root, old.index.manifest if old else None, new.index),
        stops=tuple(one for one in stops if not one.name or one.name not in accepted),
        passed_by_name=tuple(one for one in stops if one.name and one.name in accepted),
        asked=count,
        stand=stand,
        seconds=time.perf_counter() - started,
    )


def _golden(
    golden: Sequence[Asked],
    before: Mapping[str, Reply],
    after: Mapping[str, Reply],
    found: Sequence[Difference],
) -> tuple[int | None, int]:
    """How many golden questions had what is expected, None where nobody knows; how many lost it.

    Where nobody knows, those count that have it not.
    """
    if not any(one.key in before for one in golden):
        return None, sum(not after[one.key].right for one in golden) if after else len(golden)
    lost = sum(one.golden_lost and one.cause is not Cause.DAY for one in found)
    return sum(bool(before[one.key].right) for one in golden if one.key in before), lost


def _unreadable(questions: Questions) -> Iterator[Stop]:
    for failure in questions.unread:
        yield Stop(GOLDEN, f"{Path(failure.source).name}: {failure.reason}")


def _unsound(
    asked: Sequence[Asked], before: Mapping[str, Reply], after: Mapping[str, Reply]
) -> Iterator[Stop]:
    for one in asked:
        reply = after.get(one.key)
        if reply and not reply.verbatim:
            yield Stop("", f"{one.name} is answered by a quote that does not stand in its document")
        was = before.get(one.key)
        if reply and not one.golden and reply.status == FAILED and was and was.status != FAILED:
            yield Stop(one.name, "it ends in an error now, and did not before")


def _lost(found: Sequence[Difference]) -> Iterator[Stop]:
    """Golden answers that are lost by the build or by hyqa itself; the day is nobody's fault."""
    for one in found:
        if one.golden_lost and one.cause is not Cause.DAY:
            by = "" if one.cause is Cause.BUILD else "; hyqa or its calibration has changed since"
            told = _told(one.after)
            yield Stop(one.asked.name, f"golden answer lost: {_told(one.before)}, now {told}{by}")


def _told(reply: Reply) -> str:
    return f"{reply.status} from {reply.documents[0]}" if reply.documents else reply.status


def _past_lost(found: Sequence[Difference]) -> Iterator[Stop]:
    past = [one.change for one in found if not one.asked.golden and one.cause is Cause.BUILD]
    lost, gained = past.count(Change.LOST), past.count(Change.GAINED)
    if lost > gained and sign_test(gained, lost) < CHANCE:
        yield Stop(PAST_LOST, f"{lost} past questions are no longer answered, {gained} newly are")


def _documents(changes: Sequence[DocumentChange], held: int) -> Iterator[Stop]:
    removed = tuple(one.id for one in changes if one.became is Became.REMOVED)
    if Loss(removed, held).is_great:
        yield Stop(VANISHED, f"{len(removed)} of {held} documents are gone: is the folder whole?")
    for one in changes:
        if one.shrunk:
            before, after = one.characters
            yield Stop(one.id, f"it has {after} characters left of {before}: is the file whole?")
