"""The intake: each update is answered once, and is done with when its answer is safe."""

import asyncio
import contextlib
import logging
import time
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from telegram import Update
from telegram.error import TelegramError

from bot.metrics import Metrics
from bot.transport.api import Api
from bot.transport.delivery import Deliverer
from bot.transport.health import Health, Part
from bot.transport.holding import Holding
from hyqa import HyqaError
from storage.database import PASSING, Database
from storage.outbox import chats_put, chats_waiting
from storage.updates import is_handled, record_handled

THREADS = 2
"""Updates handled at a time: looking up is work for the processor, not waiting, and more threads
would keep the one that sends from its turn."""
SIGNS = 8
"""Calls made beside at a time. A typing sign that would have to wait is left out: one that comes
after the answer tells of another answer."""

_log = logging.getLogger(__name__)


class Dialogues(Protocol):
    """What answers updates, by writing into a session."""

    def answer(self, session: Session, update: Update) -> None:
        """Put into the outbox what an update calls for."""

    def apologise(self, session: Session, update: Update) -> None:
        """Put into the outbox that something went wrong."""

    def excuse(self, session: Session, update: Update) -> bool:
        """Put into the outbox that an answer comes late; says whether anybody waited for it."""

    def put_off(self, update: Update) -> None:
        """Forget in memory that an update was looked at: it comes again, when the database is well."""

    async def prepare(self, update: Update) -> None:
        """Find out what has to be known before an update is answered."""

    def at_once(self, update: Update) -> tuple[str, dict[str, Any]] | None:
        """A call to make before the answer is there, and no harm done if it fails."""


