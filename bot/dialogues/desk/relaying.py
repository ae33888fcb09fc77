"""What one side says is brought to the other, and who said it sees whether it has arrived."""

from telegram import Message

from bot.dialogues.desk import commands
from bot.dialogues.desk.place import (
    DELIVERED,
    KEPT,
    STAFF,
    Call,
    Desk,
    reaction,
    replying,
    texts_of,
    word,
)
from bot.dialogues.desk.talks import close, closed_hours, reopen_by_staff
from bot.dialogues.desk.visitors import to_page
from bot.scene import Scene
from storage.desk import (
    INVESTOR,
    audit,
    brought,
    end_topic,
    has_ended,
    note,
    open_thread,
    original_of,
    said_at_desk,
    said_by_investor,
    thread_of_topic,
    turn,
)
from storage.desk import STAFF as STAFFS_TURN
from storage.schema import DeskThread, Person
from storage.visitors import is_visitor

NOTE_MARKS = ("//", "／／")
"""What an internal note begins with: it stays in the topic."""
_CONTENT = (
    "text", "animation", "audio", "document", "paid_media", "photo", "sticker", "story", "video",
    "video_note", "voice", "checklist", "contact", "dice", "game", "poll", "venue", "location",
)  # fmt: skip
"""What people send; all else tells of what happened in a chat, and cannot be copied."""


def speaks_to_desk(scene: Scene, message: Message) -> DeskThread | None:
    """The talk that an investor's message belongs to; None where none is open."""
    if not scene.is_private or not scene.settings.desk_chat or not _is_content(message):
        return None
    return open_thread(scene.session, scene.chat.id)


def answers_staff(scene: Scene, message: Message) -> bool:
    """Whether an investor's message replies to one of the staff, and so asks nothing of the bot."""
    replied = message.reply_to_message
    call = brought(scene.session, scene.chat.id, replied.message_id) if replied else None
    return call is not None and call.method == "copyMessage"


def relay_to_desk(scene: Scene, thread: DeskThread, message: Message) -> None:
    """Bring what an investor writes to the desk."""
    desk, here = Desk.of(scene), message.message_id
    texts = texts_of(thread)
    arrived = word(scene.chat.id, texts.desk_arrived, here)
    copy = _copy(scene, thread, message, desk.chat_id) | {
        "desk_id": thread.id,
        "on_sent": [reaction(scene.chat.id, here, DELIVERED, arrived)],
        "on_failed": [word(scene.chat.id, texts.desk_not_arrived, here)],
    }
    _put(scene, desk, thread, message, copy, from_desk=False)
    thread.spoken_at = scene.now
    turn(thread, STAFFS_TURN, scene.now)
    if hours := closed_hours(scene, thread):
        scene.say_plain(hours)


def relay_from_desk(scene: Scene, message: Message) -> bool:
    """Bring what the staff write about a talk to its investor; says whether it was about one."""
    desk = Desk.of(scene)
    if message.chat.id != desk.chat_id or not desk.chat_id:
        return False
    thread = _thread_of(scene, message)
    if thread is None:
        return _is_over(scene, desk, message)
    if (message.text or "").startswith("/") and not (message.text or "").startswith(NOTE_MARKS):
        return commands.carry_out(scene, thread, message)
    if _happened(scene, desk, thread, message) or not _is_content(message):
        return True
    if _is_internal(scene, message):
        noted = desk.note(thread, STAFF.desk_noted, message.message_id)
        desk.put(reaction(desk.chat_id, message.message_id, KEPT, noted))
        note(
            scene.session, thread, commands.actor(scene, message), message.message_id, scene.now,
            from_desk=True, outgoing_id=None,
        )  # fmt: skip
    elif thread.closed_at is not None:
        desk.put(desk.note(thread, STAFF.desk_closed_already, message.message_id))
    else:
        _deliver(scene, desk, thread, message)
    return True


def save(scene: Scene, message: Message) -> bool:
    """See to a message of a talk that could not be dealt with; says whether it was one.

    What an investor wrote is delivered without an answer beside it; staff are told to write anew.
    """
    if (message.text or "").startswith("/"):
        return False
    if thread := speaks_to_desk(scene, message):
        relay_to_desk(scene, thread, message)
        return True
    thread = _thread_of(scene, message) if message.chat.id == scene.desk_chat else None
    if thread is not None:
        desk = Desk.of(scene)
        desk.put(desk.note(thread, STAFF.desk_not_arrived_staff, message.message_id))
    return thread is not None


