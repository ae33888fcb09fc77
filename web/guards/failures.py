"""Errors become pages without internals, and log lines without what was asked."""

import logging
import traceback
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

ErrorPage = Callable[[Request, int], Awaitable[Response]]


class Failures:
    """Shows a page where anything inside raised, and logs its kind and place alone.

    The words of an error may hold a question, so they are not written anywhere.

    Args:
        app: what is guarded.
        page: makes the page of a status.
    """

    def __init__(self, app: ASGIApp, *, page: ErrorPage) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except ClientDisconnect:
            return  # nobody is there to be told
        except Exception as error:
            _log.error("A page failed: %s in %s", type(error).__name__, _place(error))
            if not started:
                response = await self._page(Request(scope), 500)
                await response(scope, receive, send)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "no frame"
