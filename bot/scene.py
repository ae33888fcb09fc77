"""A scene: one update, who speaks in which language, and what is said in return."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy.orm import Session
from telegram import Chat, Message, Update, User

from bot import languages
from bot.languages import Tongue
from bot.library import Shelf
from bot.settings import Settings
from bot.texts import TEXTS, Texts
from storage.desk import current_chat
from storage.outbox import put
from storage.schema import Outgoing, Person

HENGYANG_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")

Button = dict[str, Any]
Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram says of the bot."""

    id: int
    username: str


@dataclass(slots=True)
class Scene:
    """What a dialogue knows of an update, and its ways to answer: all go into the outbox."""

    session: Session
    update: Update
    shelf: Shelf
    settings: Settings
    me: Profile
    now: float
    person: Person | None = None
    tongue: Tongue = Tongue.ENGLISH
    _answers: int | None = field(default=None)

    @property
    def texts(self) -> Texts:
        """Sentences in the language of the scene."""
        return TEXTS[self.tongue]

    @property
    def chat(self) -> Chat:
        """Chat of the update.

        Raises:
            TypeError: when it belongs to none.
        """
        if self.update.effective_chat is None:
            raise TypeError("the update belongs to no chat")
        return self.update.effective_chat

    @property
    def user(self) -> User:
        """Who made the update.

        Raises:
            TypeError: when nobody did.
        """
        if self.update.effective_user is None:
            raise TypeError("the update comes from nobody")
        return self.update.effective_user

    @property
    def message(self) -> Message:
        """The message that the update brings, or that its button stands under.

        Raises:
            TypeError: when there is none that can be read.
        """
        if self.update.effective_message is None:
            raise TypeError("the update brings no message")
        return self.update.effective_message

    @property
    def desk_chat(self) -> int:
        """The staff's group, wherever it has moved to; 0 where there is none."""
        set_to = self.settings.desk_chat
        return current_chat(self.session, set_to) if set_to else 0

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads along."""
        return self.update.effective_chat is not None and self.chat.type == "private"

    @property
    def today(self) -> date:
        """The day it is in Hengyang, where documents come into force and expire."""
        return datetime.fromtimestamp(self.now, UTC).astimezone(HENGYANG_TIME).date()

    def speak_as(self, text: str = "") -> None:
        """Choose the tongue: the one that was chosen, else of a text, else of the client."""
        code = self.update.effective_user.language_code if self.update.effective_user else None
        if code is None and self.update.effective_chat and self.chat.id == self.desk_chat:
            code = Tongue.SIMPLIFIED  # of an anonymous administrator it is not known
        chosen = self.person.language if self.person and self.is_private else ""
        self.tongue = Tongue(chosen) if chosen else languages.of_text(text, code)

    def say(
        self,
        text: str,
        rows: Rows = (),
        *,
        answers: int | None = None,
        question_id: int | None = None,
    ) -> None:
        """Send HTML to the chat; in a group, as a reply to what it answers."""
        alone = self.is_private
        self.send(
            self.chat.id, text, rows, answers=answers, reply=not alone, question_id=question_id
        )

    def say_plain(self, text: str, rows: Rows = ()) -> None:
        """Send plain text to the chat."""
        self.say(html.escape(text, quote=False), rows)

    def turn(self, text: str, rows: Rows = ()) -> None:
        """Put HTML in the place of the message whose button was pressed, else send it."""
        query = self.update.callback_query
        if query is None or query.message is None:
            self.say(text, rows)
            return
        payload = message_parameters(self.chat.id, text, rows)
        payload["message_id"] = query.message.message_id
        self.call("editMessageText", payload, apology=self.texts.gone)

    def send(
        self,
        chat_id: int,
        text: str,
        rows: Rows = (),
        *,
        answers: int | None = None,
        reply: bool = False,
        question_id: int | None = None,
    ) -> None:
        """Send HTML to any chat.

        Args:
            chat_id: of the chat.
            text: HTML that fits into a message.
            rows: of buttons below it.
            answers: message that this one answers.
            reply: whether to show it as a reply to the message of the scene.
            question_id: question that it answers, so that a reply to it is understood.
        """
        payload = message_parameters(chat_id, text, rows)
        if reply and self.update.effective_message:
            payload["reply_parameters"] = {
                "message_id": self.update.effective_message.message_id,
                "allow_sending_without_reply": True,
            }
            if self.update.effective_message.is_topic_message and chat_id == self.chat.id:
                payload["message_thread_id"] = self.update.effective_message.message_thread_id
        self.call(
            "sendMessage", payload, answers=answers, question_id=question_id,
            apology=self.texts.failed, chat_id=chat_id,
        )  # fmt: skip

    def edit(
        self,
        message: Outgoing,
        text: str,
        rows: Rows = (),
        *,
        answers: int,
        question_id: int | None = None,
    ) -> None:
        """Change a message of this chat, which may still be waiting; where that is refused, send it anew.

        Whoever asked may have deleted it. Arguments are as in :meth:`send`.
        """
        payload = message_parameters(self.chat.id, text, rows)
        anew = {
            "chat_id": self.chat.id, "method": "sendMessage", "payload": payload, "answers": answers,
            "question_id": question_id, "apology": self.texts.failed,
        }  # fmt: skip
        self.call("editMessageText", payload, answers=answers, edits=message.id, on_failed=[anew])

    def send_file(self, method: str, file: bytes, name: str, caption: str = "") -> None:
        """Send a photo or a document to this chat."""
        payload: dict[str, Any] = {"chat_id": self.chat.id}
        if caption:
            payload["caption"] = caption
        if not self.is_private and self.message.is_topic_message:
            payload["message_thread_id"] = self.message.message_thread_id
        self.call(method, payload, file=file, file_name=name)

    def call(
        self,
        method: str,
        payload: dict[str, Any],
        *,
        chat_id: int | None = None,
        **more: Any,  # noqa: ANN401 - columns of the outbox
    ) -> None:
        """Make any call of the Bot API, after what was put before it for the same chat."""
        lane = payload.get("chat_id", self.user.id) if chat_id is None else chat_id
        row = Outgoing(chat_id=lane, method=method, payload=payload, created_at=self.now, **more)
        put(self.session, row)


def message_parameters(chat_id: int, text: str, rows: Rows = ()) -> dict[str, Any]:
    """Parameters of a message with buttons, its links not unfolded."""
    payload: dict[str, Any] = {
        "chat_id": chat_id,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    keyboard = [list(row) for row in rows if row]
    return payload | ({"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {})
