"""The topic of a talk: its card, and another one where it was deleted."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogues.desk.place import STAFF, Desk, texts_of, word
from bot.languages import Tongue
from bot.library import Shelf
from bot.rendering.answers import source_line
from bot.rendering.markup import escape, shorten
from bot.scene import HENGYANG_TIME, message_parameters
from bot.texts import TEXTS
from hyqa import Citation, HyqaError, Status
from storage.conversations import recall
from storage.desk import current_chat, messages_of
from storage.page_schema import PageLetter
from storage.requeueing import requeued, waiting_for_topic
from storage.schema import DeskThread, Outgoing, Question
from storage.visitors import is_visitor

TOPIC_LENGTH = 128
"""Characters that Telegram takes for the name of a topic."""
CARD_PART = 1200
"""Units of each part of the card that opens a topic: all of them fit into one message."""
_SAID = ("sendMessage", "copyMessage")


def open_topic(desk: Desk, shelf: Shelf, thread: DeskThread, lead: str = "") -> None:
    """Make the topic and put the card there; the card waits for the topic in the same lane.

    Where no topic can be made, the card and all else stand in the group itself, and staff answer
    by replying to them.
    """
    question = _question(desk, thread)
    asked = " ".join(question.text.split()) if question else ""
    name = STAFF.desk_topic.format(number=thread.id, question=asked).strip()[:TOPIC_LENGTH]
    untopical = desk.note(thread, STAFF.desk_no_topic.format(number=thread.id))
    desk.put({
        "chat_id": desk.chat_id, "method": "createForumTopic", "desk_id": thread.id,
        "payload": {"chat_id": desk.chat_id, "name": name}, "on_failed": [untopical],
    })  # fmt: skip
    payload = message_parameters(desk.chat_id, lead + _card(desk, shelf, thread, question))
    desk.put({
        "chat_id": desk.chat_id, "method": "sendMessage", "payload": payload, "desk_id": thread.id,
        "on_failed": [word(thread.chat_id, texts_of(thread).desk_unreached, 0)],
    })  # fmt: skip


def heal(session: Session, call_id: int, shelf: Shelf, group: int, now: float) -> bool:
    """Make another topic for a talk whose topic was deleted, and say there what waits for it.

    Args:
        session: of the database.
        call_id: of the call that found no topic.
        shelf: of the index in force.
        group: the staff's, as it is set.
        now: seconds since the epoch.

    Returns:
        Whether the call will be made again. One of a talk that is over is not.
    """
    lost = session.get(Outgoing, call_id)
    thread = session.get(DeskThread, lost.desk_id) if lost and lost.desk_id else None
    if lost is None or thread is None or thread.closed_at is not None or lost.method not in _SAID:
        return False
    desk = Desk(session, current_chat(session, group), now)
    thread.topic_id = None
    session.flush()  # SQLite: from now on nobody else writes, so that no call slips in between
    waiting = waiting_for_topic(session, thread)
    said = messages_of(session, thread)
    since = f"{datetime.fromtimestamp(thread.opened_at, HENGYANG_TIME):%Y-%m-%d %H:%M}"
    lead = STAFF.desk_healed.format(since=since, count=len(said), who=thread.assignee or "—")
    open_topic(desk, shelf, thread, escape(lead) + "\n\n")
    under_way = {row.id for row in waiting}
    for one in said:
        # Nobody has replied to these: they may have been deleted unread.
        unanswered = not one.from_desk and one.at >= (thread.waits_since or now)
        if thread.waits_for == "staff" and unanswered and one.outgoing_id not in under_way:
            one.outgoing_id = _copy_again(desk, thread, one.message_id)
    requeued(session, waiting)
    return True


def _copy_again(desk: Desk, thread: DeskThread, message_id: int) -> int:
    method, payload = "copyMessage", {
        "chat_id": desk.chat_id, "from_chat_id": thread.chat_id, "message_id": message_id,
    }  # fmt: skip
    if is_visitor(thread.chat_id):
        letter = desk.session.get(PageLetter, message_id)
        text = escape(letter.text if letter else "")
        method, payload = "sendMessage", message_parameters(desk.chat_id, text)
    row = desk.put({
        "chat_id": desk.chat_id, "method": method, "payload": payload, "desk_id": thread.id,
    })  # fmt: skip
    desk.session.flush()
    return row.id


def _question(desk: Desk, thread: DeskThread) -> Question | None:
    return desk.session.get(Question, thread.question_id) if thread.question_id else None


def _card(desk: Desk, shelf: Shelf, thread: DeskThread, question: Question | None) -> str:
    turns = recall(desk.session, thread.chat_id, desk.now).turns
    history = "\n".join(f"• {turn.question}" for turn in turns)
    asked = question.text if question else ""
    parts = {
        "number": str(thread.id),
        "language": TEXTS[Tongue(thread.tongue)].name,
        "question": escape(shorten(asked, CARD_PART)),
        "status": _status(question) if question else "",
        "found": _found(shelf, question) if question else "",
        "history": escape(shorten(history, CARD_PART)),
    }
    return escape(STAFF.desk_card).format(**parts)


def _status(question: Question) -> str:
    if question.status == Status.SMALL_TALK:
        return STAFF.stats_small_talk
    if question.choices:
        return STAFF.stats_asked_back
    return STAFF.stats_answered if question.passages else STAFF.stats_not_found


def _found(shelf: Shelf, question: Question) -> str:
    """The sources that the bot had found, as links."""
    ids = [passage[0] for passage in question.passages] or question.nearest
    lines = []
    for id_ in list(dict.fromkeys(ids))[:1]:
        try:
            held = shelf.engine.document(id_)
        except HyqaError:  # of an index before this one
            continue
        lines.append(source_line(Citation(id_, held.meta), Tongue.SIMPLIFIED))
    return "\n".join(lines)
