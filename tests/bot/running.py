"""Running the bot inside of a test, against the stand-in for Telegram."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date

from telegram.error import TelegramError
from telegram_server import TOKEN, TelegramServer

from bot.application import ALLOWED_UPDATES, build
from bot.chats import DEFAULT_LIMITS, BotApplication, Limits
from bot.handlers import Answering
from bot.settings import Settings

TODAY = date(2025, 11, 20)
Running = Callable[..., AbstractAsyncContextManager[BotApplication]]
"""Runs the bot by polling; takes what ``run_bot`` takes by name."""


@asynccontextmanager
async def run_bot(
    server: TelegramServer,
    *,
    engine: Answering,
    limits: Limits = DEFAULT_LIMITS,
    allowed_updates: list[str] | None = ALLOWED_UPDATES,
) -> AsyncIterator[BotApplication]:
    """Do what ``run_polling`` does, but in the event loop of the test."""
    settings = Settings(TOKEN, api_url=server.url)
    application = build(settings, engine, limits=limits, today=lambda: TODAY)
    assert application.updater and application.post_init
    async with application:
        await application.post_init(application)
        await application.updater.start_polling(
            allowed_updates=allowed_updates,
            error_callback=lambda error: _process(application, error),
        )
        await application.start()
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()


def _process(application: BotApplication, error: TelegramError) -> None:
    application.create_task(application.process_error(None, error))
