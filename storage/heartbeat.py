"""A write that proves that the database can be written."""

from sqlalchemy.orm import Session

from storage.schema import Heartbeat

_ROW = 1


def beat(session: Session, now: float) -> None:
    """Write down that the bot lives."""
    row = session.get(Heartbeat, _ROW)
    if row is None:
        session.add(Heartbeat(id=_ROW, at=now))
    else:
        row.at = now
