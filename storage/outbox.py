"""The outbox: calls of the Bot API that are kept until they were made."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.schema import DeskThread, MovedChat, Outgoing, Person

WAITING, SENT, FAILED = "waiting", "sent", "failed"
_CHATS = "chats"
_TOPIC = "message_thread_id"
_MESSAGES = ("send", "copy")
"""What the methods begin with that put a message into a chat."""


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
    _note_put(session, call.chat_id)


def _note_put(session: Session, chat_id: int) -> None:
    """Note that something waits for a chat, so that its lane is woken after the commit."""
    session.info.setdefault(_CHATS, set()).add(chat_id)


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
    row = _making_topic(session, row) or row
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
    _follow(session, row.on_sent, now)
    if not isinstance(result, dict):
        return
    row.message_id = result.get("message_id", row.message_id)
    if row.method == "createForumTopic" and row.desk_id:
        session.get_one(DeskThread, row.desk_id).topic_id = result.get(_TOPIC)


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
    _follow(session, row.on_failed, now)
    if row.apology:
        payload = {"chat_id": row.chat_id, "text": row.apology}
        session.add(
            Outgoing(chat_id=row.chat_id, method="sendMessage", payload=payload, created_at=now)
        )


def leave_topic(session: Session, call_id: int) -> bool:
    """Have a message to a topic that is gone sent to its group at large; says whether it was to one.

    What it replies to is gone as well; Telegram sends such a reply as a message by itself.
    """
    row = session.get(Outgoing, call_id)
    if row is None or not row.method.startswith(_MESSAGES):
        return False
    if row.desk_id is None and not row.payload.get(_TOPIC):
        return False
    row.payload = row.payload | {_TOPIC: None}
    return True


def record_closed(session: Session, chat_id: int, call_id: int, now: float) -> None:
    """Note that a chat was closed to the bot when a call was made: that call is not sent.

    What was put after it is tried for itself: whoever writes has opened the chat again, and no
    clock tells which came first.
    """
    waiting = select(Outgoing).where(
        Outgoing.chat_id == chat_id, Outgoing.state == WAITING, Outgoing.id <= call_id
    )
    for row in list(session.scalars(waiting.order_by(Outgoing.id))):
        row.state, row.settled_at = FAILED, now
        _follow(session, row.on_failed, now)
    session.execute(update(Person).where(Person.id == chat_id).values(blocked=True))


def record_moved(session: Session, chat_id: int, new_id: int) -> None:
    """Follow a group that has become a supergroup, under another id, and note where it is."""
    session.merge(MovedChat(old_id=chat_id, new_id=new_id))
    waiting = (Outgoing.chat_id == chat_id, Outgoing.state == WAITING)
    for row in session.execute(select(Outgoing).where(*waiting)).scalars():
        row.chat_id, row.payload = new_id, row.payload | {"chat_id": new_id}
        _note_put(session, new_id)


def _addressed(session: Session, row: Outgoing) -> dict[str, Any]:
    """The parameters, with what calls before this one have made meanwhile: topic, message."""
    payload = row.payload
    if row.edits is not None:
        edited = session.get(Outgoing, row.edits)
        payload = payload | _referring(row.method, (edited and edited.message_id) or 0)
    if payload.get(_TOPIC, _TOPIC) is None:  # said outside of topics, see leave_topic
        return {name: value for name, value in payload.items() if name != _TOPIC}
    if row.desk_id is None or row.method == "createForumTopic":
        return payload
    topic = session.get_one(DeskThread, row.desk_id).topic_id
    return payload | ({_TOPIC: topic} if topic else {})


def _making_topic(session: Session, row: Outgoing) -> Outgoing | None:
    """The call that makes the topic which a call is to go to, where it waits behind that one."""
    if row.desk_id is None or session.get_one(DeskThread, row.desk_id).topic_id:
        return None
    making = select(Outgoing).where(
        Outgoing.desk_id == row.desk_id,
        Outgoing.state == WAITING,
        Outgoing.method == "createForumTopic",
    )
    return session.scalars(making.order_by(Outgoing.id).limit(1)).first()


def _referring(method: str, message_id: int) -> dict[str, Any]:
    """Parameters that name the message of an earlier call: what is sent anew replies to it."""
    if not method.startswith(("send", "copy")):
        return {"message_id": message_id}
    reply = {"message_id": message_id, "allow_sending_without_reply": True}
    return {"reply_parameters": reply} if message_id else {}


def _follow(session: Session, calls: list[Any], now: float) -> None:
    """Put the calls that follow one: columns by their names. Of a talk that is gone, none is."""
    for columns in calls:
        desk_id: int | None = columns.get("desk_id")
        if desk_id is None or session.get(DeskThread, desk_id) is not None:
            put(session, Outgoing(created_at=now, **columns))
