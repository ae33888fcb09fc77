"""What is edited on one side changes on the other."""

from telegram import Message

from bot.dialogues.desk.place import STAFF, Call, Desk, texts_of, word
from bot.dialogues.desk.relaying import NOTE_MARKS
from bot.dialogues.desk.visitors import to_page
from bot.scene import Scene
from storage.desk import STAFF as STAFFS_TURN
from storage.desk import audit, said_at_desk, said_by_investor, thread_of_topic, turn
from storage.outbox import FAILED
from storage.schema import DeskMessage, DeskThread, Outgoing
from storage.visitors import is_visitor


def edited_by_investor(scene: Scene, message: Message) -> bool:
    """Change what the staff see of an investor's message; says whether it was one of a talk."""
    found = said_by_investor(scene.session, scene.chat.id, message.message_id)
    if found is None or not scene.is_private:
        return False
    said, thread = found
    desk = Desk.of(scene)
    if thread.closed_at is None:
        thread.spoken_at = scene.now
        turn(thread, STAFFS_TURN, scene.now)
    told = desk.note(thread, STAFF.desk_edited)
    failed = word(scene.chat.id, texts_of(thread).desk_not_arrived, message.message_id)
    _change(scene, desk, message, said, _Way(desk.chat_id, told, failed, thread.id))
    return True


def edited_at_desk(scene: Scene, message: Message) -> bool:
    """Change what an investor sees of a message of the staff; says whether it is the staff's."""
    desk = Desk.of(scene)
    if not desk.chat_id or message.chat.id != desk.chat_id:
        return False
    found = said_at_desk(scene.session, message.message_id)
    if found is None:
        topic = message.message_thread_id if message.is_topic_message else None
        return topic is not None and thread_of_topic(scene.session, topic) is not None
    said, thread = found
    if said.outgoing_id is None:  # an internal note stays one
        return True
    audit(scene.session, said.author_id, "desk edit", str(thread.id), scene.now)
    if (message.text or message.caption or "").lstrip().startswith(NOTE_MARKS):
        _take_back(desk, thread, message, said)
        return True
    if is_visitor(thread.chat_id):
        if message.text:
            desk.put(to_page(thread.chat_id, message, edits=said.outgoing_id))
        return True
    told = word(thread.chat_id, texts_of(thread).desk_edited_investor, 0)
    failed = desk.note(thread, STAFF.desk_not_arrived_staff, message.message_id)
    _change(scene, desk, message, said, _Way(thread.chat_id, told, failed, None))
    return True


class _Way:
    """Where an edit goes.

    Args:
        chat_id: of the other side.
        told: the call that says there that something was edited.
        failed: the call that tells who edited it that it did not arrive.
        desk_id: of the talk, where the other side is its topic.
    """

    def __init__(self, chat_id: int, told: Call, failed: Call, desk_id: int | None) -> None:
        self.chat_id, self.told, self.failed, self.desk_id = chat_id, told, failed, desk_id


def _change(scene: Scene, desk: Desk, message: Message, said: DeskMessage, way: _Way) -> None:
    """Edit the copy; where it is gone or holds no words, copy the message anew."""
    anew: Call = {
        "chat_id": way.chat_id, "method": "copyMessage", "desk_id": way.desk_id,
        "payload": {
            "chat_id": way.chat_id, "from_chat_id": message.chat.id,
            "message_id": message.message_id,
        },
        "on_failed": [way.failed],
    }  # fmt: skip
    copy = scene.session.get(Outgoing, said.outgoing_id) if said.outgoing_id else None
    words = _words(message)
    if copy is None or copy.state == FAILED or words is None:
        row = desk.put(anew)
        scene.session.flush()
        said.outgoing_id = row.id
        desk.put(way.told | {"edits": row.id})
        return
    method, payload = words
    told = way.told | {"edits": said.outgoing_id}
    desk.put({
        "chat_id": way.chat_id, "method": method, "payload": {"chat_id": way.chat_id} | payload,
        "edits": said.outgoing_id, "on_sent": [told], "on_failed": [anew, way.told],
    })  # fmt: skip


def _words(message: Message) -> tuple[str, Call] | None:
    """The call that changes the words of a copy; None where the edit is not of words."""
    if message.text:
        entities = [one.to_dict() for one in message.entities]
        preview = {"is_disabled": True}
        return "editMessageText", {
            "text": message.text, "entities": entities, "link_preview_options": preview,
        }  # fmt: skip
    return None


def _take_back(desk: Desk, thread: DeskThread, message: Message, said: DeskMessage) -> None:
    """Delete the copy of a message that was edited into an internal note."""
    here = message.message_id
    desk.put({
        "chat_id": thread.chat_id, "method": "deleteMessage",
        "payload": {"chat_id": thread.chat_id}, "edits": said.outgoing_id,
        "on_sent": [desk.note(thread, STAFF.desk_taken_back, here)],
        "on_failed": [desk.note(thread, STAFF.desk_not_taken_back, here)],
    })  # fmt: skip
    said.outgoing_id = None
