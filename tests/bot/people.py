"""People who write to the bot, by way of the stand-in for Telegram."""

import re
import time
from dataclasses import dataclass
from typing import Any

from standin.calls import Sent
from standin.schema import METHODS, checked
from standin.server import BOT, TelegramServer

GROUP = -1001234567890
DESK = -1005550000000
"""The forum group of the staff."""
_ENTITIES = {"bot_command": r"(?<!\S)/[A-Za-z0-9_]+(@\w+)?", "mention": r"@[A-Za-z0-9_]{5,32}"}


@dataclass(frozen=True)
class Person:
    """Somebody with a Telegram client in a language, or one that doesn't say."""

    server: TelegramServer
    id: int
    language_code: str | None = None

    async def say(self, text: str, *, group: bool = False, **more: Any) -> None:
        """Send a text, to the bot or into a group that it is in."""
        entities = [
            {"type": kind, "offset": _units(text[: match.start()]), "length": _units(match[0])}
            for kind, pattern in _ENTITIES.items()
            for match in re.finditer(pattern, text, re.ASCII)
        ]
        content: dict[str, Any] = {"text": text} | ({"entities": entities} if entities else {})
        await self.send(**content, group=group, **more)

    async def send(self, *, group: bool = False, kind: str = "message", **content: Any) -> None:
        """Send a message of any content."""
        update_id = content.pop("update_id", None)
        message = self.message(group=group, **content)
        if update_id is None:
            await self.server.push(kind, message)
        else:
            await self.server.push_raw({"update_id": update_id, kind: message})

    def message(self, *, group: bool = False, **content: Any) -> dict[str, Any]:
        """A message of any content."""
        return self._message(group) | content

    async def press(self, sent: Sent, data: str) -> None:
        """Press the button below a message of the bot that has this label, or this data."""
        chat = {"id": sent.chat_id, "type": "private" if sent.chat_id > 0 else "supergroup"}
        stands = {"message_id": sent.message_id, "chat": chat, "date": 1, "from": BOT, "text": "…"}
        query = {
            "id": str(self.server.message_id()),
            "from": self._author(),
            "chat_instance": "1",
            "message": stands,
            "data": sent.buttons.get(data, data),
        }
        await self.server.push("callback_query", query)

    async def pressing(self, sent: Sent, data: str) -> Sent:
        """Press a button and wait for the next message of the bot."""
        count = len(self.server.sent)
        await self.press(sent, data)
        return (await self.server.wait_sent(count + 1))[count]

    async def turning(self, sent: Sent, data: str) -> Sent:
        """Press a button and wait until the message that it stands under has changed."""
        count = len(self.server.called("editMessageText"))
        await self.press(sent, data)
        call = (await self.server.wait_called("editMessageText", count + 1))[count]
        assert call.status == 200, call
        given = checked(METHODS["editMessageText"], call.parameters, "editMessageText")
        assert (given["chat_id"], given["message_id"]) == (sent.chat_id, sent.message_id)
        seen = self.server.shown[sent.chat_id, sent.message_id]
        return Sent(sent.chat_id, given["text"], seen, given, sent.message_id)

    def _author(self) -> dict[str, Any]:
        author: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": "Li"}
        return author | ({"language_code": self.language_code} if self.language_code else {})

    async def ask(self, text: str, **more: Any) -> Sent:
        """Send a text and wait for the next message of the bot."""
        count = len(self.server.sent)
        await self.say(text, **more)
        return (await self.server.wait_sent(count + 1))[count]

    def _message(self, group: bool) -> dict[str, Any]:
        author = self._author()
        chat: dict[str, Any] = {"id": self.id, "type": "private"}
        if group:
            chat = {"id": GROUP, "type": "supergroup", "title": "Investors"}
        now = int(time.time())
        return {"message_id": self.server.message_id(), "from": author, "chat": chat, "date": now}


def bots_message() -> dict[str, Any]:
    """A message of the bot in the group, to reply to."""
    chat = {"id": GROUP, "type": "supergroup", "title": "Investors"}
    return {"message_id": 1, "from": BOT, "chat": chat, "date": int(time.time()), "text": "…"}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
