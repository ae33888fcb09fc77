"""How much a request may hold, and how long it may take to arrive."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY = 32 * 1024
"""Bytes of a form: a question and the four before it, percent-encoded, take 24 kB at most."""
MOST_TARGET = 8 * 1024
"""Bytes of path and query: a permanent link of a chain of ordinary questions takes 3 kB."""
BODY_SECONDS = 15.0
"""In which all of a form must have come; a phone on a bad line needs two."""


class TooLarge(Exception):
    """More came than is taken."""


class TooSlow(Exception):
    """It took longer to come than is waited for."""


class Sizes:
    """Refuses what is too large, or comes too slowly.

    Args:
        app: what is guarded.
        page: makes the page of a status.
        seconds: in which a body must have come.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        page: Callable[[Request, int], Awaitable[Response]],
        seconds: float = BODY_SECONDS,
    ) -> None:
        self._app = app
        self._page = page
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 414 if _target_size(scope) > MOST_TARGET else 0
        status = status or (413 if _declared(scope) > MOST_BODY else 0)
        try:
            if not status:
                await self._app(scope, self._bounded(receive), send)
                return
        except TooLarge:
            status = 413
        except TooSlow:
            status = 408
        response = await self._page(Request(scope), status)
        response.headers["Connection"] = "close"
        await response(scope, receive, send)

    def _bounded(self, receive: Receive) -> Receive:
        taken = 0
        deadline = asyncio.get_running_loop().time() + self._seconds

        async def bounded() -> Message:
            nonlocal taken
            try:
                async with asyncio.timeout_at(None if taken < 0 else deadline):
                    message = await receive()
            except TimeoutError as error:
                raise TooSlow from error
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > MOST_BODY:
                    raise TooLarge
                if not message.get("more_body", False):
                    taken = -1  # all of it came: what is waited for now is the visitor leaving
            return message

        return bounded


def _target_size(scope: Scope) -> int:
    return len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")


def _declared(scope: Scope) -> int:
    """The length that the request names; 0 where it names none."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:12])
    return 0
