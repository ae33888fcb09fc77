"""A strict stand-in for Telegram's Bot API: what Telegram would refuse, it refuses."""

import asyncio
import json
import math
import re
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from standin.calls import Call, Failure, Sent, TelegramError, refusal, too_many
from standin.forum import Forum
from standin.html import BadHtml, Seen, received
from standin.http import HttpServer, Request, content
from standin.schema import METHODS, Refused, checked

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"
BOT = {"id": 123456, "is_bot": True, "first_name": "Hengyang", "username": "hengyang_bot"}
LIMIT = 4096
POLL = 0.5
"""Seconds that an empty long poll lasts at most, so that tests end soon."""


class TelegramServer(Forum):
    """Answers a bot over HTTP on the loopback, remembers its calls, hands it updates."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.failures: list[Failure] = []
        self.paced = False
        """Whether Telegram's limits on sending hold, with status 429 above them."""
        self.blocked: set[int] = set()
        """Chats that are closed to the bot."""
        self._markups: dict[tuple[int, int], Any] = {}
        """What stands in the chats by now, by chat and message."""
        self.members: set[tuple[int, int]] = set()
        """Group and user of those who belong to a group."""
        self.files: list[tuple[int, str, bytes]] = []
        """Chat, name and content of the files that were sent."""
        self.uploads: dict[str, bytes] = {}
        """Content of the files that people sent, by their number."""
        self.pushed_at: dict[int, float] = {}
        self.before: Callable[[str, dict[str, Any]], Failure | None] = lambda method, given: None
        """Called with each call; the failure that it gives is answered."""
        self._token = token
        self._http = HttpServer(self._respond)
        self._port = 0
        self._updates: list[dict[str, Any]] = []
        self._last_update = 0
        self._last_message = 0
        self._times: dict[int, list[float]] = {}
        self._changed = asyncio.Condition()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen; after a stop, at the address as before."""
        self._port = await self._http.start(self._port)

    async def stop(self) -> None:
        await self._http.stop()

    async def push(self, kind: str, content: dict[str, Any]) -> None:
        """Hand the bot an update."""
        self._last_update += 1
        self.pushed_at[self._last_update] = time.monotonic()
        self._updates.append({"update_id": self._last_update, kind: content})
        await self._notify()

    async def push_raw(self, update: dict[str, Any]) -> None:
        """Hand the bot an update as it stands, with whatever id."""
        self._updates.append(update)
        await self._notify()

    @property
    def last_update(self) -> int:
        return self._last_update

    def message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    async def wait_sent(self, count: int, *, within: float = 20.0) -> list[Sent]:
        """Wait until the bot has sent so many messages."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= count)
        return self.sent

    async def wait_called(self, method: str, count: int = 1, *, within: float = 20.0) -> list[Call]:
        """Wait until the bot has called a method so often."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.called(method)) >= count)
        return self.called(method)

    async def wait_taken(self, *, within: float = 20.0) -> None:
        """Wait until the bot has confirmed all updates."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: not self._updates)

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def fail(self, status: int, description: str, *, method: str = "", times: int = 1) -> None:
        """Refuse the next calls."""
        self.failures += [Failure(status, description, method=method)] * times

    def flood(self, retry_after: int, *, method: str = "sendMessage", times: int = 1) -> None:
        """Refuse the next calls for coming too fast."""
        self.failures += [too_many(retry_after, method)] * times

    def drop(self, method: str, *, times: int = 1) -> None:
        """Cut the connection of the next calls, without taking them."""
        self.failures += [Failure(0, "", method=method)] * times

    @property
    def unconfirmed(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self._updates)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _respond(self, request: Request) -> tuple[int, bytes]:
        if request.path.startswith("/file/bot"):
            return self._file(request.path)
        method, given = "", dict[str, Any]()
        try:
            method = self._method(request.path)
            given = request.parameters()
            self._refuse(method)
            if failure := self.before(method, given):
                raise TelegramError(failure)
            parameters = checked(METHODS[method], given, method)
            result = await self._run(method, parameters)
            status, answer = 200, {"ok": True, "result": result}
        except (Refused, BadHtml) as error:
            status, answer = refusal(Failure(400, f"Bad Request: {error}"))
        except TelegramError as error:
            if not error.failure.status:
                raise ConnectionError from error
            status, answer = refusal(error.failure)
        self.calls.append(Call(method, given, status))
        await self._notify()
        return status, json.dumps(answer).encode()

    def _method(self, path: str) -> str:
        token, _, method = path.removeprefix("/bot").partition("/")
        if token != self._token:
            raise TelegramError(Failure(401, "Unauthorized"))
        if method not in METHODS:
            raise TelegramError(Failure(404, "Not Found"))
        return method

    def _refuse(self, method: str) -> None:
        for failure in self.failures:
            if failure.method in ("", method):
                self.failures.remove(failure)
                raise TelegramError(failure)

    async def _run(self, method: str, parameters: dict[str, Any]) -> Any:
        if moved := self.moved.get(parameters.get("chat_id", 0)):
            raise TelegramError(Failure(400, "Bad Request: group chat was upgraded", moved))
        if method in _RUN:
            self._admit(method, parameters["chat_id"])
        run = getattr(self, f"_{_snake(method)}", None)
        if run is None:
            return True
        result = run(parameters)
        return await result if asyncio.iscoroutine(result) else result

    def _file(self, path: str) -> tuple[int, bytes]:
        token, _, name = unquote(path).removeprefix("/file/bot").partition("/")
        content = self.uploads.get(name.removeprefix("documents/"))
        return (404, b"{}") if token != self._token or content is None else (200, content)

    def _get_file(self, parameters: dict[str, Any]) -> dict[str, Any]:
        number = parameters["file_id"]
        if number not in self.uploads:
            raise Refused("wrong file_id or the file is temporarily unavailable")
        size = len(self.uploads[number])
        told = {"file_id": number, "file_unique_id": number, "file_size": size}
        return told | {"file_path": f"documents/{number}"}

    def _get_me(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return BOT | {"can_join_groups": True}

    def _get_updates(self, parameters: dict[str, Any]) -> Any:
        return self._poll(**parameters)

    def _edit_message_text(self, parameters: dict[str, Any]) -> dict[str, Any]:
        seen, place = _seen(parameters), (parameters["chat_id"], parameters["message_id"])
        if place not in self.shown:
            raise Refused("message to edit not found")
        markup = parameters.get("reply_markup")
        if self.shown[place] == seen and self._markups.get(place) == markup:
            raise Refused("message is not modified: specified new message content is the same")
        self.shown[place], self._markups[place] = seen, markup
        return self._message(*place, seen)

    def _delete_message(self, parameters: dict[str, Any]) -> bool:
        place = (parameters["chat_id"], parameters["message_id"])
        if self.shown.pop(place, None) is None:
            raise Refused("message to delete not found")
        return True

    def _send_photo(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return self._send_file(parameters, "photo")

    def _send_document(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return self._send_file(parameters, "document")

    def _send_file(self, parameters: dict[str, Any], name: str) -> dict[str, Any]:
        file = content(parameters[name])
        self.files.append((parameters["chat_id"], name, file))
        seen = Seen(parameters.get("caption", ""))
        return self._message(parameters["chat_id"], self.message_id(), seen)

    def _get_chat_member(self, parameters: dict[str, Any]) -> dict[str, Any]:
        place = (parameters["chat_id"], parameters["user_id"])
        user = {"id": parameters["user_id"], "is_bot": False, "first_name": "Li"}
        return {"status": "member" if place in self.members else "left", "user": user}

    async def _poll(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,
        allowed_updates: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Hand out updates, those below the offset being done with, or wait for one."""
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if allowed_updates:
            self._updates = [one for one in self._updates if one.keys() & set(allowed_updates)]
        await self._notify()
        if not self._updates and timeout:
            try:
                async with asyncio.timeout(min(timeout, POLL)), self._changed:
                    await self._changed.wait_for(lambda: bool(self._updates))
            except TimeoutError:
                return []
        allowed = set(allowed_updates or ())
        return [one for one in self._updates if not allowed or one.keys() & allowed][:limit]

    def _send_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self._admit_to_topic(parameters)
        seen, chat_id, number = _seen(parameters), parameters["chat_id"], self.message_id()
        now = time.monotonic()
        self.shown[chat_id, number] = seen
        self._markups[chat_id, number] = parameters.get("reply_markup")
        self.sent.append(Sent(chat_id, parameters["text"], seen, parameters, number, now))
        return self._message(chat_id, number, seen)

    def _admit(self, method: str, chat_id: int) -> None:
        """Refuse what goes to a closed chat, or comes too fast."""
        if chat_id in self.blocked:
            raise TelegramError(Failure(403, "Forbidden: bot was blocked by the user"))
        now = time.monotonic()
        limits = [(0, 30, 1.0), (chat_id, 1, 1.0)] + ([(chat_id, 20, 60.0)] if chat_id < 0 else [])
        for key, most, seconds in limits:
            times = [at for at in self._times.get(key, []) if now - at < seconds]
            if self.paced and len(times) >= most:
                raise TelegramError(too_many(math.ceil(seconds - (now - times[-most])), method))
        for key in (0, chat_id):
            self._times.setdefault(key, []).append(now)
            del self._times[key][:-40]

    def _message(self, chat_id: int, message_id: int, seen: Seen) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        date = int(time.time())
        return {"message_id": message_id, "date": date, "chat": chat, "text": seen.text}


_RUN = (
    "sendMessage", "sendPhoto", "sendDocument", "copyMessage", "editMessageText",
    "setMessageReaction",
)  # fmt: skip
"""Methods that the limits on sending hold for, and that a closed chat refuses."""


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "_" + match[0].lower(), name)


def _seen(parameters: Mapping[str, Any]) -> Seen:
    """Read the text of a message as Telegram would, and refuse what it would."""
    source = parameters["text"]
    seen = received(source) if "parse_mode" in parameters else Seen(source.strip())
    if not seen.text.strip():
        raise Refused("message text is empty")
    if seen.units > LIMIT:
        raise Refused("message is too long")
    return seen
