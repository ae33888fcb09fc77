"""A person behind the bot: a talk with an investor is a topic in the staff's group.

Messages are copied by Telegram from chat to chat, so that pictures and files pass as well, under
the bot's name; the bot keeps only that they were sent.
"""

from telegram import Message

from bot.dialogues.buttons import Press, button
from bot.dialogues.office import next_opening
from bot.languages import Tongue
from bot.rendering.answers import source_line
from bot.rendering.markup import escape, shorten
from bot.scene import Rows, Scene
from bot.texts import TEXTS, Texts
from hyqa import Citation, HyqaError, Status
from storage import questions
from storage.conversations import recall
from storage.desk import audit, note, open_thread, thread_of_topic
from storage.schema import DeskThread, Person, Question

TOPIC_LENGTH = 128
"""Characters that Telegram takes for the name of a topic."""
CARD_PART = 1200
"""Units of each part of the card that opens a topic: all of them fit into one message."""
STAFF = TEXTS[Tongue.SIMPLIFIED]
"""The staff's own language."""


def ask_person(scene: Scene, question_id: str = "") -> None:
    """Open a talk with the desk, about a question or without one."""
    if not scene.settings.desk_chat or not scene.is_private:
        scene.say_plain(scene.texts.desk_none)
        return
    thread = open_thread(scene.session, scene.chat.id)
    if thread:
        scene.say_plain(scene.texts.desk_already, _leave(scene.texts, thread))
        return
    question = questions.of_chat(scene.session, question_id, scene.chat.id)
    thread = DeskThread(
        chat_id=scene.chat.id,
        question_id=question.id if question else None,
        tongue=scene.tongue.value,
        opened_at=scene.now,
    )
    scene.session.add(thread)
    scene.session.flush()
    if question:
        question.asked_person = True
    _open_topic(scene, thread, question)
    scene.say_plain(_opened(scene), _leave(scene.texts, thread))


def relay_to_desk(scene: Scene, message: Message) -> bool:
    """Pass what an investor writes to the desk; says whether a talk is open."""
    thread = open_thread(scene.session, scene.chat.id) if scene.is_private else None
    if thread is None:
        return False
    desk = scene.settings.desk_chat
    _copy(scene, message, desk, desk_id=thread.id)
    note(scene.session, thread, scene.user.id, message.message_id, scene.now)
    return True


def relay_from_desk(scene: Scene, message: Message) -> bool:
    """Pass what the staff write in a topic to the investor; says whether it was for one."""
    topic = message.message_thread_id if message.is_topic_message else None
    if message.chat.id != scene.settings.desk_chat or topic is None:
        return False
    thread = thread_of_topic(scene.session, topic)
    if thread is None:
        return False
    if (message.text or "").startswith("/close"):
        close(scene, thread, "".join((message.text or "").split(maxsplit=1)[1:]))
    elif not (message.text or "").startswith("/") and thread.closed_at is None:
        _answer(scene, thread, message)
    else:
        return False
    return True


def close(scene: Scene, thread: DeskThread, outcome: str) -> None:
    """End a talk with an outcome, as a member of the staff."""
    if thread.closed_at is not None:
        return
    thread.closed_at, thread.outcome = scene.now, outcome.strip()
    audit(scene.session, scene.user.id, "desk close", f"{thread.id} {thread.outcome}", scene.now)
    done = STAFF.desk_done.format(outcome=thread.outcome or STAFF.outcome_none)
    _tell_topic(scene, thread, done)
    scene.send(thread.chat_id, escape(TEXTS[Tongue(thread.tongue)].desk_closed), apology="")


def leave(scene: Scene, thread_id: str) -> None:
    """End a talk as the investor."""
    thread = open_thread(scene.session, scene.chat.id)
    if thread is None or str(thread.id) != thread_id:
        scene.say_plain(scene.texts.gone)
        return
    thread.closed_at, thread.outcome = scene.now, "left"
    _tell_topic(scene, thread, STAFF.desk_person_left)
    scene.say_plain(scene.texts.desk_left)


