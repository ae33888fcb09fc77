"""Runs the bot: ``python -m bot``, with TELEGRAM_TOKEN in the environment."""

import asyncio
import ctypes
import logging
import os
import signal
import sys

from telegram.error import InvalidToken, TelegramError

from bot import logs
from bot.application import Application
from bot.library import Library
from bot.settings import Settings
from hyqa import ConfigError, HyqaError
from storage.database import Database

BOOTSTRAP_PAUSES = (1, 2, 5, 10)
"""Seconds between attempts to reach Telegram at the start, before the bot gives up."""
ARENAS = 2
"""Places that the threads take memory from. By default glibc makes eight for each processor: answering
fills one after another, and what is free in one serves no other. After 200 questions over the
shipped corpus the bot held 450 MB so, and 428 MB with two."""
_ARENA_MAX = -8
"""What glibc calls ``M_ARENA_MAX``."""

_log = logging.getLogger("bot")


def main() -> int:
    """Run the bot until it is stopped.

    Returns:
        The exit code: 0 stopped on purpose, 1 could not run, 2 wrong settings.
    """
    share_memory()
    os.umask(0o077)  # the state holds what people asked: nobody else on the machine reads it
    try:
        settings = Settings.from_environment(os.environ)
        logs.configure(settings.token, as_json=settings.json_logs)
        asyncio.run(run(settings))
    except ConfigError as error:
        return _fail(str(error), 2)
    except HyqaError as error:
        return _fail(str(error), 1)
    except InvalidToken:
        return _fail("Telegram rejected TELEGRAM_TOKEN; check it and TELEGRAM_API_URL.", 2)
    except TelegramError:
        return _fail(f"Telegram cannot be reached at {settings.api_url}; the log says why.", 1)
    except Exception:
        _log.exception("The bot ended by an error of its own")
        return 1
    return 0


def share_memory() -> None:
    """Have threads that begin from now on take memory from few places, where glibc hands it out."""
    setting = getattr(ctypes.CDLL(None), "mallopt", None)
    if setting is not None:
        setting(_ARENA_MAX, ARENAS)


async def run(settings: Settings) -> None:
    """Open the index and answer questions until a signal to stop comes."""
    stop = asyncio.Event()
    _stop_on_signals(stop)
    library = await asyncio.to_thread(Library.open, settings.index, settings.encoder)
    _log.info("Opened the index in %s; connecting to %s", settings.index, settings.api_url)
    application = Application(settings, library, Database(settings.database_url))
    try:
        await _start(application)
        await stop.wait()
        _log.info("Stopping: what is in work is finished first")
    finally:
        await application.stop()


def _stop_on_signals(stop: asyncio.Event) -> None:
    """Stop on SIGTERM, and on an interrupt unless whoever started the bot had it ignored.

    A script's shell does so for what it starts with ``&``: Ctrl-C then ends the script alone.
    """
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        loop.add_signal_handler(signal.SIGINT, stop.set)


async def _start(application: Application) -> None:
    for pause in (*BOOTSTRAP_PAUSES, 0):
        try:
            await application.start()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            if not pause:
                raise
            _log.warning("Telegram cannot be reached, trying again: %s", type(error).__name__)
            await asyncio.sleep(pause)


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
