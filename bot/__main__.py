"""Runs the bot: ``python -m bot``, with TELEGRAM_TOKEN in the environment."""

import logging
import os
import sys

from telegram.error import InvalidToken, TelegramError

from bot import logs
from bot.application import ALLOWED_UPDATES, build
from bot.settings import Settings
from hyqa import ConfigError, Engine, HyqaError

BOOTSTRAP_RETRIES = 5
"""Attempts to reach Telegram at the start, some 20 seconds, before the bot gives up."""

_log = logging.getLogger("bot")


def main() -> int:
    """Run the bot until it is stopped.

    Returns:
        The exit code: 0 stopped on purpose, 1 could not run, 2 wrong settings.
    """
    try:
        settings = Settings.from_environment(os.environ)
        logs.configure(settings.token)
        run(settings)
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


def run(settings: Settings) -> None:
    """Open the index and answer questions until a signal to stop comes."""
    engine = Engine.open(settings.index, encoder=settings.encoder)
    _log.info("Opened the index in %s; connecting to %s", settings.index, settings.api_url)
    build(settings, engine).run_polling(
        allowed_updates=ALLOWED_UPDATES, bootstrap_retries=BOOTSTRAP_RETRIES
    )


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
