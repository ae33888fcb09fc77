"""Updates that were handled: each is answered once, however often Telegram hands it over."""

from sqlalchemy.orm import Session

from storage.schema import HandledUpdate


def is_handled(session: Session, update_id: int, mark: str) -> bool:
    """Whether the answer to an update is safe already.

    Args:
        session: of the database.
        update_id: that Telegram gave it; given again to others, some time after a silent week.
        mark: what tells it from others of the same number.
    """
    row = session.get(HandledUpdate, update_id)
    return row is not None and row.mark in ("", mark)


def record_handled(session: Session, update_id: int, mark: str, now: float) -> None:
    """Note, with its answer, that an update was handled.

    Raises:
        sqlalchemy.exc.IntegrityError: when another transaction has just noted it.
    """
    row = session.get(HandledUpdate, update_id)
    if row is None:
        session.add(HandledUpdate(id=update_id, mark=mark, at=now))
    else:
        row.mark, row.at = mark, now
    session.flush()
