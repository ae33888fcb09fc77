"""What became of questions on an old snapshot and on a new one, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.replaying import Reply


class Change(StrEnum):
    """How an answer differs."""

    LOST = "lost"
    """It was answered, and no longer is."""
    GAINED = "gained"
    """It was not answered, and now is."""
    CITED = "cited"
    """It is answered from other documents."""
    WORDS = "words"
    """It is answered by other words of the same documents."""
    REFUSED = "refused"
    """It is not answered in either, in another way: refused, asked back, or failed."""


class Cause(StrEnum):
    """Why the old snapshot does not say any more what it said."""

    BUILD = "build"
    """It still does: what differs is the new snapshot."""
    DAY = "day"
    """The day: a document has come into force or ended since."""
    PROGRAM = "program"
    """hyqa itself or its calibration: as of the same day, the old snapshot answers otherwise, too."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question of which something else became."""

    asked: Asked
    change: Change
    before: Reply
    after: Reply
    cause: Cause = Cause.BUILD

    @property
    def golden_lost(self) -> bool:
        """Whether a golden question had what is expected of it, and no longer has."""
        return bool(self.before.right) and self.after.right is False

    @property
    def golden_gained(self) -> bool:
        """Whether a golden question now has what is expected of it."""
        return self.before.right is False and bool(self.after.right)


def differences(
    asked: Sequence[Asked], before: Mapping[str, Reply], after: Mapping[str, Reply]
) -> list[Difference]:
    """Compare what became of questions, those that both were asked, in order."""
    found: list[Difference] = []
    for one in asked:
        old, new = before.get(one.key), after.get(one.key)
        if old and new and old != new:
            found.append(Difference(one, _change(old, new), old, new))
    return found


def _change(before: Reply, after: Reply) -> Change:
    if not before.documents and not after.documents:
        return Change.REFUSED
    if not after.documents:
        return Change.LOST
    if not before.documents:
        return Change.GAINED
    return Change.WORDS if before.documents == after.documents else Change.CITED
