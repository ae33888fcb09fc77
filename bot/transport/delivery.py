"""Delivery: what stands in the outbox is sent, in each chat in order, until it has arrived."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple, TypeVar

from sqlalchemy.orm import Session
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.metrics import Metrics
from bot.transport.api import Api
from bot.transport.gate import Gate
from bot.transport.health import Health, Part
from bot.transport.pace import Pace
from bot.transport.reach import LONGEST_PAUSE, Reach, doubled
from storage import mailbox, outbox
from storage.database import PASSING, Database
from storage.outbox import Call, chats_put
from storage.visitors import is_visitor

FIRST_PAUSE = 0.5
"""Seconds before the second attempt at a call that fails while others do not, doubled as in an outage:
where nobody else is written to, or polls get through all the while, its first failures look like these."""
DATABASE_PAUSES = (0.1, 1.0, 5.0)
"""Seconds between attempts when the database fails; the last one for ever."""
THREADS = 2
"""Transactions at a time: of their own, so that noting what was sent waits for nothing else."""
GIVEN_UP, SURE = 24 * 60 * 60, 10 * 60.0
"""Seconds after which an answer has lost its use, and for which it is tried whatever a clock says."""
ATTEMPTS = 64
"""Attempts at a call that fails while others get through, in five minutes: it is what is wrong."""
_PACED = ("send", "edit", "copy", "setMessageReaction")
"""Calls that Telegram's limits on sending hold for."""
_DOUBLING = ("send", "copy", "createForumTopic")
"""Calls that leave a second message where they are made twice; all others may be repeated."""
_NO_CHANGE = "message is not modified"
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Pause(NamedTuple):
    """Seconds until the next attempt of a chat; kept to the end where Telegram has asked for it."""

    seconds: float = 0.0
    asked_for: bool = False


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
        health: Health,
        reach: Reach,
        *,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        heal: Callable[[Session, int], bool] = lambda session, call_id: False,
    ) -> None:
        self._heal = heal
        self._database = database
        self._api = api
        self._pace = pace
        self._metrics = metrics
        self._health = health
        self._reach = reach
        self._clock = clock
        self._steady = steady
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._under_way: dict[int, asyncio.Event] = {}
        """Calls that are being made, by their number, each with what tells of the end of it."""
        self._old: dict[int, float] = {}
        """Since when calls are known to be old, by their number."""
        self._gate = Gate(steady)
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
        deadline = self._steady() + patience
        while self._lanes and (left := deadline - self._steady()) > 0:
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
            if other := self._under_way.get(call.id):
                await other.wait()  # its group has moved meanwhile: the lane of before makes it
                continue
            pause = await self._alone(call)
            if pause.asked_for:
                await asyncio.sleep(pause.seconds)
            elif pause.seconds:
                await self._reach.pause(pause.seconds)
        # What failed may wait no more: its group has moved, who asked wants to be forgotten.
        self._health.drop(Part.SEND, chat_id)

    async def _alone(self, call: Call) -> Pause:
        """Make a call, which no other lane makes meanwhile; gives the pause before the next."""
        ended = self._under_way[call.id] = asyncio.Event()
        try:
            return await self._attempt(call)
        finally:
            del self._under_way[call.id]
            ended.set()

    async def _attempt(self, call: Call) -> Pause:
        """Make a call and note what came of it; gives the pause before the next."""
        if is_visitor(call.chat_id):
            await self._do(mailbox.deliver, call.id, self._clock())
            return Pause()
        async with self._turn(call):
            begun = self._steady()
            try:
                result = await self._api.call(
                    call.method, call.payload, file=call.file, file_name=call.file_name
                )
            except TelegramError as error:
                return await self._after(call, error, begun)
            except Exception as error:  # a call that cannot even be made holds up no other
                _log.error("%s cannot be made: %s", call.method, type(error).__name__)
                await self._do(outbox.record_failed, call.id, self._clock())
                return Pause()
            self._reach.succeeded()
            self._health.good(Part.SEND)
            await self._do(outbox.record_sent, call.id, result, self._clock())
        self._metrics.sent.labels(call.method).inc()
        self._metrics.delivery.observe(max(0.0, self._clock() - call.created_at))
        return Pause()

    @asynccontextmanager
    async def _turn(self, call: Call) -> AsyncIterator[None]:
        """Wait until a call may be made; it is made inside of the block.

        What its own chat's limits hold back does not try for all during an outage: the others
        would wait as long.
        """
        paced = call.method.startswith(_PACED)
        if paced:
            await self._pace.ready(call.chat_id)
        turn = self._pace.turn(call.chat_id) if paced else nullcontext()
        alone = self._gate.passing() if call.method.startswith(_DOUBLING) else nullcontext()
        async with self._reach.turn(), turn, alone:
            yield

    async def _after(self, call: Call, error: TelegramError, begun: float) -> Pause:
        """Note a failure; gives the pause before the next attempt."""
        self._metrics.failed.labels(type(error).__name__).inc()
        if isinstance(error, RetryAfter):
            return Pause(_seconds(error.retry_after), asked_for=True)
        if isinstance(error, (ChatMigrated, Forbidden, BadRequest)):
            self._reach.succeeded()  # Telegram has answered
            self._health.drop(Part.SEND, call.chat_id)
            await self._settle(call, error)
            return Pause()
        self._reach.failed()
        self._health.bad(Part.SEND, type(error).__name__, call.chat_id, begun=begun)
        if self._is_hopeless(call):
            self._health.drop(Part.SEND, call.chat_id)
            _log.error("%s is given up: %s", call.method, type(error).__name__)
            await self._do(outbox.record_failed, call.id, self._clock())
            return Pause()
        _log.warning("%s was not sent, and will be: %s", call.method, type(error).__name__)
        if self._reach.is_down:  # then all wait together
            return Pause()
        await self._do(outbox.record_attempt, call.id)
        return Pause(doubled(FIRST_PAUSE, call.attempts))

    def _is_hopeless(self, call: Call) -> bool:
        """Whether a call has failed too often while others got through, or for too long."""
        if call.attempts >= ATTEMPTS and not self._reach.is_down:
            return True
        if self._clock() - call.created_at < GIVEN_UP:
            self._old.pop(call.id, None)
            return False
        return self._steady() - self._old.setdefault(call.id, self._steady()) >= SURE

    async def _settle(self, call: Call, error: TelegramError) -> None:
        """Do with a call what Telegram's answer asks for: it would answer the same again."""
        if isinstance(error, ChatMigrated):
            await self._do(outbox.record_moved, call.chat_id, error.new_chat_id)
        elif isinstance(error, Forbidden):
            _log.info("A chat is closed to the bot; what waited for it is dropped")
            await self._do(outbox.record_closed, call.chat_id, call.id, self._clock())
        else:
            await self._refused(call, error)

    async def _refused(self, call: Call, error: TelegramError) -> None:
        if _NO_CHANGE in str(error).lower():
            await self._do(outbox.record_sent, call.id, None, self._clock())
            return
        if _is_without_topic(error) and await self._do(self._heal, call.id):
            _log.warning("A topic of the desk was deleted; another one is made")
            return
        if _is_without_topic(error) and await self._do(outbox.leave_topic, call.id):
            _log.warning("A topic was deleted; what answers in it is said outside of it")
            return
        _log.error("Telegram refused %s: %s", call.method, error)
        await self._do(outbox.record_failed, call.id, self._clock())

    async def _do(self, action: Callable[..., _T], *arguments: object) -> _T:
        """Run one transaction in a thread, again and again where the database fails for a while.

        What was sent is to be noted before anything else is done: it would be sent once more. A
        commit may be done though it is said to have failed: what it has put is looked after, too.
        """
        loop = asyncio.get_running_loop()
        chats: set[int] = set()
        work = partial(self._transact, chats, action, *arguments)
        for pause in chain(DATABASE_PAUSES, repeat(DATABASE_PAUSES[-1])):
            try:
                return self._woken(await loop.run_in_executor(self._threads, work), chats)
            except PASSING as error:
                _log.warning("The database failed: %s", type(error).__name__)
                self._health.bad(Part.DATABASE, type(error).__name__)
                await asyncio.sleep(pause)
        raise AssertionError("the pauses never end")

    def _woken(self, result: _T, chats: set[int]) -> _T:
        """Look after the chats that a transaction has put something for."""
        if chats:
            self.wake(chats)
        return result

    def _transact(self, chats: set[int], action: Callable[..., _T], *arguments: object) -> _T:
        """Run one transaction, and add the chats that something was put for."""
        with self._database.session() as session:
            result = action(session, *arguments)
            chats |= chats_put(session)
            return result


def _is_without_topic(error: TelegramError) -> bool:
    return any(sign in str(error).lower() for sign in _NO_TOPIC)


def _seconds(duration: int | timedelta) -> float:
    return duration.total_seconds() if isinstance(duration, timedelta) else float(duration)
