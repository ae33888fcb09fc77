"""The bot, put together: it starts, answers until it is told to stop, and stops in order."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine

from sqlalchemy.orm import Session
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.dialogues import desk
from bot.dialogues.chores import Chores
from bot.dialogues.publishing import Publisher
from bot.languages import Tongue
from bot.library import Library
from bot.metrics import Metrics
from bot.routing.router import Router
from bot.scene import Profile
from bot.settings import Settings
from bot.texts import TEXTS
from bot.texts.menus import introductions
from bot.transport.alarms import Alarms
from bot.transport.api import Api
from bot.transport.delivery import Deliverer
from bot.transport.health import Health, Part
from bot.transport.intake import Intake
from bot.transport.limiting import Allowance
from bot.transport.membership import Membership
from bot.transport.pace import TELEGRAMS, Limits, Pace
from bot.transport.polling import Polling
from bot.transport.reach import Reach
from bot.transport.web import HOOK, Web
from storage.database import PASSING, Database

UPDATES = ["message", "edited_message", "callback_query", "inline_query"]
"""Kinds of updates that Telegram is to bring."""
INDEX_LOOK = 5.0
"""Seconds between looks for another index."""
BEAT = 5.0
"""Seconds between writes that prove that the database can be written."""
ALARM = 2.0
"""Seconds between looks at the health for the maintainers."""
PURGE = 60 * 60.0
"""Seconds between purges of what is kept too long."""
DESK_LOOK = 60.0
"""Seconds between looks for talks that have gone silent, or wait since the desk was closed."""
NEWS_LOOK = 60.0
"""Seconds between looks for people who are to be told what changed."""
DRAFTS_LOOK = 1.0
"""Seconds between looks for documents that maintainers sent."""
LETTERS_LOOK = 2.0
"""Seconds between looks for what readers of the page write to the desk: another process takes it."""
PATIENCE = 20.0
"""Seconds that a stop takes at most for what waits to be sent; the rest is sent after a start."""

_log = logging.getLogger(__name__)


class Application:
    """One running bot.

    Args:
        settings: of the bot.
        library: holds the documents.
        database: keeps the state; brought up to date here.
        clock: seconds since the epoch; it may be set back and forth.
        steady: seconds, growing steadily.
        allowance: how much one person may ask.
        limits: on sending.
        requests: what carries calls to Telegram, and what carries polls; over HTTP by default.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        database: Database,
        *,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        allowance: Allowance | None = None,
        limits: Limits = TELEGRAMS,
        requests: tuple[BaseRequest, BaseRequest] | None = None,
    ) -> None:
        self.settings = settings
        self.database = database
        self.library = library
        self.metrics = Metrics()
        self.api = Api(settings.token, settings.base_url, requests)
        parts = tuple(part for part in Part if part is not Part.POLL or not settings.webhook_url)
        self._health = Health(self.metrics, parts, steady)
        self._reach = Reach()
        self._pace = Pace(limits, steady)
        self.deliverer = Deliverer(
            database, self.api, self._pace, self.metrics, self._health, self._reach,
            clock=clock, steady=steady, heal=self._heal,
        )  # fmt: skip
        self._chores = Chores(settings, library, database, clock)
        self._publisher = Publisher(settings, database, self.api, clock)
        self.port = 0
        self._clock = clock
        self._steady = steady
        self._allowance = allowance
        self._intake: Intake | None = None
        self._polling: Polling | None = None
        self._web: Web | None = None
        self._aside: asyncio.Task[None] | None = None
        self._to_replay = False
        """Whether the index in force was not asked yet what no index before it could answer."""
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Connect, take up what an earlier run left, and begin to answer.

        Raises:
            telegram.error.TelegramError: Telegram refused the token or cannot be reached.
            ConfigError: the database cannot be opened.
        """
        await asyncio.to_thread(self.database.migrate)
        await self.api.initialize()
        me = Profile(self.api.id, self.api.username)
        _log.info("Answering as @%s", me.username)
        router = Router(
            self.library, self.settings, me, self.metrics,
            Membership(self.api, self.settings.desk_chat, self._steady),
            clock=self._clock, allowance=self._allowance or Allowance(steady=self._steady),
        )  # fmt: skip
        await self._agree_on_updates()
        self._intake = Intake(
            router, self.database, self.deliverer, self.api, self.metrics, self._health,
            clock=self._clock, steady=self._steady,
        )  # fmt: skip
        alarms = Alarms(
            self.api, self._health, self._alarmed(), TEXTS[Tongue.SIMPLIFIED], self._pace,
            self._steady,
        )  # fmt: skip
        await self.deliverer.start()
        await self._listen(self._intake)
        self._aside = asyncio.create_task(self._introduce())
        self._begin(self._every(INDEX_LOOK, self._refresh))
        self._begin(self._every(BEAT, self._beat))
        self._begin(self._every(ALARM, alarms.look))
        self._begin(self._every(PURGE, self._purge))
        self._begin(self._every(DESK_LOOK, self._tend))
        self._begin(self._every(LETTERS_LOOK, self._take_letters))
        self._begin(self._every(NEWS_LOOK, self._tell_news))
        if self.settings.corpus:
            self._begin(self._every(DRAFTS_LOOK, self._publish))

    async def stop(self) -> None:
        """Stop taking updates, finish what is in work, send what waits."""
        if self._web:
            await self._web.stop()
        tasks = [*self._tasks, self._aside] if self._aside else self._tasks
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._polling:
            await self._polling.finish()
        await self.deliverer.stop(PATIENCE)
        if self._intake:
            await self._intake.close()
        await self.api.shutdown()
        self.database.close()

    async def _agree_on_updates(self) -> None:
        """Tell Telegram how updates are to come."""
        if not self.settings.webhook_url:
            await self.api.call("deleteWebhook", {})
            return
        hook = {
            "url": self.settings.webhook_url + HOOK,
            "secret_token": self.settings.webhook_secret,
            "allowed_updates": UPDATES,
        }
        await self.api.call("setWebhook", hook)

    async def _listen(self, intake: Intake) -> None:
        """Take updates by webhook where one is set, else by polling."""
        settings = self.settings
        if settings.http_port or settings.webhook_url:
            hook = intake if settings.webhook_url else None
            self._web = Web(self.metrics, self.health, intake=hook, secret=settings.webhook_secret)
            self.port = await self._web.start(settings.http_host, settings.http_port)
        if not settings.webhook_url:
            self._polling = Polling(
                self.api, intake, UPDATES, self._health, self._reach, steady=self._steady
            )
            self._begin(self._polling.run())

    def health(self) -> dict[str, object]:
        """Whether the bot can answer, and what with."""
        running = not any(task.done() for task in self._tasks)
        return {
            "ok": running and not self._health.troubles(),
            "documents": len(self.library.shelf.documents),
            "parts": self._health.report(),
        }

    def _alarmed(self) -> list[int]:
        """Chats that are told of troubles."""
        chat = self.settings.alarm_chat
        return [chat] if chat else sorted(self.settings.maintainers)

    async def _introduce(self) -> None:
        """Tell Telegram the menus and the words of the profile; the bot works without as well."""
        for method, parameters in introductions(self.settings.desk_chat):
            try:
                await self.api.call(method, parameters)
            except TelegramError as error:
                kind = type(error).__name__
                _log.warning("The menu of commands or the profile could not be set: %s", kind)

    async def _refresh(self) -> None:
        try:
            if await asyncio.to_thread(self.library.refresh):
                self._to_replay = True
            await asyncio.to_thread(self.library.look)
        except Exception as error:
            self._health.bad(Part.INDEX, type(error).__name__)
            raise
        self._health.good(Part.INDEX)
        await asyncio.to_thread(self._chores.record_changes)
        if self._to_replay:
            await self._say(self._chores.replay)
            self._to_replay = False

    async def _publish(self) -> None:
        self.deliverer.wake(await self._publisher.step())

    async def _tell_news(self) -> None:
        await self._say(self._chores.tell_news)

    async def _beat(self) -> None:
        try:
            await asyncio.to_thread(self._chores.beat)
        except Exception as error:
            self._health.bad(Part.DATABASE, type(error).__name__)
            raise
        self._health.good(Part.DATABASE)

    def _heal(self, session: Session, call_id: int) -> bool:
        """Make another topic for a talk whose topic was deleted; says whether one is made."""
        shelf, group = self.library.shelf, self.settings.desk_chat
        return desk.heal(session, call_id, shelf, group, self._clock())

    async def _tend(self) -> None:
        await self._say(self._chores.tend)

    async def _take_letters(self) -> None:
        await self._say(self._chores.take_letters)

    async def _say(self, work: Callable[[], set[int]]) -> None:
        """Wake the chats that a piece of housekeeping has put something for.

        Its commit may be done though it is said to have failed: then all that waits is looked for.
        """
        try:
            chats = await asyncio.to_thread(work)
        except PASSING:
            await self.deliverer.start()
            raise
        self.deliverer.wake(chats)

    async def _purge(self) -> None:
        await asyncio.to_thread(self._chores.purge)

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception as error:  # a failure now says nothing of the next time
                _log.error("Housekeeping failed: %s", type(error).__name__)
            await asyncio.sleep(seconds)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        self._tasks.append(asyncio.create_task(work))
