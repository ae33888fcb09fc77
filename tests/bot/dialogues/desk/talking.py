"""A talk between an investor and the staff, as both sides write it."""

import asyncio
from collections.abc import Callable
from typing import Any

from people import DESK, Person
from sqlalchemy import func, select
from standin.calls import Sent
from standin.server import BOT, TelegramServer

from bot.application import Application
from storage.outbox import WAITING
from storage.schema import Outgoing

GROUP_BOT = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot",
}  # fmt: skip
"""In whose name Telegram hands over what anonymous administrators write."""


def in_topic(topic: int, chat_id: int = DESK) -> dict[str, Any]:
    """What Telegram says of a message in a topic; it replies to the one that made the topic."""
    chat = {"id": chat_id, "type": "supergroup", "title": "Desk", "is_forum": True}
    made = {"message_id": topic, "chat": chat, "date": 1, "from": BOT}
    root = made | {"forum_topic_created": {"name": "#1", "icon_color": 0}}
    return {
        "chat": chat, "message_thread_id": topic, "is_topic_message": True,
        "reply_to_message": root,
    }  # fmt: skip


def in_general(reply_to: int, chat_id: int = DESK) -> dict[str, Any]:
    """What Telegram says of a reply outside of topics to a message of the bot."""
    chat = {"id": chat_id, "type": "supergroup", "title": "Desk"}
    return {"chat": chat} | replying(reply_to, chat)


def replying(message_id: int, chat: dict[str, Any], author: Any = BOT) -> dict[str, Any]:
    """A reply to a message that the bot, or another, has written."""
    told = {"message_id": message_id, "chat": chat, "date": 1, "from": author, "text": "…"}
    return {"reply_to_message": told}


def anonymously(chat_id: int = DESK) -> dict[str, Any]:
    """What Telegram says of an administrator who is anonymous."""
    return {
        "from": GROUP_BOT, "author_signature": "值班",
        "sender_chat": {"id": chat_id, "type": "supergroup", "title": "Desk"},
    }  # fmt: skip


async def opened(bot: Application, server: TelegramServer, person: Person) -> int:
    """Open a talk; gives its topic."""
    before = set(server.topics)
    await person.say("/person")
    await settled(bot, server)
    [topic] = set(server.topics) - before
    return topic


async def settled(bot: Application, server: TelegramServer) -> None:
    """Wait until all updates are answered and nothing waits to be sent."""
    await server.wait_taken()
    await until(lambda: not _waiting(bot))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


def said_to(server: TelegramServer, chat_id: int) -> list[str]:
    """What the bot said in a chat, in order."""
    return [one.seen.text for one in server.sent if one.chat_id == chat_id]


def last_to(server: TelegramServer, chat_id: int) -> Sent:
    """What the bot said last in a chat."""
    return next(one for one in reversed(server.sent) if one.chat_id == chat_id)


def _waiting(bot: Application) -> int:
    with bot.database.session() as session:
        counted = select(func.count()).select_from(Outgoing).where(Outgoing.state == WAITING)
        return session.scalar(counted) or 0
