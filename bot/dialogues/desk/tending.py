"""What becomes of talks while nobody writes: they are listed in the morning, and end by themselves."""

from sqlalchemy.orm import Session

from bot.dialogues.desk.commands import LISTED, line
from bot.dialogues.desk.office import last_opening
from bot.dialogues.desk.place import STAFF, Desk
from bot.dialogues.desk.talks import close_by_itself
from bot.rendering.markup import escape
from bot.scene import message_parameters
from bot.settings import Settings
from storage.desk import STAFF as STAFFS_TURN
from storage.desk import current_chat, open_threads
from storage.retention import DAY
from storage.schema import DeskThread

SILENT_DAYS = 3
"""Days without a word after which a talk ends that waits for the investor, or for nobody."""
UNANSWERED_DAYS = 14
"""The same of one that waits for the staff: it is listed each morning until then."""


def tend(session: Session, settings: Settings, now: float) -> None:
    """Do what is due: list what came in while the desk was closed, end silent talks."""
    if not settings.desk_chat:
        return
    desk = Desk(session, current_chat(session, settings.desk_chat), now)
    talks = open_threads(session)
    for thread in talks:
        days = UNANSWERED_DAYS if thread.waits_for == STAFFS_TURN else SILENT_DAYS
        if (thread.spoken_at or thread.opened_at) <= now - days * DAY:
            close_by_itself(desk, thread, days)
    opened = last_opening(settings.office_hours, now)
    if opened is not None:
        _list(desk, [one for one in talks if _came_before(one, opened)])


def _came_before(thread: DeskThread, opened: float) -> bool:
    """Whether a talk waits for the staff since before the desk was opened, and is not listed yet."""
    waits = thread.closed_at is None and thread.waits_for == STAFFS_TURN
    since = thread.waits_since or thread.opened_at
    return waits and since < opened and (thread.listed_at or 0.0) < opened


def _list(desk: Desk, waiting: list[DeskThread]) -> None:
    """List talks in the group itself, the longest wait first."""
    if not waiting:
        return
    lines = [line(desk.chat_id, one, "") for one in waiting[:LISTED]]
    text = "\n".join([escape(STAFF.desk_morning.format(count=len(waiting))), *lines])
    desk.put({
        "chat_id": desk.chat_id, "method": "sendMessage",
        "payload": message_parameters(desk.chat_id, text),
    })  # fmt: skip
    for one in waiting:
        one.listed_at = desk.now
