"""Answers only to the names that the page is known by."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.settings import host_of


class Hosts:
    """Refuses requests for other names: links and redirects would lead there.

    Args:
        app: what is guarded.
        names: without ports, in lower case.
        page: makes the page of a status.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: frozenset[str],
        page: Callable[[Request, int], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._names = names
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "http" and not self._is_known(scope):
            response = await self._page(Request(scope), 421)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"host"]
        return len(given) == 1 and host_of(given[0].decode("latin-1")) in self._names
