"""The Telegram application, put together."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

from telegram import BotCommand, LinkPreviewOptions
from telegram.constants import ParseMode, UpdateType
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, Defaults

from bot.chats import CONTEXT_TYPES, DEFAULT_LIMITS, BotApplication, Limits
from bot.errors import on_error
from bot.handlers import Answering, Handlers
from bot.polling import PollingRequest
from bot.settings import Settings
from bot.texts import TEXTS, Texts
from hyqa import Language

CONCURRENT_UPDATES = 64
"""Updates handled at a time; most of them wait for the network or for their chat's turn."""
ALLOWED_UPDATES = [UpdateType.MESSAGE.value]
"""Kinds of updates to be sent: edited messages, among others, stay away."""
HENGYANG_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
DEFAULTS = Defaults(
    parse_mode=ParseMode.HTML,
    link_preview_options=LinkPreviewOptions(is_disabled=True),
    allow_sending_without_reply=True,
)

_log = logging.getLogger(__name__)


def hengyang_today() -> date:
    """The day it is in Hengyang, where documents come into force and expire."""
    return datetime.now(HENGYANG_TIME).date()


def build(
    settings: Settings,
    engine: Answering,
    *,
    limits: Limits = DEFAULT_LIMITS,
    today: Callable[[], date] = hengyang_today,
) -> BotApplication:
    """Put the bot together; it is then run by ``run_polling``."""
    application: BotApplication = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(settings.base_url)
        .base_file_url(settings.base_file_url)
        .get_updates_request(PollingRequest(connection_pool_size=1))
        .context_types(CONTEXT_TYPES)
        .defaults(DEFAULTS)
        .concurrent_updates(CONCURRENT_UPDATES)
        .post_init(_introduce)
        .build()
    )
    Handlers(engine, today=today, limits=limits).register(application)
    application.add_error_handler(on_error)
    return application


async def _introduce(application: BotApplication) -> None:
    """Tell Telegram the bot's commands: in English by default, in Chinese to Chinese users."""
    _log.info("Answering as @%s", application.bot.username)
    try:
        await application.bot.set_my_commands(_commands(TEXTS[Language.ENGLISH]))
        await application.bot.set_my_commands(
            _commands(TEXTS[Language.CHINESE]), language_code="zh"
        )
    except TelegramError as error:
        _log.warning("The menu of commands could not be set: %s", error)


def _commands(texts: Texts) -> list[BotCommand]:
    return [
        BotCommand("start", texts.about_start),
        BotCommand("ask", texts.about_ask),
        BotCommand("help", texts.about_help),
    ]
