"""Sending replies through a network and a flood control that may ask for patience."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import timedelta

from telegram import Message
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

ATTEMPTS = 3
PAUSE = 1.0
"""Seconds between attempts when the network failed; a lost connection is mostly back by then."""
PATIENCE = 60.0
"""The longest wait, in seconds, that flood control may ask for before the reply is given up."""

_log = logging.getLogger(__name__)


async def reply(message: Message, texts: Iterable[str]) -> None:
    """Reply with HTML messages, one after the other, each tried again where that helps.

    Raises:
        telegram.error.TelegramError: A message could not be sent.
    """
    for text in texts:
        await _send(message, text)


async def _send(message: Message, text: str) -> None:
    for remaining in reversed(range(ATTEMPTS)):
        try:
            await message.reply_html(text)
            return
        except (NetworkError, RetryAfter) as error:
            wait = _wait(error)
            if not remaining or wait is None:
                raise
            _log.warning("Sending again in %.1f seconds: %s", wait, error)
            await asyncio.sleep(wait)


def _wait(error: NetworkError | RetryAfter) -> float | None:
    """Seconds to wait before the next attempt; None where it cannot help, or may send twice."""
    if isinstance(error, RetryAfter):
        seconds = _seconds(error.retry_after)
        return seconds if seconds <= PATIENCE else None
    return None if isinstance(error, (BadRequest, TimedOut)) else PAUSE


def _seconds(duration: int | timedelta) -> float:
    return duration.total_seconds() if isinstance(duration, timedelta) else float(duration)
