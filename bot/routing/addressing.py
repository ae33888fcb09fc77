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


def is_of_person(message: Message) -> bool:
    """Whether a person wrote a message, be it in the name of a group or of a channel."""
    author = message.from_user
    return author is not None and (not author.is_bot or message.sender_chat is not None)


def question_of(message: Message, me: Profile, argument: str | None = None) -> str:
    """What a message asks: its words, or those below its picture, without mentions of the bot.

    Who only calls the bot below somebody's message, asks what stands there.

    Args:
        message: that is for the bot.
        me: what Telegram says of the bot.
        argument: what stands behind the command, where the message is one.
    """
    words = (message.text or message.caption or "") if argument is None else argument
    return _without_mentions(words, me) or _without_mentions(_of_others(message, me), me)


def _of_others(message: Message, me: Profile) -> str:
    """What stands in the message that one replies to, or the part of it that is quoted."""
    replied = message.reply_to_message
    if replied is None or _replies(message, me):
        return ""
    quoted = message.quote.text if message.quote else ""
    return quoted or replied.text or replied.caption or ""


def _without_mentions(words: str, me: Profile) -> str:
    mention = rf"@{re.escape(me.username)}(?![A-Za-z0-9_])"
    return re.sub(mention, " ", words, flags=re.IGNORECASE).strip()


def _replies(message: Message, me: Profile) -> bool:
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return author is not None and author.id == me.id


def _mentions(message: Message, me: Profile) -> bool:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    mention = f"@{me.username}".lower()
    found = (*message.parse_entities(kinds).items(), *message.parse_caption_entities(kinds).items())
    return any(
        text.lower() == mention or (entity.user and entity.user.id == me.id)
        for entity, text in found
    )
