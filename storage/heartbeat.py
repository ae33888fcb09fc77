"""A write that proves that the database can be written."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage.schema import Heartbeat


def beat(session: Session, now: float) -> None:
    """Write down that the bot lives, in the row that the migrations have made."""
    session.execute(update(Heartbeat).values(at=now))
