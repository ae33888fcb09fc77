"""A strict stand-in for Telegram's Bot API: what Telegram would refuse, it refuses."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram_html import BadHtml, Seen, received
from telegram_http import HttpServer, Request
from telegram_schema import METHODS, Refused, checked

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"
BOT = {"id": 123456, "is_bot": True, "first_name": "Hengyang", "username": "hengyang_bot"}
LIMIT = 4096
POLL = 0.5
"""Seconds that an empty long poll lasts at most, so that tests end soon."""


@dataclass(frozen=True)
class Call:
    """A call that arrived, and how it was answered."""

    method: str
    parameters: dict[str, Any]
    status: int


@dataclass(frozen=True)
class Sent:
    """A message of the bot: what was sent, and what a person sees of it."""

    chat_id: int
    source: str
    seen: Seen
    parameters: dict[str, Any]


@dataclass
class Failure:
    """A refusal to come, of one method or of all."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    method: str = ""


class TelegramError(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.description)
        self.failure = failure


class TelegramServer:
    """Answers a bot over HTTP on the loopback, remembers its calls, hands it updates."""

    def __init__(self, token: str = TOKEN) -> None:
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.failures: list[Failure] = []
        self.paced = False
        """Whether a chat gets one message in a second, and status 429 above that."""
        self._token = token
        self._http = HttpServer(self._respond)
        self._port = 0
        self._updates: list[dict[str, Any]] = []
        self._last_update = 0
        self._last_message = 0
        self._last_sent: dict[int, float] = {}
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
        self._updates.append({"update_id": self._last_update, kind: content})
        await self._notify()

    def message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    async def wait_sent(self, count: int, *, within: float = 5.0) -> list[Sent]:
        """Wait until the bot has sent so many messages."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= count)
        return self.sent

    async def wait_called(self, method: str, count: int = 1, *, within: float = 5.0) -> list[Call]:
        """Wait until the bot has called a method so often."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: len(self.called(method)) >= count)
        return self.called(method)

    async def wait_taken(self, *, within: float = 5.0) -> None:
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
        self.failures += [_too_many(retry_after, method)] * times

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _respond(self, request: Request) -> tuple[int, bytes]:
        method, given = "", dict[str, Any]()
        try:
            method = self._method(request.path)
            given = request.parameters()
            self._refuse(method)
            parameters = checked(METHODS[method], given, method)
            result = await self._run(method, parameters)
            status, answer = 200, {"ok": True, "result": result}
        except (Refused, BadHtml) as error:
            status, answer = _refusal(Failure(400, f"Bad Request: {error}"))
        except TelegramError as error:
            status, answer = _refusal(error.failure)
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
        if method == "getMe":
            return BOT | {"can_join_groups": True}
        if method == "getUpdates":
            return await self._get_updates(**parameters)
        if method == "sendMessage":
            return self._send(parameters)
        if method == "editMessageText":
            seen = _seen(parameters)
            return self._message(parameters["chat_id"], seen, parameters["message_id"])
        return True

    async def _get_updates(
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

    def _send(self, parameters: dict[str, Any]) -> dict[str, Any]:
        seen = _seen(parameters)
        self._pace(parameters["chat_id"])
        sent = Sent(parameters["chat_id"], parameters["text"], seen, parameters)
        self.sent.append(sent)
        return self._message(sent.chat_id, seen, self.message_id())

    def _pace(self, chat_id: int) -> None:
        now = time.monotonic()
        if self.paced and now - self._last_sent.get(chat_id, -1.0) < 1.0:
            raise TelegramError(_too_many(1, "sendMessage"))
        self._last_sent[chat_id] = now

    def _message(self, chat_id: int, seen: Seen, message_id: int) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        date = int(time.time())
        return {"message_id": message_id, "date": date, "chat": chat, "text": seen.text}


def _too_many(retry_after: int, method: str) -> Failure:
    description = f"Too Many Requests: retry after {retry_after}"
    return Failure(429, description, {"retry_after": retry_after}, method)


def _refusal(failure: Failure) -> tuple[int, dict[str, Any]]:
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": failure.status,
        "description": failure.description,
    }
    if failure.parameters:
        answer["parameters"] = failure.parameters
    return failure.status, answer


def _seen(parameters: Mapping[str, Any]) -> Seen:
    """Read the text of a message as Telegram would, and refuse what it would."""
    source = parameters["text"]
    seen = received(source) if "parse_mode" in parameters else Seen(source.strip())
    if not seen.text.strip():
        raise Refused("message text is empty")
    if seen.units > LIMIT:
        raise Refused("message is too long")
    return seen