def _deliver(scene: Scene, desk: Desk, thread: DeskThread, message: Message) -> None:
    """Bring a message of the staff to the investor, who has not closed the chat."""
    here = message.message_id
    person = scene.session.get(Person, thread.chat_id)
    if person and person.blocked:
        desk.put(desk.note(thread, STAFF.desk_undelivered, here))
        return
    if is_visitor(thread.chat_id) and not message.text:
        desk.put(desk.note(thread, STAFF.desk_page_text_only, here))
        return
    copy = _copy(scene, thread, message, thread.chat_id) | {
        "on_sent": [reaction(desk.chat_id, here, DELIVERED, desk.note(thread, STAFF.desk_arrived_staff, here))],
        "on_failed": [desk.note(thread, STAFF.desk_not_arrived_staff, here)],
    }  # fmt: skip
    _put(scene, desk, thread, message, copy, from_desk=True)
    thread.spoken_at = scene.now
    turn(thread, INVESTOR, scene.now)
    thread.assignee = thread.assignee or commands.name_of(message)
    audit(scene.session, commands.actor(scene, message), "desk reply", str(thread.id), scene.now)


def _put(
    scene: Scene, desk: Desk, thread: DeskThread, message: Message, copy: Call, *, from_desk: bool
) -> None:
    row = desk.put(copy)
    scene.session.flush()
    author = commands.actor(scene, message)
    note(
        scene.session, thread, author, message.message_id, scene.now,
        from_desk=from_desk, outgoing_id=row.id,
    )  # fmt: skip


def _copy(scene: Scene, thread: DeskThread, message: Message, chat_id: int) -> Call:
    """The call that copies a message to the other side, as a reply to what it replies to."""
    if is_visitor(chat_id):
        return to_page(chat_id, message)
    payload = {
        "chat_id": chat_id,
        "from_chat_id": message.chat.id,
        "message_id": message.message_id,
    }
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return {"chat_id": chat_id, "method": "copyMessage", "payload": payload}
    call = brought(scene.session, message.chat.id, replied.message_id)
    if call and (said := original_of(scene.session, call)):
        payload |= replying(said.message_id)
    elif scene.is_private:
        own = said_by_investor(scene.session, message.chat.id, replied.message_id)
        edits = own[0].outgoing_id if own else None
        return {"chat_id": chat_id, "method": "copyMessage", "payload": payload, "edits": edits}
    elif own := said_at_desk(scene.session, replied.message_id, thread.id):
        edits = own[0].outgoing_id
        return {"chat_id": chat_id, "method": "copyMessage", "payload": payload, "edits": edits}
    return {"chat_id": chat_id, "method": "copyMessage", "payload": payload}


def _thread_of(scene: Scene, message: Message) -> DeskThread | None:
    """The talk of a topic; outside of topics, that of the message which is replied to."""
    if message.is_topic_message and message.message_thread_id is not None:
        return thread_of_topic(scene.session, message.message_thread_id)
    replied = message.reply_to_message
    call = brought(scene.session, message.chat.id, replied.message_id) if replied else None
    return scene.session.get(DeskThread, call.desk_id) if call and call.desk_id else None


def _is_over(scene: Scene, desk: Desk, message: Message) -> bool:
    """Tell who writes in a topic of the bot's that no talk has, or none any more."""
    topic = message.message_thread_id if message.is_topic_message else None
    if topic is None or not _is_content(message):
        return False
    if (message.text or "").startswith(("/", *NOTE_MARKS)):
        return False
    if not has_ended(scene.session, topic):
        if not _is_of_bot(scene, message):
            return False
        end_topic(scene.session, topic, scene.now)
    scene.say_plain(STAFF.desk_over)
    return True


def _is_of_bot(scene: Scene, message: Message) -> bool:
    """Whether the bot made the topic of a message: what replies to nothing else replies to its start.

    Where Telegram made a topic and its answer was lost, the bot has made another for the talk.
    """
    begun = message.reply_to_message
    return bool(
        begun
        and begun.forum_topic_created
        and begun.from_user
        and begun.from_user.id == scene.me.id
    )


def _happened(scene: Scene, desk: Desk, thread: DeskThread, message: Message) -> bool:
    """Follow what staff did to a topic with Telegram's own means; says whether it was that."""
    actor = commands.actor(scene, message)
    if message.forum_topic_closed:
        if thread.closed_at is None:
            close(desk, thread, "", actor, shut=False)
        return True
    if message.forum_topic_reopened:
        if thread.closed_at is not None:
            reopen_by_staff(desk, thread, actor, open_it=False)
        return True
    return False


def _is_internal(scene: Scene, message: Message) -> bool:
    """Whether a message stays among the staff: by its mark, or as a reply to the bot's own words."""
    if (message.text or message.caption or "").lstrip().startswith(NOTE_MARKS):
        return True
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or replied.from_user is None:
        return False
    if replied.from_user.id != scene.me.id:
        return False
    call = brought(scene.session, message.chat.id, replied.message_id)
    if call is None:
        return True
    # What a reader of the page wrote is sent by the bot, and yet is not the bot's own.
    return call.method != "copyMessage" and original_of(scene.session, call) is None


def _is_content(message: Message) -> bool:
    return any(getattr(message, kind, None) for kind in _CONTENT)
