"""Updates that were handled: each is answered once, however often Telegram hands it over."""

from sqlalchemy.orm import Session

from storage.schema import HandledUpdate


def is_handled(session: Session, update_id: int) -> bool:
    """Whether the answer to an update is safe already."""
    return session.get(HandledUpdate, update_id) is not None


def record_handled(session: Session, update_id: int, now: float) -> None:
    """Note, with its answer, that an update was handled.

    Raises:
        sqlalchemy.exc.IntegrityError: when another transaction has just noted it.
    """
    session.add(HandledUpdate(id=update_id, at=now))
    session.flush()
