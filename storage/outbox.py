"""The outbox: calls of the Bot API that are kept until they were made."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.schema import DeskThread, Outgoing, Person

WAITING, SENT, FAILED = "waiting", "sent", "failed"
_CHATS = "chats"


@dataclass(frozen=True, slots=True)
class Call:
    """A call to be made; ``payload`` are its parameters."""

    id: int
    chat_id: int
    method: str
    payload: dict[str, Any]
    attempts: int
    created_at: float
    file: bytes | None
    file_name: str


def put(session: Session, call: Outgoing) -> None:
    """Add a call to the outbox."""
    session.add(call)
    session.info.setdefault(_CHATS, set()).add(call.chat_id)


def chats_put(session: Session) -> set[int]:
    """Chats that something was added for in this session."""
    chats: set[int] = session.info.get(_CHATS, set())
    return chats


def chats_waiting(session: Session) -> list[int]:
    """Chats that have calls waiting, those that wait longest first."""
    rows = session.execute(
        select(Outgoing.chat_id).where(Outgoing.state == WAITING).order_by(Outgoing.id)
    )
    return list(dict.fromkeys(rows.scalars()))


def next_call(session: Session, chat_id: int) -> Call | None:
    """The oldest call that waits in a chat, ready to be made."""
    row = session.execute(
        select(Outgoing)
        .where(Outgoing.state == WAITING, Outgoing.chat_id == chat_id)
        .order_by(Outgoing.id)
        .limit(1)
    ).scalar_one_or_none()
    if row is None:
        return None
    return Call(
        row.id,
        row.chat_id,
        row.method,
        _addressed(session, row),
        row.attempts,
        row.created_at,
        row.file,
        row.file_name,
    )


def is_behind_another(session: Session, call: Outgoing) -> bool:
    """Whether a call waits behind another of its chat, so that nobody can have made it yet."""
    first = next_call(session, call.chat_id)
    return first is not None and first.id < call.id


def record_sent(session: Session, call_id: int, result: object, now: float) -> None:
    """Note that a call was made, and what Telegram made of it."""
    row = session.get(Outgoing, call_id)
    if row is None:
        return
    row.state, row.settled_at = SENT, now
    opened = update(Person).where(Person.id == row.chat_id, Person.blocked)
    session.execute(opened.values(blocked=False))
    if not isinstance(result, dict):
        return
    row.message_id = result.get("message_id", row.message_id)
    if row.method == "createForumTopic" and row.desk_id:
        session.get_one(DeskThread, row.desk_id).topic_id = result.get("message_thread_id")


def record_attempt(session: Session, call_id: int) -> None:
    """Note that a call did not get through and will be tried again."""
    session.execute(
        update(Outgoing).where(Outgoing.id == call_id).values(attempts=Outgoing.attempts + 1)
    )


def record_failed(session: Session, call_id: int, now: float) -> None:
    """Note that a call was refused for good; what is to be said instead is put in its place."""
    row = session.get(Outgoing, call_id)
    if row is None:
        return
    row.state, row.settled_at = FAILED, now
    if row.apology:
        payload = {"chat_id": row.chat_id, "text": row.apology}
        session.add(
            Outgoing(chat_id=row.chat_id, method="sendMessage", payload=payload, created_at=now)
        )


def record_closed(session: Session, chat_id: int, call_id: int, now: float) -> None:
    """Note that a chat was closed to the bot when a call was made: that call is not sent.

    What was put after it is tried for itself: whoever writes has opened the chat again, and no
    clock tells which came first.
    """
    session.execute(
        update(Outgoing)
        .where(Outgoing.chat_id == chat_id, Outgoing.state == WAITING, Outgoing.id <= call_id)
        .values(state=FAILED, settled_at=now)
    )
    session.execute(update(Person).where(Person.id == chat_id).values(blocked=True))


def record_moved(session: Session, chat_id: int, new_id: int) -> None:
    """Follow a group that has become a supergroup, under another id."""
    waiting = (Outgoing.chat_id == chat_id, Outgoing.state == WAITING)
    for row in session.execute(select(Outgoing).where(*waiting)).scalars():
        row.chat_id, row.payload = new_id, row.payload | {"chat_id": new_id}


def _addressed(session: Session, row: Outgoing) -> dict[str, Any]:
    """The parameters, with what calls before this one have made meanwhile: topic, message."""
    payload = row.payload
    if row.edits is not None:
        edited = session.get(Outgoing, row.edits)
        payload = payload | {"message_id": (edited and edited.message_id) or 0}
    if row.desk_id is None or row.method == "createForumTopic":
        return payload
    topic = session.get_one(DeskThread, row.desk_id).topic_id
    return payload | ({"message_thread_id": topic} if topic else {})
