"""Asking Telegram for updates, without ever giving up."""

from http import HTTPStatus
from typing import Any

from telegram.request import HTTPXRequest

_ENDED_BY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class PollingRequest(HTTPXRequest):
    """Takes "no such bot" for a failure that passes.

    python-telegram-bot ends its polling, but not the process, when a server answers so. The
    token was accepted at the start; a proxy or a Bot API server that restarts answers so, too.
    """

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """Send the request; a refusal of the bot counts as the server being unavailable."""
        status, body = await super().do_request(*args, **options)
        return (HTTPStatus.SERVICE_UNAVAILABLE if status in _ENDED_BY else status), body
