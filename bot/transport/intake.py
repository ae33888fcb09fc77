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

from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from telegram import Update
from telegram.error import TelegramError

from bot.metrics import Metrics
from bot.transport.api import Api
from bot.transport.delivery import Deliverer
from hyqa import HyqaError
from storage.database import Database
from storage.outbox import chats_put
from storage.updates import is_handled, record_handled

PASSING = (OperationalError, InterfaceError, PoolTimeoutError)
"""Failures of the database that pass: the update is to come again. All others would fail again."""
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

    async def prepare(self, update: Update) -> None:
        """Find out what has to be known before an update is answered."""

    def at_once(self, update: Update) -> tuple[str, dict[str, Any]] | None:
        """A call to make before the answer is there, and no harm done if it fails."""


class Intake:
    """Hands updates to the dialogues: those of one chat in order, those of different ones at once.

    The answer, what is remembered and the note that the update is handled are one transaction.
    """

    def __init__(
        self,
        dialogues: Dialogues,
        database: Database,
        deliverer: Deliverer,
        api: Api,
        metrics: Metrics,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._dialogues = dialogues
        self._database = database
        self._deliverer = deliverer
        self._api = api
        self._metrics = metrics
        self._clock = clock
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
        self._aside(self._at_once(update))
        with self._metrics.handling.time(), self._metrics.open.track_inprogress():
            async with self._turn(_lane_of(update)):
                await self._dialogues.prepare(update)
                loop = asyncio.get_running_loop()
                chats = await loop.run_in_executor(self._threads, self._handle, update)
        self._metrics.updates.inc()
        self._deliverer.wake(chats)

    async def close(self) -> None:
        """End what goes on beside, and the threads, when nothing is in work any more."""
        for task in self._asides:
            task.cancel()
        await asyncio.gather(*self._asides, return_exceptions=True)
        self._threads.shutdown(wait=True)

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
        try:
            return self._transact(update, self._dialogues.answer)
        except PASSING:
            raise
        except Exception as error:  # whatever fails, the next update is to be answered
            self._metrics.errors.inc()
            _log.error("On update %s:\n%s", update.update_id, "".join(_trace(error)))
            return self._apologise(update)

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
        with self._database.session() as session:
            if is_handled(session, update.update_id):
                return []
            answer(session, update)
            try:
                record_handled(session, update.update_id, self._clock())
            except IntegrityError:  # another process was quicker
                session.rollback()
                return []
            return list(chats_put(session))

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


def _trace(error: BaseException) -> Iterator[str]:
    """Frames of an error and its causes; the words of unknown errors may quote the question."""
    cause = error.__cause__ or error.__context__
    if cause:
        yield from _trace(cause)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}: {error}\n" if _is_safe(error) else f"{type(error).__name__}\n"


def _is_safe(error: BaseException) -> bool:
    return isinstance(error, (HyqaError, TelegramError))
