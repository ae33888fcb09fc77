"""Logging: what happened to the page, never what was asked of it or by whom."""

import json
import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_QUIET = {"alembic": logging.WARNING, "uvicorn": logging.ERROR}
"""uvicorn warns of each malformed request, so that anybody could fill the log."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, where from, and the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record down, without the words of an error."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(entry, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """One line a record, without the words of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record down."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        return self.formatMessage(record)


def configure(*, as_json: bool = False) -> None:
    """Log to standard error at INFO; tracebacks are left out: their last line may hold a question."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else LineFormatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
