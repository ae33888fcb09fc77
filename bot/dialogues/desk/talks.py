"""A talk from its beginning to its end, and anew: what each side is told of it."""

from bot.dialogues.buttons import Press, button, url_button
from bot.dialogues.desk import topics
from bot.dialogues.desk.office import next_opening
from bot.dialogues.desk.place import STAFF, Desk, texts_of
from bot.scene import Rows, Scene
from bot.texts import Texts
from hyqa import Answer
from storage import questions
from storage.desk import audit, last_closed, open_thread, talk_of_chat, turn
from storage.retention import DAY
from storage.schema import DeskThread

PAYLOAD = "person"
"""What stands behind ``?start=`` of the link that leads from a group to the desk."""
LEFT, SILENT = "left", "silence"
"""Outcomes that no member of the staff wrote."""
FRESH = DAY
"""Seconds after its end in which what is written may still be meant for the staff."""


def ask_person(scene: Scene, question_id: str = "") -> None:
    """Open a talk with the desk, about a question or without one."""
    if not scene.settings.desk_chat:
        scene.say_plain(scene.texts.desk_none)
        return
    if not scene.is_private:
        link = f"https://t.me/{scene.me.username}?start={PAYLOAD}"
        rows = [[url_button(scene.texts.desk_private_open, link)]]
        scene.say_plain(scene.texts.desk_private, rows)
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
        spoken_at=scene.now,
    )
    turn(thread, "staff" if question else "", scene.now)
    scene.session.add(thread)
    scene.session.flush()
    if question:
        question.asked_person = True
    topics.open_topic(Desk.of(scene), scene.shelf, thread)
    hours = closed_hours(scene, thread)
    words = scene.texts.desk_opened + (f"\n{hours}" if hours else "")
    scene.say_plain(words, _leave(scene.texts, thread))


def closed_hours(scene: Scene, thread: DeskThread) -> str:
    """Say when the staff will reply, once for each time that the desk is closed; '' otherwise."""
    opening = next_opening(scene.settings.office_hours, scene.now)
    if opening is None or thread.hours_told == opening.timestamp():
        return ""
    thread.hours_told = opening.timestamp()
    return scene.texts.desk_hours.format(time=f"{opening:%Y-%m-%d %H:%M} (UTC+8)")


def close(desk: Desk, thread: DeskThread, outcome: str, actor: int, *, shut: bool = True) -> None:
    """End a talk with an outcome, as a member of the staff.

    Args:
        desk: of the staff.
        thread: the talk, which is open.
        outcome: as it was written.
        actor: who closed it.
        shut: whether its topic is still to be closed.
    """
    thread.closed_at, thread.outcome = desk.now, outcome.strip()
    audit(desk.session, actor, "desk close", f"{thread.id} {thread.outcome}".strip(), desk.now)
    desk.tell(thread, STAFF.desk_done.format(outcome=thread.outcome or STAFF.outcome_none))
    if shut:
        desk.close_topic(thread)
    desk.tell_investor(thread, texts_of(thread).desk_closed, again(texts_of(thread), thread))


def close_by_itself(desk: Desk, thread: DeskThread, days: int) -> None:
    """End a talk in which nothing was said for days, and tell both sides."""
    unanswered = thread.waits_for == "staff"
    thread.closed_at, thread.outcome = desk.now, SILENT
    texts = texts_of(thread)
    told = STAFF.desk_unanswered if unanswered else STAFF.desk_silent
    said = texts.desk_unanswered_investor if unanswered else texts.desk_silent_investor
    desk.tell(thread, told.format(days=days))
    desk.close_topic(thread)
    desk.tell_investor(thread, said.format(days=days), again(texts, thread))


def leave(scene: Scene, thread_id: str) -> None:
    """End a talk as the investor."""
    thread = open_thread(scene.session, scene.chat.id)
    if thread is None or str(thread.id) != thread_id:
        scene.say_plain(scene.texts.gone)
        return
    thread.closed_at, thread.outcome = scene.now, LEFT
    desk = Desk.of(scene)
    desk.tell(thread, STAFF.desk_person_left)
    desk.close_topic(thread)
    scene.say_plain(scene.texts.desk_left, again(scene.texts, thread))


def reopen(scene: Scene, thread_id: str) -> None:
    """Take a talk up again as the investor, in the topic that it had."""
    thread = talk_of_chat(scene.session, thread_id, scene.chat.id)
    current = open_thread(scene.session, scene.chat.id)
    if current:
        scene.say_plain(scene.texts.desk_already, _leave(scene.texts, current))
        return
    if thread is None:
        scene.say_plain(scene.texts.gone)
        return
    desk = Desk.of(scene)
    open_again(desk, thread)
    desk.tell(thread, STAFF.desk_reopened_by_investor)
    hours = closed_hours(scene, thread)
    words = scene.texts.desk_reopened + (f"\n{hours}" if hours else "")
    scene.say_plain(words, _leave(scene.texts, thread))


def reopen_by_staff(desk: Desk, thread: DeskThread, actor: int, *, open_it: bool = True) -> bool:
    """Take a talk up again as a member of the staff; says whether the investor was free for it."""
    if open_thread(desk.session, thread.chat_id):
        return False
    open_again(desk, thread, open_it=open_it)
    audit(desk.session, actor, "desk reopen", str(thread.id), desk.now)
    desk.tell(thread, STAFF.desk_reopened_by_staff)
    texts = texts_of(thread)
    desk.tell_investor(thread, texts.desk_reopened_investor, _leave(texts, thread))
    return True


def end_forgotten(scene: Scene, topic: int) -> None:
    """Tell the topic of somebody who is forgotten that the talk is over; nothing is kept of it."""
    group = {"chat_id": scene.desk_chat, "message_thread_id": topic}
    scene.call("sendMessage", group | {"text": STAFF.desk_person_forgotten}, apology="")
    scene.call("closeForumTopic", group)


def after_close(scene: Scene) -> tuple[str, Rows] | None:
    """What to say first where the documents have no answer for who has just left a talk.

    What was asked may have been meant for the staff, whom it does not reach any more.
    """
    if not scene.settings.desk_chat or not scene.is_private:
        return None
    thread = last_closed(scene.session, scene.chat.id, scene.now - FRESH)
    if thread is None or open_thread(scene.session, scene.chat.id):
        return None
    return scene.texts.desk_is_closed, again(scene.texts, thread)


def tell_answered(scene: Scene, thread: DeskThread, answer: Answer) -> None:
    """Tell the staff from which document the bot has answered besides."""
    title = answer.quotes[0].citation.meta.title
    Desk.of(scene).tell(thread, STAFF.desk_bot_answered.format(title=title))


def again(texts: Texts, thread: DeskThread) -> Rows:
    """The button that takes a talk up again."""
    return [[button(texts.desk_again, Press.REOPEN, thread.id)]]


def open_again(desk: Desk, thread: DeskThread, *, open_it: bool = True) -> None:
    """Take a talk up again, whoever does it."""
    thread.closed_at, thread.outcome = None, ""
    thread.spoken_at, thread.listed_at = desk.now, None
    turn(thread, "", desk.now)
    if open_it:
        desk.reopen_topic(thread)


def _leave(texts: Texts, thread: DeskThread) -> Rows:
    return [[button(texts.desk_leave, Press.END_TALK, thread.id)]]
