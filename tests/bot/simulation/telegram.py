"""Telegram in a run: the strict stand-in of the tests, in made-up time, behind the bot's client."""

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from standin.calls import Failure, TelegramError, too_many
from standin.server import TelegramServer
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from simulation.faults import OF_TELEGRAM, Fault, Plan
from simulation.loop import PROCESS, Process, SimulatedLoop

Key = tuple[str, int, str]
"""Of a call that people see something of: its method, its chat, and what is said or copied."""

EACH = 1.5
"""Seconds for each message of a chat: Telegram takes one a second, and it is under way for some."""


class Given(NamedTuple):
    """A call as the stand-in takes it from the net."""

    path: str
    given: dict[str, Any]

    def parameters(self) -> dict[str, Any]:
        return self.given


@dataclass(frozen=True)
class Arrived:
    """A call that Telegram answered, whether the bot heard of it or not."""

    at: float
    method: str
    given: dict[str, Any]
    status: int
    description: str

    @property
    def chat_id(self) -> int:
        """The chat that it was for, which a request names in letters; 0 where it was for none."""
        return int(self.given.get("chat_id") or 0)


def key_of(method: str, payload: dict[str, Any], moved: dict[int, int]) -> Key:
    """What tells a call from another, wherever its group has moved meanwhile."""

    def place(name: str) -> int:
        chat = int(payload.get(name) or 0)
        return moved.get(chat, chat)

    said = [payload.get(name) for name in ("text", "caption", "name", "action")]
    said += [payload.get("callback_query_id"), payload.get("inline_query_id")]
    if method == "copyMessage":
        said += [place("from_chat_id"), payload["message_id"]]
    if method == "setMessageReaction":
        said.append(payload["message_id"])
    return method, place("chat_id"), "|".join("" if one is None else str(one) for one in said)


