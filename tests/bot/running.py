"""Running the bot inside of a test, against the stand-in for Telegram."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

from standin.server import TOKEN, TelegramServer

from bot.application import Application
from bot.library import Library, Shelf
from bot.settings import Settings
from bot.transport.limiting import Allowance
from bot.transport.pace import Limits
from storage.database import Database

TODAY = date(2025, 11, 20)
NOON = datetime(2025, 11, 20, 4, tzinfo=UTC).timestamp()
"""Noon of that day in Hengyang, a Thursday."""
QUICK = Limits((1000, 0.01), (1000, 0.01), (1000, 0.01))
"""Limits that no test has to wait for."""
Running = Callable[..., AbstractAsyncContextManager[Application]]
"""Runs the bot by polling; takes what ``run_bot`` takes by name."""


class Clock:
    """A clock that shows the day of the tests, and goes on from there."""

    def __init__(self, start: float = NOON) -> None:
        self.ahead = start - time.time()

    def __call__(self) -> float:
        return time.time() + self.ahead


@asynccontextmanager
async def run_bot(
    server: TelegramServer,
    *,
    shelf: Shelf,
    database_url: str,
    library: Library | None = None,
    clock: Callable[[], float] | None = None,
    limits: Limits = QUICK,
    questions: int = 1000,
    **settings: Any,
) -> AsyncIterator[Application]:
    """Do what ``python -m bot`` does, but in the event loop of the test."""
    clock = clock or Clock()
    application = Application(
        Settings(TOKEN, api_url=server.url, database_url=database_url, **settings),
        library or Library(shelf),
        Database(database_url),
        clock=clock,
        allowance=Allowance(questions, clock),
        limits=limits,
    )
    try:
        await application.start()
        yield application
    finally:
        await application.stop()
