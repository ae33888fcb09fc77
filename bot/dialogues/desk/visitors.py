"""Readers of the page at the desk: the page keeps what they write, and the bot brings it here."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from telegram import Message

from bot.dialogues.desk.office import next_opening
from bot.dialogues.desk.place import STAFF, Call, Desk, texts_of, word
from bot.dialogues.desk.talks import open_again
from bot.dialogues.desk.topics import open_topic
from bot.library import Shelf
from bot.rendering.markup import escape
from bot.scene import message_parameters
from bot.settings import Settings
from storage.desk import STAFF as STAFFS_TURN
from storage.desk import current_chat, note, turn
from storage.mailbox import letters_of, take, touch, untaken
from storage.masking import storable
from storage.page_schema import PageLetter
from storage.schema import DeskThread, EndedTopic

_TO_TELL = select(EndedTopic).where(EndedTopic.to_tell)
"""Made once, as it is asked every other second."""


def take_letters(session: Session, settings: Settings, shelf: Shelf, now: float) -> None:
    """Bring to the desk what readers of the page have written, and tell of whom they deleted."""
    if not settings.desk_chat:
        return
    waiting = untaken(session)
    forgotten = list(session.scalars(_TO_TELL))
    if not waiting and not forgotten:
        return
    desk = Desk(session, current_chat(session, settings.desk_chat), now)
    for letter in filter(None, (take(session, one) for one in waiting)):
        _bring(desk, shelf, letter)
        _tell_hours(session, settings, letter.thread_id, now)
    for ended in forgotten:
        _tell_forgotten(desk, ended)


def to_page(chat_id: int, message: Message, **columns: Any) -> Call:  # noqa: ANN401 - of the outbox
    """The call that shows a message of the staff on a private page, or changes what it shows."""
    method = "editMessageText" if columns.get("edits") else "sendMessage"
    payload = {"chat_id": chat_id, "text": storable(message.text or "")}
    return {"chat_id": chat_id, "method": method, "payload": payload} | columns


def _bring(desk: Desk, shelf: Shelf, letter: PageLetter) -> None:
    """Put a letter into the topic of its talk, which begins with the first and is reopened by others."""
    thread = desk.session.get_one(DeskThread, letter.thread_id)
    if letters_of(desk.session, thread.id)[0].id == letter.id:
        open_topic(desk, shelf, thread, escape(STAFF.desk_page_reader) + "\n\n")
    elif thread.closed_at is not None:
        open_again(desk, thread)
        desk.tell(thread, STAFF.desk_reopened_by_investor)
    arrived = {"chat_id": thread.chat_id, "message_id": letter.id}
    row = desk.put({
        "chat_id": desk.chat_id, "method": "sendMessage", "desk_id": thread.id,
        "payload": message_parameters(desk.chat_id, escape(letter.text)),
        "on_sent": [
            {"chat_id": thread.chat_id, "method": "setMessageReaction", "payload": arrived}
        ],
        "on_failed": [word(thread.chat_id, texts_of(thread).desk_not_arrived, 0)],
    })  # fmt: skip
    desk.session.flush()
    note(
        desk.session, thread, thread.chat_id, letter.id, desk.now, from_desk=False,
        outgoing_id=row.id,
    )  # fmt: skip
    thread.spoken_at = desk.now
    turn(thread, STAFFS_TURN, desk.now)


def _tell_hours(session: Session, settings: Settings, thread_id: int, now: float) -> None:
    """Note when the staff will reply, for the page to say."""
    opening = next_opening(settings.office_hours, now)
    if opening is not None:
        session.get_one(DeskThread, thread_id).hours_told = opening.timestamp()
        touch(session, thread_id)


def _tell_forgotten(desk: Desk, ended: EndedTopic) -> None:
    group = {"chat_id": desk.chat_id, "message_thread_id": ended.topic_id}
    said = group | {"text": STAFF.desk_person_forgotten}
    for method, payload in (("sendMessage", said), ("closeForumTopic", group)):
        desk.put({"chat_id": desk.chat_id, "method": method, "payload": payload})
    ended.to_tell = False
