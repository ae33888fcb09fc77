"""The two snapshots that are compared, and what became of questions on the one in force.

What it replied before is kept beside it, so that it is asked again only where the new one says something
else: then it is told apart whether that is the build, the day, or hyqa itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.index.chunking import CHUNKING
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.differences import Cause, Difference, differences
from hyqa.maintenance.release.keeping import Kept, keep, read_kept
from hyqa.maintenance.release.replaying import Reply, replay


@dataclass(frozen=True, slots=True)
class Side:
    """A snapshot: its name, what it holds, and an engine that answers from it.

    ``engine`` is None where its encoder is not the one at hand: then it is known what it replied, as far
    as that was kept, and no more.
    """

    name: str
    index: Index
    engine: Engine | None


def was_whole(root: Path, side: Side) -> bool:
    """Whether all passages of a snapshot were cut again and found the same, by the rule of today."""
    kept = read_kept(root, side.name)
    return kept is not None and kept.whole == CHUNKING


def compare_sides(
    root: Path, old: Side, asked: Sequence[Asked], after: Mapping[str, Reply], day: date
) -> tuple[dict[str, Reply], list[Difference], int]:
    """Compare what became of questions on the snapshot in force and on a new one.

    Args:
        root: folder of the index.
        old: the snapshot in force.
        asked: the questions.
        after: what the new one replied.
        day: as of which it was asked.

    Returns:
        What the old one replied by the questions' keys, the differences, and how many times it was asked.
    """
    kept = read_kept(root, old.name) or Kept(day)
    before, count = dict(kept.replies), 0
    missing = [one for one in asked if one.key not in before]
    if old.engine and missing:
        before |= replay(old.engine, missing, kept.day)
        count = len(missing)
        keep(root, old.name, replace(kept, replies=before))
    found = differences(asked, before, after)
    fresh = {one.key for one in missing} if kept.day == day else set()
    doubtful = [one.asked for one in found if one.asked.key not in fresh]
    if not old.engine or not doubtful:
        return before, found, count
    anew = replay(old.engine, doubtful, day)
    before |= {key: reply for key, reply in anew.items() if key in kept.stood}
    found = differences(asked, before, after)
    moved = [one for one in doubtful if anew[one.key] != before[one.key]]
    then = replay(old.engine, moved, kept.day)
    found = [_with_cause(one, anew, then) for one in found]
    return before, found, count + len(doubtful) + len(moved)


def _with_cause(
    one: Difference, anew: Mapping[str, Reply], then: Mapping[str, Reply]
) -> Difference:
    """A difference with its cause.

    Args:
        one: against what the old snapshot had replied.
        anew: what it replies to those that differ, as of today.
        then: what it replies to those that are other ones now, as of the day on which it was asked.
    """
    key = one.asked.key
    current = anew.get(key, one.before)
    if current == one.before:
        return one
    if then[key] != one.before:
        return replace(one, cause=Cause.PROGRAM)
    return replace(one, cause=Cause.DAY) if current == one.after else _anew(one, current)


def _anew(one: Difference, before: Reply) -> Difference:
    """The difference against what the old snapshot replies today."""
    (found,) = differences([one.asked], {one.asked.key: before}, {one.asked.key: one.after})
    return found
