"""What staff may do with a talk: close it, take it up again, hand it over; and an overview."""

from datetime import datetime

from telegram import Message

from bot.dialogues.desk import talks
from bot.dialogues.desk.place import STAFF, Desk
from bot.rendering.markup import escape, shorten
from bot.scene import HENGYANG_TIME, Scene
from storage.desk import audit, open_threads
from storage.masking import storable
from storage.schema import DeskThread, Question

NAME_LENGTH = 64
LISTED = 30
"""Talks that one message lists, those that wait longest."""
_LINE = 60
_NOBODY = ("-", "—", "none", "无")


def carry_out(scene: Scene, thread: DeskThread, message: Message) -> bool:
    """Carry out a command that is given in the topic of a talk; says whether it is one of these."""
    verb, _, argument = (message.text or "").partition(" ")
    name, _, bot = verb.removeprefix("/").lower().partition("@")
    act = {"close": _close, "reopen": _reopen, "assign": _assign}.get(name)
    if act is None or (bot and bot != scene.me.username.lower()):
        return False
    act(scene, Desk.of(scene), thread, message, storable(argument).strip())
    return True


def outside(scene: Scene) -> None:
    """Say that a command belongs into the topic of a talk."""
    scene.say_plain(scene.texts.desk_outside)


def overview(scene: Scene) -> None:
    """List the open talks: for whom they wait, since when, and who has them."""
    open_ones = open_threads(scene.session)
    if not open_ones:
        scene.say_plain(STAFF.desk_nothing_open)
        return
    lines = [line(scene.desk_chat, one, _asked(scene, one)) for one in open_ones[:LISTED]]
    scene.say("\n".join([escape(STAFF.desk_open.format(count=len(open_ones))), *lines]))


def line(group: int, thread: DeskThread, asked: str) -> str:
    """A talk in one line of HTML, its number a link to its topic."""
    number = f"#{thread.id}"
    if thread.topic_id and str(group).startswith("-100"):
        number = f'<a href="https://t.me/c/{str(group)[4:]}/{thread.topic_id}">{number}</a>'
    state = getattr(STAFF, f"desk_waits_{thread.waits_for or 'nobody'}")
    since = datetime.fromtimestamp(thread.waits_since or thread.opened_at, HENGYANG_TIME)
    who = thread.assignee or STAFF.desk_unassigned
    return f"{number} {escape(state.format(since=f'{since:%m-%d %H:%M}', who=who))} {asked}".strip()


def name_of(message: Message) -> str:
    """By which name the group knows who wrote a message."""
    if message.sender_chat is not None or message.from_user is None:
        return storable(message.author_signature or STAFF.desk_anonymous)[:NAME_LENGTH]
    user = message.from_user
    return f"@{user.username}" if user.username else storable(user.full_name)[:NAME_LENGTH]


def actor(scene: Scene, message: Message) -> int:
    """The number of who wrote a message; that of the chat in whose name it was written."""
    return message.sender_chat.id if message.sender_chat is not None else scene.user.id


def _close(scene: Scene, desk: Desk, thread: DeskThread, message: Message, outcome: str) -> None:
    if thread.closed_at is not None:
        desk.put(desk.note(thread, STAFF.desk_closed_already, message.message_id))
        return
    talks.close(desk, thread, outcome, actor(scene, message))


def _reopen(scene: Scene, desk: Desk, thread: DeskThread, message: Message, argument: str) -> None:
    if thread.closed_at is None:
        desk.put(desk.note(thread, STAFF.desk_open_already, message.message_id))
    elif not talks.reopen_by_staff(desk, thread, actor(scene, message)):
        desk.put(desk.note(thread, STAFF.desk_elsewhere, message.message_id))


def _assign(scene: Scene, desk: Desk, thread: DeskThread, message: Message, argument: str) -> None:
    """Hand a talk over: to who says so, to who is named, or to nobody."""
    thread.assignee = "" if argument in _NOBODY else (argument or name_of(message))[:NAME_LENGTH]
    detail = f"{thread.id} {thread.assignee}".strip()
    audit(scene.session, actor(scene, message), "desk assign", detail, scene.now)
    desk.tell(thread, STAFF.desk_assigned.format(who=thread.assignee or STAFF.desk_unassigned))


def _asked(scene: Scene, thread: DeskThread) -> str:
    question = scene.session.get(Question, thread.question_id) if thread.question_id else None
    return escape(shorten(" ".join(question.text.split()), _LINE)) if question else ""
