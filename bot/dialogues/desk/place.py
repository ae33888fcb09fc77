"""The staff's side of the bot: where it is, and what is said there and to the investor."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.languages import Tongue
from bot.rendering.markup import escape
from bot.scene import Rows, Scene, message_parameters
from bot.texts import TEXTS, Texts
from storage.mailbox import touch
from storage.outbox import put
from storage.schema import DeskThread, Outgoing
from storage.visitors import is_visitor

STAFF = TEXTS[Tongue.SIMPLIFIED]
"""The staff's own language."""
DELIVERED, KEPT = "👌", "✍"
"""Reactions to a message: it has arrived on the other side; it is kept as an internal note."""

Call = dict[str, Any]
"""Columns of a call that follows another one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk at a moment.

    Args:
        session: of the database.
        chat_id: of the staff's group.
        now: seconds since the epoch.
    """

    session: Session
    chat_id: int
    now: float

    @classmethod
    def of(cls, scene: Scene) -> "Desk":
        """The desk of a scene."""
        return cls(scene.session, scene.desk_chat, scene.now)

    def put(self, call: Call) -> Outgoing:
        """Put a call into the outbox."""
        row = Outgoing(created_at=self.now, **call)
        put(self.session, row)
        return row

    def tell(self, thread: DeskThread, text: str, **more: Any) -> None:  # noqa: ANN401 - columns
        """Say something to the staff in the topic of a talk."""
        self.put(self.note(thread, text) | more)

    def note(self, thread: DeskThread, text: str, message_id: int = 0) -> Call:
        """The call that says something in the topic of a talk, or below a message of it."""
        payload = message_parameters(self.chat_id, escape(text)) | replying(message_id)
        return _call(self.chat_id, "sendMessage", payload, desk_id=thread.id)

    def close_topic(self, thread: DeskThread) -> None:
        """Close the topic of a talk, if it has one."""
        self._turn_topic(thread, "closeForumTopic")

    def reopen_topic(self, thread: DeskThread) -> None:
        """Open the topic of a talk anew, if it has one."""
        self._turn_topic(thread, "reopenForumTopic")

    def tell_investor(self, thread: DeskThread, text: str, rows: Rows = ()) -> None:
        """Say something to the investor of a talk; a private page tells how it stands by itself."""
        if is_visitor(thread.chat_id):
            touch(self.session, thread.id)
            return
        payload = message_parameters(thread.chat_id, escape(text), rows)
        self.put(_call(thread.chat_id, "sendMessage", payload))

    def _turn_topic(self, thread: DeskThread, method: str) -> None:
        self.put(_call(self.chat_id, method, {"chat_id": self.chat_id}, desk_id=thread.id))


def texts_of(thread: DeskThread) -> Texts:
    """Sentences in the language of the investor."""
    return TEXTS[Tongue(thread.tongue)]


def word(chat_id: int, text: str, message_id: int) -> Call:
    """The call that says something below a message, in a chat that is no topic of the desk."""
    payload = message_parameters(chat_id, escape(text)) | replying(message_id)
    return _call(chat_id, "sendMessage", payload)


def reaction(chat_id: int, message_id: int, emoji: str, otherwise: Call) -> Call:
    """The call that reacts to a message; a chat that allows no such reaction is told in words."""
    payload = {
        "chat_id": chat_id,
        "message_id": message_id,
        "reaction": [{"type": "emoji", "emoji": emoji}],
    }
    return _call(chat_id, "setMessageReaction", payload, on_failed=[otherwise])


def replying(message_id: int) -> dict[str, Any]:
    """Parameters that show a message as a reply; none for no message."""
    if not message_id:
        return {}
    shown = {"message_id": message_id, "allow_sending_without_reply": True}
    return {"reply_parameters": shown}


def _call(chat_id: int, method: str, payload: dict[str, Any], **more: Any) -> Call:  # noqa: ANN401
    return {"chat_id": chat_id, "method": method, "payload": payload} | more
