"""Talks between investors and the desk."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from storage.schema import Audit, DeskMessage, DeskThread, EndedTopic, MovedChat, Outgoing

STAFF, INVESTOR = "staff", "investor"
"""Whose turn it is in a talk."""


def open_thread(session: Session, chat_id: int) -> DeskThread | None:
    """The open talk of an investor's chat, if there is one."""
    return session.scalars(
        select(DeskThread).where(DeskThread.chat_id == chat_id, DeskThread.closed_at.is_(None))
    ).first()


def open_threads(session: Session) -> list[DeskThread]:
    """All open talks, those that wait for the staff first, the longest wait first."""
    open_ones = select(DeskThread).where(DeskThread.closed_at.is_(None)).order_by(DeskThread.id)
    return sorted(
        session.scalars(open_ones),
        key=lambda one: (one.waits_for != STAFF, one.waits_since or one.opened_at),
    )


def last_closed(session: Session, chat_id: int, since: float) -> DeskThread | None:
    """The talk of an investor's chat that ended last, if it did since a time."""
    return session.scalars(
        select(DeskThread)
        .where(DeskThread.chat_id == chat_id, DeskThread.closed_at >= since)
        .order_by(DeskThread.closed_at.desc())
        .limit(1)
    ).first()


def talk_of_chat(session: Session, thread_id: str, chat_id: int) -> DeskThread | None:
    """The talk of a button's data, if it is of this chat."""
    if not thread_id.isascii() or not thread_id.isdecimal() or len(thread_id) > 9:
        return None
    thread = session.get(DeskThread, int(thread_id))
    return thread if thread and thread.chat_id == chat_id else None


def thread_of_topic(session: Session, topic_id: int) -> DeskThread | None:
    """The talk of a topic of the staff's group, open or not."""
    return session.scalars(select(DeskThread).where(DeskThread.topic_id == topic_id)).first()


def has_ended(session: Session, topic_id: int) -> bool:
    """Whether a topic is that of no talk: nothing is kept of it, or there is another topic for it."""
    return session.get(EndedTopic, topic_id) is not None


def end_topic(session: Session, topic_id: int, now: float) -> None:
    """Note that a topic is that of no talk."""
    session.merge(EndedTopic(topic_id=topic_id, at=now, to_tell=False))


def turn(thread: DeskThread, whose: str, now: float) -> None:
    """Note whose turn it is in a talk; who has waited already goes on waiting since then."""
    if thread.waits_for != whose or thread.waits_since is None:
        thread.waits_for, thread.waits_since = whose, (now if whose else None)


def current_chat(session: Session, chat_id: int) -> int:
    """Where a group is by now; a group that became a supergroup has another number."""
    seen = {chat_id}
    while (moved := session.get(MovedChat, chat_id)) and moved.new_id not in seen:
        chat_id = moved.new_id
        seen.add(chat_id)
    return chat_id


def note(
    session: Session, thread: DeskThread, author_id: int, message_id: int, now: float,
    *, from_desk: bool, outgoing_id: int | None,
) -> None:  # fmt: skip
    """Note that something was said; what was said stays in Telegram."""
    session.add(
        DeskMessage(
            thread_id=thread.id,
            from_desk=from_desk,
            author_id=author_id,
            message_id=message_id,
            at=now,
            outgoing_id=outgoing_id,
        )
    )


def messages_of(session: Session, thread: DeskThread) -> list[DeskMessage]:
    """All that was said in a talk, in order."""
    said = select(DeskMessage).where(DeskMessage.thread_id == thread.id)
    return list(session.scalars(said.order_by(DeskMessage.id)))


def said_by_investor(
    session: Session, chat_id: int, message_id: int
) -> tuple[DeskMessage, DeskThread] | None:
    """What an investor's message said in a talk, if it did, and in which."""
    return _said(session, DeskThread.chat_id == chat_id, message_id, from_desk=False)


def said_at_desk(
    session: Session, message_id: int, thread_id: int | None = None
) -> tuple[DeskMessage, DeskThread] | None:
    """What a message of the staff said in a talk, if it did, and in which."""
    where = DeskThread.id == thread_id if thread_id is not None else DeskThread.id.is_not(None)
    return _said(session, where, message_id, from_desk=True)


def brought(session: Session, chat_id: int, message_id: int) -> Outgoing | None:
    """The call that brought a message of the bot into a chat, if it is kept."""
    return session.scalars(
        select(Outgoing)
        .where(Outgoing.chat_id == chat_id, Outgoing.message_id == message_id)
        .order_by(Outgoing.id)
        .limit(1)
    ).first()


def original_of(session: Session, call: Outgoing) -> DeskMessage | None:
    """What was said and brought to the other side by a call; None for the bot's own words."""
    said = select(DeskMessage).where(DeskMessage.outgoing_id == call.id)
    return session.scalars(said).first()


def audit(session: Session, actor_id: int, action: str, detail: str, now: float) -> None:
    """Note what a member of the staff did."""
    session.add(Audit(at=now, actor_id=actor_id, action=action, detail=detail))


def _said(
    session: Session, where: ColumnElement[bool], message_id: int, *, from_desk: bool
) -> tuple[DeskMessage, DeskThread] | None:
    row = session.execute(
        select(DeskMessage, DeskThread)
        .join(DeskThread, DeskMessage.thread_id == DeskThread.id)
        .where(where, DeskMessage.message_id == message_id)
        .where(DeskMessage.from_desk.is_(from_desk))
        .order_by(DeskMessage.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None
