"""Logging that never writes the bot's token, not even inside a traceback."""

import json
import logging
import sys
from typing import TextIO

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
REDACTED = "<secret>"
_CHATTY = ("httpx", "httpcore", "alembic", "fontTools", "fpdf")
_QUOTING = ("telegram.request",)
"""Who logs what Telegram has sent, with all that people wrote; the errors are told elsewhere."""


class Redaction(logging.Filter):
    """Replaces the token in all that a record would print: message, traceback and stack.

    What stands before the colon is the bot's public number; what stands behind it is secret,
    and is replaced wherever it stands, as the colon may be written otherwise in an address.
    """

    def __init__(self, token: str) -> None:
        super().__init__()
        self._secret = token.rpartition(":")[2]

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place, so that no later handler sees the secret either."""
        record.msg, record.args = self._clean(record.getMessage()), None
        if record.exc_info:
            text = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = self._clean(text), None
        if record.stack_info:
            record.stack_info = self._clean(record.stack_info)
        return True

    def _clean(self, text: str) -> str:
        return text.replace(self._secret, REDACTED)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, where from, and the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record down."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            entry["trace"] = record.exc_text
        return json.dumps(entry, ensure_ascii=False)


def configure(
    token: str, *, stream: TextIO | None = None, as_json: bool = False
) -> logging.Handler:
    """Log to a stream (standard error by default) at INFO, with the token redacted.

    Requests are logged by their client with the token in the address: it is turned down.

    Returns:
        The handler that was added to the root logger.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else logging.Formatter(FORMAT))
    handler.addFilter(Redaction(token))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _QUOTING:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return handler
