"""Documents that maintainers sent to have them published: one is worked on at a time."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.reader_schema import Draft

SENT, CHECKED, APPROVED = "sent", "checked", "approved"
MOST = 5
"""Drafts of one maintainer at a time."""


def put(session: Session, draft: Draft) -> bool:
    """Keep a draft; says whether there was room."""
    mine = select(func.count()).select_from(Draft).where(Draft.person_id == draft.person_id)
    if (session.scalar(mine) or 0) >= MOST:
        return False
    session.add(draft)
    session.flush()
    return True


def of_person(session: Session, draft_id: str, person_id: int) -> Draft | None:
    """The draft of a button's data that waits for a decision, if it is this person's."""
    if not draft_id.isascii() or not draft_id.isdecimal() or len(draft_id) > 9:
        return None
    draft = session.get(Draft, int(draft_id))
    return draft if draft and draft.person_id == person_id and draft.state == CHECKED else None


def next_to_do(session: Session) -> Draft | None:
    """The draft that waits longest for the bot: one that was sent, or one to be published."""
    waiting = select(Draft).where(Draft.state.in_((SENT, APPROVED)))
    return session.scalars(waiting.order_by(Draft.id).limit(1)).first()
