"""What happens when something goes wrong: it is logged, and the user is told politely."""

import logging
import traceback
from collections.abc import Iterator

from telegram import Message, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import languages
from bot.chats import BotContext
from bot.markup import escape
from bot.texts import TEXTS
from hyqa import HyqaError

_log = logging.getLogger(__name__)


async def on_error(update: object, context: BotContext) -> None:
    """Log an error first; then tell the user whose message it kept from an answer."""
    error = context.error
    if error is None:
        return
    _report(update, error)
    if isinstance(update, Update) and update.message and _can_be_told(error):
        await _apologise(update.message)


def _report(update: object, error: Exception) -> None:
    """Log what is known of an error, without the question that led to it."""
    where = f"update {update.update_id}" if isinstance(update, Update) else "polling"
    if isinstance(error, Forbidden):
        _log.info("On %s: the chat is closed to the bot: %s", where, error)
    elif isinstance(error, Conflict):
        _log.error("Another bot runs with the same token; stop one of them: %s", error)
    elif _is_of_the_network(error):
        _log.warning("On %s: %s: %s", where, type(error).__name__, error)
    else:
        _log.error("On %s:\n%s", where, "".join(_trace(error)))


def _trace(error: BaseException) -> Iterator[str]:
    """Frames of an error and its causes; the words of unknown errors may quote the question."""
    cause = error.__cause__ or error.__context__
    if cause:
        yield from _trace(cause)
    yield from traceback.format_tb(error.__traceback__)
    safe = isinstance(error, (HyqaError, TelegramError))
    yield f"{type(error).__name__}: {error}\n" if safe else f"{type(error).__name__}\n"


def _can_be_told(error: Exception) -> bool:
    """Whether a message may still get through after this error."""
    return not isinstance(error, (Forbidden, RetryAfter)) and not _is_of_the_network(error)


def _is_of_the_network(error: Exception) -> bool:
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


async def _apologise(message: Message) -> None:
    code = message.from_user.language_code if message.from_user else None
    language = languages.of_text(message.text or "", code)
    try:
        await message.reply_html(escape(TEXTS[language].failed))
    except TelegramError as error:
        _log.warning("The user could not be told of it: %s", error)