class SimulatedTelegram(TelegramServer):
    """The stand-in without its sockets: a group may move, ids of updates start anew."""

    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self.arrived: list[Arrived] = []
        self.unsure: list[tuple[str, dict[str, Any]]] = []
        """Calls that were taken, while the bot cannot know it: they may come once more."""
        self.offset = 0
        """What the last poll confirmed all updates before; 0 where it confirmed none."""
        self._loop = loop
        self._last: dict[int, list[float]] = {}

    @property
    def new_ids(self) -> dict[int, int]:
        """New ids of groups that have become supergroups, by the old ones."""
        return {old: given["migrate_to_chat_id"] for old, given in self.moved.items()}

    def number_anew(self, number: int) -> None:
        """Go on with another number of updates, as Telegram does after a silent week."""
        self._last_update = number

    def seconds_for(self, chat_id: int, count: int) -> float:
        """Seconds in which so many more messages can come to a chat, by Telegram's limits."""
        minute = [at for at in self._last.get(chat_id, ()) if self._loop.now - at < 60]
        full = (len(minute) + count - 1) // 20 if chat_id < 0 else 0
        return EACH * count + 60.0 * full

    async def answer(self, method: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Take a call; gives the status and the body."""
        status, body = await self._respond(Given(f"/bot{self._token}/{method}", given))  # type: ignore[arg-type]
        told: dict[str, Any] = json.loads(body)
        if method != "getUpdates":
            words = told.get("description", "")
            self.arrived.append(Arrived(self._loop.now, method, given, status, words))
        return status, told

    async def _poll(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,
        allowed_updates: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        self.offset = offset
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        await self._notify()
        if not self._updates and timeout:
            try:
                async with asyncio.timeout(timeout), self._changed:
                    await self._changed.wait_for(lambda: bool(self._updates))
            except TimeoutError:
                return []
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        return self._updates[:limit]

    def _admit(self, method: str, chat_id: int) -> None:
        if chat_id in self.blocked:
            raise TelegramError(Failure(403, "Forbidden: bot was blocked by the user"))
        limits = [(0, 30, 1.0), (chat_id, 1, 1.0)] + ([(chat_id, 20, 60.0)] if chat_id < 0 else [])
        for key, most, seconds in limits:
            times = [at for at in self._last.get(key, []) if self._loop.now - at < seconds]
            if len(times) >= most:
                raise TelegramError(too_many(1, method))
        for key in (0, chat_id):
            self._last.setdefault(key, []).append(self._loop.now)
            del self._last[key][:-40]


class Carrier(BaseRequest):
    """Carries a process's calls to Telegram, with all that can happen on the way."""

    def __init__(
        self,
        telegram: SimulatedTelegram,
        loop: SimulatedLoop,
        chance: random.Random,
        plan: Plan,
        now: Callable[[], float],
    ) -> None:
        self._telegram = telegram
        self._loop = loop
        self._chance = chance
        self._plan = plan
        self._now = now

    @property
    def read_timeout(self) -> float:
        return 20.0

    async def initialize(self) -> None:
        """Nothing is connected."""

    async def shutdown(self) -> None:
        """Nothing was connected."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Carry a call there and its answer back."""
        name = urlsplit(url).path.rpartition("/")[2]
        given = _parameters(request_data)
        process = PROCESS.get()
        await self._travel(process)
        patience = read_timeout if isinstance(read_timeout, (int, float)) else self.read_timeout
        refused = await self._hindered(name, given, patience)
        if refused:
            await self._travel(process)
            return refused
        status, body = await self._telegram.answer(name, given)
        answer = json.dumps(body).encode()
        if self._chance.random() < self._plan.mishap / 2:
            return await self._back_broken(name, given, status, answer, patience)
        await self._travel(process)
        await self._cut(name, given, status, patience)
        return status, answer

    async def _cut(self, name: str, given: dict[str, Any], status: int, patience: float) -> None:
        """Lose an answer where the way back is cut meanwhile."""
        lost = [one for one in (Fault.REFUSED, Fault.SILENT) if self._plan.has(one, self._now())]
        if not lost:
            return
        if status == 200 and name != "getUpdates":
            self._telegram.unsure.append((name, given))
        if lost[0] is Fault.SILENT:
            await asyncio.sleep(patience)
            raise TimedOut
        raise NetworkError("httpx.ReadError")

    async def _travel(self, process: Process | None) -> None:
        late = self._plan.mishap and self._chance.random() < 0.02
        await asyncio.sleep(self._chance.uniform(2, 9) if late else self._chance.uniform(0.02, 0.2))
        if process and process.dead:
            await self._loop.create_future()

    async def _hindered(
        self, name: str, given: dict[str, Any], patience: float
    ) -> tuple[int, bytes] | None:
        """What is answered in place of Telegram; None where the call gets there."""
        at, plan = self._now(), self._plan
        fault = next((one for one in OF_TELEGRAM if plan.has(one, at)), None)
        if fault is Fault.REFUSED:
            raise NetworkError("httpx.ConnectError: refused")
        if fault is Fault.SILENT:
            if self._chance.random() < 0.3:
                await self._take_unseen(name, given)
            await asyncio.sleep(patience)
            raise TimedOut
        if fault is Fault.UNAUTHORIZED:
            return _failure(401, "Unauthorized")
        if fault or (plan.has(Fault.SENDING, at) and name.startswith(("send", "copy", "edit"))):
            return 502, b"<html><h1>502 Bad Gateway</h1></html>"
        if name == "getUpdates" and plan.has(Fault.CONFLICT, at):
            return _failure(409, "Conflict: terminated by other getUpdates request")
        if self._chance.random() < plan.mishap / 2:
            return self._mishap()
        return self._refuse(name, given) if "parse_mode" in given and self._is_refused() else None

    def _is_refused(self) -> bool:
        """Whether a message is refused; nothing is drawn where none is, so that runs stay as they were."""
        return self._plan.refused > 0 and self._chance.random() < self._plan.refused

    def _refuse(self, name: str, given: dict[str, Any]) -> tuple[int, bytes]:
        """Refuse a call for what stands in it: whoever makes it again hears the same."""
        words = "Bad Request: can't parse entities: unsupported start tag"
        self._telegram.arrived.append(Arrived(self._loop.now, name, given, 400, words))
        return _failure(400, words)

    def _mishap(self) -> tuple[int, bytes]:
        """A refusal that says nothing of the next call."""
        kind = self._chance.randrange(6)
        if kind == 0:
            raise NetworkError("httpx.ReadError")
        if kind == 1:
            seconds = self._chance.randint(1, 6)
            return _failure(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if kind == 5:
            return self._chance.choice(_FOREIGN)
        return _failure(
            *((500, "Internal Server Error"), (502, "Bad Gateway"), (503, ""))[kind - 2]
        )

    async def _take_unseen(self, name: str, given: dict[str, Any]) -> None:
        if name == "getUpdates":
            return
        status, _ = await self._telegram.answer(name, given)
        if status == 200:
            self._telegram.unsure.append((name, given))

    async def _back_broken(
        self, name: str, given: dict[str, Any], status: int, answer: bytes, patience: float
    ) -> tuple[int, bytes]:
        """Lose an answer on its way back, the whole or a part of it."""
        if status == 200 and name != "getUpdates":
            self._telegram.unsure.append((name, given))
        if name == "getUpdates" or self._chance.random() < 0.5:
            return status, answer[: int(len(answer) * self._chance.uniform(0.3, 1.0))]
        await asyncio.sleep(patience)
        raise TimedOut


_PAGE = b"<html><h1>Forbidden</h1></html>"
_FOREIGN = ((200, b"{}"), (200, b"null"), (502, b'"Bad Gateway"'), (403, _PAGE), (400, _PAGE))
"""Answers of something between the bot and Telegram: JSON or pages, and none of Telegram's."""


def _parameters(data: RequestData | None) -> dict[str, Any]:
    """Parameters of a call; a file as the text that the stand-in makes of its bytes."""
    if data is None:
        return {}
    given: dict[str, Any] = dict(data.json_parameters)
    for name, (_, content, _) in (data.multipart_data or {}).items():
        given[name] = content.decode("latin-1") if isinstance(content, bytes) else ""
    return given


def _failure(status: int, description: str, **parameters: int) -> tuple[int, bytes]:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return status, json.dumps(body).encode()
