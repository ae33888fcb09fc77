"""What changed in the documents: found once, by the bot or the page, and kept for feeds and alerts."""

import logging
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from hyqa import Change, SnapshotError, snapshot_changes
from storage.database import Database
from storage.reader_schema import ChangesRead, PassageChange

MOST = 1000
"""Changes of one snapshot that are kept; where more changed, the documents were made anew."""

_ROW = 1
_log = logging.getLogger(__name__)


def look(database: Database, folder: Path, snapshot: str, today: date, now: float) -> int:
    """Record what changed since the last look; gives how many changes there were.

    The first look of all records nothing: what has always been there is no news. Of processes that
    look at once, one records. Where the snapshot of before is gone, recording begins anew.

    Args:
        database: shared by the bot and the page.
        folder: of the index.
        snapshot: name of the one in use.
        today: the day it is where the documents come into force.
        now: seconds since the epoch.
    """
    with database.session() as session:
        before = session.get(ChangesRead, _ROW)
        if before is None:
            day = today.isoformat()
            session.add(ChangesRead(id=_ROW, snapshot=snapshot, day=day, at=now, told=""))
    if before is None or (before.snapshot, before.day) == (snapshot, today.isoformat()):
        return 0
    since = min(date.fromisoformat(before.day), today)  # a clock may have been set back
    try:
        found = snapshot_changes(folder, before.snapshot, snapshot, since=since, until=today)
    except SnapshotError:
        _log.warning("The snapshot of before is gone; changes are recorded from this one on")
        found = ()
    with database.session() as session:
        return _record(session, before, found[:MOST], ChangesRead(
            snapshot=snapshot, day=today.isoformat(), at=now
        ))  # fmt: skip


def state(session: Session) -> ChangesRead | None:
    """Up to where changes are recorded; None before the first look."""
    return session.get(ChangesRead, _ROW)


def kept(session: Session, *, language: str, limit: int) -> list[PassageChange]:
    """The changes of documents in a language, the newest first."""
    own = select(PassageChange).where(PassageChange.language == language)
    return list(session.scalars(own.order_by(PassageChange.id.desc()).limit(limit)))


def after(session: Session, number: int, before: float) -> list[PassageChange]:
    """The changes beyond one, by its number, that were found before a time, in their order."""
    found = select(PassageChange).where(PassageChange.id > number, PassageChange.at <= before)
    return list(session.scalars(found.order_by(PassageChange.id)))


def of_document(session: Session, document_id: str, since: float) -> list[PassageChange]:
    """What changed in a document since a time, in its order."""
    found = select(PassageChange).where(
        PassageChange.document_id == document_id, PassageChange.at >= since
    )
    return list(session.scalars(found.order_by(PassageChange.id)))


def last_number(session: Session) -> int:
    """The number of the last change; 0 before the first."""
    newest = select(PassageChange.id).order_by(PassageChange.id.desc()).limit(1)
    return session.scalars(newest).first() or 0


def _record(
    session: Session, before: ChangesRead, found: tuple[Change, ...], state: ChangesRead
) -> int:
    """Keep changes, unless another process has recorded them meanwhile."""
    same = (
        ChangesRead.id == _ROW,
        ChangesRead.snapshot == before.snapshot,
        ChangesRead.day == before.day,
    )
    values = {"snapshot": state.snapshot, "day": state.day, "at": state.at}
    done = cast("CursorResult[None]", session.execute(
        update(ChangesRead).where(*same).values(values)
    ))  # fmt: skip
    if done.rowcount != 1:
        return 0
    session.add_all(_row(one, state.at) for one in found)
    return len(found)


def _row(change: Change, now: float) -> PassageChange:
    fields = asdict(change)
    (start, end), path = fields.pop("span"), fields.pop("heading_path")
    fields |= {"kind": change.kind.value, "language": change.language.value}
    fields["reason"] = change.reason.value if change.reason else ""
    return PassageChange(**fields, headings=list(path), start=start, end=end, at=now)
