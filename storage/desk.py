"""Talks between investors and the desk."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.schema import Audit, DeskMessage, DeskThread


def open_thread(session: Session, chat_id: int) -> DeskThread | None:
    """The open talk of an investor's chat, if there is one."""
    return session.scalars(
        select(DeskThread).where(DeskThread.chat_id == chat_id, DeskThread.closed_at.is_(None))
    ).first()


def thread_of_topic(session: Session, topic_id: int) -> DeskThread | None:
    """The talk of a topic of the staff's group, open or not."""
    return session.scalars(select(DeskThread).where(DeskThread.topic_id == topic_id)).first()


def note(session: Session, thread: DeskThread, author_id: int, message_id: int, now: float) -> None:
    """Note that something was said; what was said stays in Telegram."""
    session.add(
        DeskMessage(
            thread_id=thread.id,
            from_desk=author_id != thread.chat_id,
            author_id=author_id,
            message_id=message_id,
            at=now,
        )
    )


def audit(session: Session, actor_id: int, action: str, detail: str, now: float) -> None:
    """Note what a member of the staff did."""
    session.add(Audit(at=now, actor_id=actor_id, action=action, detail=detail))