class Intake:
    """Hands updates to the dialogues: those of one chat in order, those of different ones at once.

    The answer, what is remembered and the note that the update is handled are one transaction.

    Args:
        dialogues: answer updates.
        database: of the state.
        deliverer: sends what was put into the outbox.
        api: of Telegram.
        metrics: told of each update.
        health: told of each transaction.
        clock: seconds since the epoch.
        steady: seconds, growing steadily.
    """

    def __init__(
        self,
        dialogues: Dialogues,
        database: Database,
        deliverer: Deliverer,
        api: Api,
        metrics: Metrics,
        health: Health,
        *,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dialogues = dialogues
        self._database = database
        self._deliverer = deliverer
        self._api = api
        self._metrics = metrics
        self._health = health
        self._clock = clock
        self._holding = Holding(steady)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}
        self._asides: set[asyncio.Task[None]] = set()
        self._signs = asyncio.Semaphore(SIGNS)

    async def take(self, raw: dict[str, Any]) -> None:
        """Answer an update; returns when its answer is safe.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: one of ``PASSING``: the database failed; the update is to come again.
        """
        update = self._parsed(raw)
        if update is None:
            return
        if not self._holding.includes(update.update_id):  # one typing sign is enough
            self._aside(self._at_once(update))
        with self._metrics.handling.time(), self._metrics.open.track_inprogress():
            async with self._turn(_lane_of(update)):
                await self._dialogues.prepare(update)
                loop = asyncio.get_running_loop()
                try:
                    chats = await loop.run_in_executor(self._threads, self._handle, update)
                except PASSING as error:
                    self._hold(update, error)
                    self._dialogues.put_off(update)
                    raise
                self._holding.release(update.update_id)
        self._metrics.updates.inc()
        self._deliverer.wake(chats)

    async def close(self) -> None:
        """End what goes on beside, and the threads, when nothing is in work any more."""
        for task in self._asides:
            task.cancel()
        await asyncio.gather(*self._asides, return_exceptions=True)
        self._threads.shutdown(wait=True)

    def _hold(self, update: Update, error: Exception) -> None:
        """Note that an update waits for the database."""
        self._metrics.errors.inc()
        self._holding.hold(update.update_id, is_well=self._health.is_well(Part.DATABASE))
        self._health.bad(Part.DATABASE, type(error).__name__)

    @asynccontextmanager
    async def _turn(self, lane: int) -> AsyncIterator[None]:
        """Wait for the updates of the same chat that came before."""
        lock = self._locks.setdefault(lane, asyncio.Lock())
        self._waiting[lane] = self._waiting.get(lane, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[lane] -= 1
            if not self._waiting[lane]:
                del self._waiting[lane], self._locks[lane]

    def _handle(self, update: Update) -> list[int]:
        """Answer an update in one transaction; gives the chats that something waits for."""
        if self._holding.is_hopeless(update.update_id):
            _log.error("Update %s fails again and again, and no other does", update.update_id)
            return self._apologise(update)
        try:
            return self._transact_again(update)
        except PASSING:
            raise
        except Exception as error:  # whatever fails, the next update is to be answered
            self._metrics.errors.inc()
            _log.error("On update %s:\n%s", update.update_id, "".join(_trace(error)))
            return self._apologise(update)

    def _transact_again(self, update: Update) -> list[int]:
        """Answer an update, once more where another transaction wrote the same row before.

        Somebody new may write in two chats at once; and another process may be quicker.
        """
        try:
            return self._transact(update, self._dialogues.answer)
        except IntegrityError:
            return self._transact(update, self._dialogues.answer)

    def _apologise(self, update: Update) -> list[int]:
        """Say that something went wrong; if not even that works, be done with the update."""
        try:
            return self._transact(update, self._dialogues.apologise)
        except PASSING:
            raise
        except Exception as error:  # the update must not come for ever
            _log.error("On update %s, nobody could be told: %s", update.update_id, type(error))
            return self._transact(update, lambda session, update: None)

    def _transact(self, update: Update, answer: Callable[[Session, Update], None]) -> list[int]:
        mark, number, chat = _mark_of(update), update.update_id, _lane_of(update)
        excused = False
        with self._database.session() as session:
            if is_handled(session, number, mark):
                # Its commit may have been said to fail: then nobody has been told what waits.
                return chats_waiting(session)
            if self._holding.owes_excuse(number, chat):
                excused = self._dialogues.excuse(session, update)
            answer(session, update)
            record_handled(session, number, mark, self._clock())
            chats = list(chats_put(session))
        if excused:
            self._holding.excused(chat)
        return chats

    def _parsed(self, raw: dict[str, Any]) -> Update | None:
        """The update; None where it is none that can be read, which no later attempt mends."""
        try:
            return Update.de_json(raw, self._api)
        except Exception as error:  # whatever hostile JSON leads to
            _log.error("An update could not be read: %s", type(error).__name__)
            return None

    async def _at_once(self, update: Update) -> None:
        call = self._dialogues.at_once(update)
        if call is None or (call[0] == "sendChatAction" and self._signs.locked()):
            return
        async with self._signs:
            with contextlib.suppress(TelegramError):
                await self._api.call(*call)

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


def _lane_of(update: Update) -> int:
    """Chat of an update, or else the user, or else the update itself: what keeps an order."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else update.update_id


def _mark_of(update: Update) -> str:
    """What tells an update from another that Telegram gives the same number, after a silent week."""
    if update.callback_query:
        return f"press {update.callback_query.id}"
    if update.inline_query:
        return f"inline {update.inline_query.id}"
    message = update.effective_message
    if message is None:
        return "other"
    edited = int(message.edit_date.timestamp()) if message.edit_date else 0
    return f"message {message.chat.id} {message.message_id} {edited}"


def _trace(error: BaseException) -> Iterator[str]:
    """Frames of an error and its causes; the words of unknown errors may quote the question."""
    cause = error.__cause__ or error.__context__
    if cause:
        yield from _trace(cause)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}: {error}\n" if _is_safe(error) else f"{type(error).__name__}\n"


def _is_safe(error: BaseException) -> bool:
    return isinstance(error, (HyqaError, TelegramError))
