"""Whether a message in a group speaks to the bot, and what it asks."""

import re

from telegram import Message, MessageEntity
from telegram.ext import filters


class _Addressed(filters.MessageFilter):
    """Messages that mention the bot, or reply to one of its own."""

    def filter(self, message: Message) -> bool:
        return _replies_to_bot(message) or _mentions_bot(message)


class _CommandForBot(filters.MessageFilter):
    """Messages that start with a command that names this bot, as in /help@some_bot."""

    def filter(self, message: Message) -> bool:
        command = (message.text or "").split(maxsplit=1)[:1]
        return bool(command) and command[0].lower().endswith(f"@{_username(message)}".lower())


PRIVATE = filters.ChatType.PRIVATE
ADDRESSED = PRIVATE | _Addressed()
OWN_COMMAND = filters.COMMAND & (PRIVATE | _CommandForBot())


def question_of(message: Message) -> str:
    """Return the text of a message without mentions of the bot."""
    mention = rf"@{re.escape(_username(message))}(?![A-Za-z0-9_])"
    return re.sub(mention, " ", message.text or "", flags=re.IGNORECASE).strip()


def argument_of(message: Message) -> str:
    """Return the text that stands behind a command."""
    return "".join((message.text or "").split(maxsplit=1)[1:]).strip()


def _replies_to_bot(message: Message) -> bool:
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return author is not None and author.id == message.get_bot().id


def _mentions_bot(message: Message) -> bool:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    mention = f"@{_username(message)}".lower()
    return any(
        text.lower() == mention or (entity.user and entity.user.id == message.get_bot().id)
        for entity, text in message.parse_entities(kinds).items()
    )


def _username(message: Message) -> str:
    return message.get_bot().username
