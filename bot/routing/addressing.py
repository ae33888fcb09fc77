"""Whether a message in a group speaks to the bot, and what it asks."""

import re
from typing import NamedTuple

from telegram import Message, MessageEntity

from bot.scene import Profile

_COMMAND = re.compile(r"/([A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)


class Command(NamedTuple):
    """A command, what stands behind it, and whether it names this bot."""

    name: str
    argument: str
    names_bot: bool


def command_of(message: Message, me: Profile) -> Command | None:
    """The command that a message starts with; None where there is none for this bot."""
    match = _COMMAND.fullmatch((message.text or "").strip())
    if match is None:
        return None
    name, bot, argument = match.groups()
    if bot and bot.lower() != me.username.lower():
        return None
    return Command(name.lower(), (argument or "").strip(), bool(bot))


def is_addressed(message: Message, me: Profile) -> bool:
    """Whether a message is for the bot: in private, by a mention or as a reply to it."""
    return message.chat.type == "private" or _replies(message, me) or _mentions(message, me)


def question_of(message: Message, me: Profile) -> str:
    """Return the words of a message, or below its picture, without mentions of the bot."""
    mention = rf"@{re.escape(me.username)}(?![A-Za-z0-9_])"
    return re.sub(mention, " ", message.text or message.caption or "", flags=re.IGNORECASE).strip()


def _replies(message: Message, me: Profile) -> bool:
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return author is not None and author.id == me.id


def _mentions(message: Message, me: Profile) -> bool:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    mention = f"@{me.username}".lower()
    return any(
        text.lower() == mention or (entity.user and entity.user.id == me.id)
        for entity, text in message.parse_entities(kinds).items()
    )
