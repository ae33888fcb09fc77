"""Delivery: what stands in the outbox is sent, in each chat in order, until it has arrived."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.metrics import Metrics
from bot.transport.api import Api
from bot.transport.gate import Gate
from bot.transport.pace import Pace
from storage import mailbox, outbox
from storage.database import Database
from storage.outbox import Call, chats_put
from storage.visitors import is_visitor

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds between attempts when Telegram or the network fails; doubled each time."""
THREADS = 2
"""Transactions at a time: of their own, so that noting what was sent waits for nothing else."""
GIVEN_UP = 24 * 60 * 60
"""Seconds after which an answer that could not be sent has lost its use."""
_PACED = ("send", "edit", "copy")
_DOUBLING = ("send", "copy", "createForumTopic")
"""Calls that leave a second message where they are made twice; all others may be repeated."""
_NO_CHANGE = "message is not modified"
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Deliverer:
    """Sends what waits in the outbox: one lane a chat, so that no chat waits for another.

    ``heal`` is told of a call that found its topic deleted, and says whether it will be made again.

    A call is marked as sent once Telegram has taken it. A process that is killed between the two
    sends that one call again: rather twice than never.
    """

    def __init__(
        self,
        database: Database,
        api: Api,
        pace: Pace,
        metrics: Metrics,
        *,
        clock: Callable[[], float] = time.time,
        heal: Callable[[Session, int], bool] = lambda session, call_id: False,
    ) -> None:
        self._heal = heal
        self._database = database
        self._api = api
        self._pace = pace
        self._metrics = metrics
        self._clock = clock
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._gate = Gate()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="deliver")
        self._stopping = False

    async def start(self) -> None:
        """Take up what an earlier run left waiting."""
        self.wake(await self._do(outbox.chats_waiting))

    def wake(self, chats: Iterable[int]) -> None:
        """Look after chats that have something waiting."""
        for chat_id in chats:
            if chat_id in self._lanes:
                self._again.add(chat_id)
            elif not self._stopping:
                task = asyncio.create_task(self._lane(chat_id))
                self._lanes[chat_id] = task
                task.add_done_callback(partial(self._ended, chat_id))
        self._metrics.lanes.set(len(self._lanes))

    async def stop(self, patience: float) -> None:
        """Send what waits for at most so many seconds; the rest stays in the outbox."""
        deadline = time.monotonic() + patience
        while self._lanes and (left := deadline - time.monotonic()) > 0:
            await asyncio.wait(self._lanes.values(), timeout=left)
            await asyncio.sleep(0)
        self._stopping = True
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown(wait=True)

    def _ended(self, chat_id: int, task: "asyncio.Task[None]") -> None:
        self._lanes.pop(chat_id, None)
        self._metrics.lanes.set(len(self._lanes))
        if not task.cancelled() and (error := task.exception()):
            _log.error("A lane of the delivery ended: %s", type(error).__name__)
            asyncio.get_running_loop().call_later(LONGEST_PAUSE, self.wake, [chat_id])
        elif chat_id in self._again:
            self._again.discard(chat_id)
            self.wake([chat_id])

    async def _lane(self, chat_id: int) -> None:
        while call := await self._do(outbox.next_call, chat_id):
            self._again.discard(chat_id)
            wait = await self._attempt(call)
            if wait:
                await asyncio.sleep(wait)

    async def _attempt(self, call: Call) -> float:
        """Make a call and note what came of it; gives the seconds to wait before the next."""
        if is_visitor(call.chat_id):
            await self._do(mailbox.deliver, call.id, self._clock())
            return 0.0
        paced = call.method.startswith(_PACED)
        turn = self._pace.turn(call.chat_id) if paced else nullcontext()
        alone = self._gate.passing() if call.method.startswith(_DOUBLING) else nullcontext()
        async with turn, alone:
            begun = self._clock()
            try:
                result = await self._api.call(
                    call.method, call.payload, file=call.file, file_name=call.file_name
                )
            except TelegramError as error:
                return await self._after(call, error, begun)
            await self._do(outbox.record_sent, call.id, result, self._clock())
        self._metrics.sent.labels(call.method).inc()
        self._metrics.delivery.observe(self._clock() - call.created_at)
        return 0.0

    async def _after(self, call: Call, error: TelegramError, begun: float) -> float:
        """Note a failure; gives the seconds to wait before the next attempt, 0 for none."""
        self._metrics.failed.labels(type(error).__name__).inc()
        if isinstance(error, RetryAfter):
            return _seconds(error.retry_after)
        if isinstance(error, ChatMigrated):
            await self._do(outbox.record_moved, call.chat_id, error.new_chat_id)
            self.wake([error.new_chat_id])
        elif isinstance(error, Forbidden):
            _log.info("A chat is closed to the bot; what waited for it is dropped")
            await self._do(outbox.record_closed, call.chat_id, self._clock(), begun)
        elif isinstance(error, BadRequest):
            await self._refused(call, error)
        elif isinstance(error, NetworkError) and self._clock() - call.created_at < GIVEN_UP:
            await self._do(outbox.record_attempt, call.id)
            wait = min(FIRST_PAUSE * 2.0 ** min(call.attempts, 10), LONGEST_PAUSE)
            _log.warning("Sending again in %.1f seconds: %s", wait, error)
            return wait
        else:
            await self._refused(call, error)
        return 0.0

    async def _refused(self, call: Call, error: TelegramError) -> None:
        if _NO_CHANGE in str(error).lower():
            await self._do(outbox.record_sent, call.id, None, self._clock())
            return
        if _is_without_topic(error) and await self._do(self._heal, call.id):
            _log.warning("A topic of the desk was deleted; another one is made")
            return
        _log.error("Telegram refused %s: %s", call.method, error)
        await self._do(outbox.record_failed, call.id, self._clock())

    async def _do(self, action: Callable[..., _T], *arguments: object) -> _T:
        """Run one transaction in a thread, again where the database failed for a moment."""
        loop = asyncio.get_running_loop()
        work = partial(self._transact, action, *arguments)
        for pause in (0.1, 1.0, 5.0):
            try:
                return self._woken(*await loop.run_in_executor(self._threads, work))
            except SQLAlchemyError as error:
                _log.warning("The database failed: %s", type(error).__name__)
                await asyncio.sleep(pause)
        return self._woken(*await loop.run_in_executor(self._threads, work))

    def _woken(self, result: _T, chats: set[int]) -> _T:
        """Look after the chats that a transaction has put something for."""
        if chats:
            self.wake(chats)
        return result

    def _transact(self, action: Callable[..., _T], *arguments: object) -> tuple[_T, set[int]]:
        """Run one transaction; gives also the chats that something was put for."""
        with self._database.session() as session:
            return action(session, *arguments), chats_put(session)


def _is_without_topic(error: TelegramError) -> bool:
    return any(sign in str(error).lower() for sign in _NO_TOPIC)


def _seconds(duration: int | timedelta) -> float:
    return duration.total_seconds() if isinstance(duration, timedelta) else float(duration)