def end_forgotten(scene: Scene, topic: int) -> None:
    """Tell the topic of somebody who is forgotten that the talk is over; nothing is kept of it."""
    group = {"chat_id": scene.settings.desk_chat, "message_thread_id": topic}
    scene.call("sendMessage", group | {"text": STAFF.desk_person_forgotten}, apology="")
    scene.call("closeForumTopic", group)


def _answer(scene: Scene, thread: DeskThread, message: Message) -> None:
    person = scene.session.get(Person, thread.chat_id)
    if person and person.blocked:
        _tell_topic(scene, thread, STAFF.desk_undelivered, close=False)
        return
    _copy(scene, message, thread.chat_id)
    note(scene.session, thread, scene.user.id, message.message_id, scene.now)
    audit(scene.session, scene.user.id, "desk reply", str(thread.id), scene.now)


def _copy(scene: Scene, message: Message, chat_id: int, desk_id: int | None = None) -> None:
    payload = {
        "chat_id": chat_id,
        "from_chat_id": message.chat.id,
        "message_id": message.message_id,
    }
    scene.call("copyMessage", payload, desk_id=desk_id)


def _open_topic(scene: Scene, thread: DeskThread, question: Question | None) -> None:
    """Make the topic and put the card there; the card waits for the topic in the same lane."""
    desk = scene.settings.desk_chat
    asked = question.text if question else ""
    name = STAFF.desk_topic.format(number=thread.id, question=" ".join(asked.split()))
    topic = {"chat_id": desk, "name": name.strip()[:TOPIC_LENGTH]}
    scene.call("createForumTopic", topic, desk_id=thread.id)
    scene.send(desk, _card(scene, thread, question), desk_id=thread.id, apology="")


def _card(scene: Scene, thread: DeskThread, question: Question | None) -> str:
    turns = recall(scene.session, scene.chat.id, scene.now).turns
    history = "\n".join(f"• {turn.question}" for turn in turns)
    asked = question.text if question else ""
    parts = {
        "number": str(thread.id),
        "language": TEXTS[scene.tongue].name,
        "question": escape(shorten(asked, CARD_PART)),
        "status": _status(question) if question else "",
        "found": _found(scene, question) if question else "",
        "history": escape(shorten(history, CARD_PART)),
    }
    return escape(STAFF.desk_card).format(**parts)


def _status(question: Question) -> str:
    if question.status == Status.SMALL_TALK:
        return STAFF.stats_small_talk
    if question.choices:
        return STAFF.stats_asked_back
    return STAFF.stats_answered if question.passages else STAFF.stats_not_found


def _found(scene: Scene, question: Question) -> str:
    """The sources that the bot had found, as links."""
    ids = [passage[0] for passage in question.passages] or question.nearest
    lines = []
    for id_ in list(dict.fromkeys(ids))[:1]:
        try:
            held = scene.shelf.engine.document(id_)
        except HyqaError:  # of an index before this one
            continue
        lines.append(source_line(Citation(id_, held.meta), Tongue.SIMPLIFIED))
    return "\n".join(lines)


def _opened(scene: Scene) -> str:
    opening = next_opening(scene.settings.office_hours, scene.now)
    if opening is None:
        return scene.texts.desk_opened
    hours = scene.texts.desk_hours.format(time=f"{opening:%Y-%m-%d %H:%M} (UTC+8)")
    return f"{scene.texts.desk_opened}\n{hours}"


def _leave(texts: Texts, thread: DeskThread) -> Rows:
    return [[button(texts.desk_leave, Press.END_TALK, thread.id)]]


def _tell_topic(scene: Scene, thread: DeskThread, text: str, *, close: bool = True) -> None:
    desk = scene.settings.desk_chat
    scene.send(desk, escape(text), desk_id=thread.id, apology="")
    if close:
        scene.call("closeForumTopic", {"chat_id": desk}, desk_id=thread.id)
