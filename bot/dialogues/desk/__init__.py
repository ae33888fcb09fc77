"""A person behind the bot: a talk with an investor is a topic in the staff's group.

Messages are copied by Telegram from chat to chat, so that pictures and files pass as well, under
the bot's name; the bot keeps only that they were sent. Who wrote one sees by a reaction that it
has arrived, and is told where it has not.
"""

from bot.dialogues.desk.commands import outside, overview
from bot.dialogues.desk.editing import edited_at_desk, edited_by_investor
from bot.dialogues.desk.relaying import (
    answers_staff,
    relay_from_desk,
    relay_to_desk,
    save,
    speaks_to_desk,
)
from bot.dialogues.desk.talks import (
    PAYLOAD,
    after_close,
    ask_person,
    end_forgotten,
    leave,
    reopen,
    tell_answered,
)
from bot.dialogues.desk.tending import tend
from bot.dialogues.desk.topics import heal
from bot.dialogues.desk.visitors import take_letters

__all__ = [
    "PAYLOAD",
    "after_close",
    "answers_staff",
    "ask_person",
    "edited_at_desk",
    "edited_by_investor",
    "end_forgotten",
    "heal",
    "leave",
    "outside",
    "overview",
    "relay_from_desk",
    "relay_to_desk",
    "reopen",
    "save",
    "speaks_to_desk",
    "take_letters",
    "tell_answered",
    "tend",
]
