"""Counts every request of an address, whatever it is for."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.guards.rates import Rates


class Crowds:
    """Asks who sends too many requests to wait.

    Args:
        app: what is guarded.
        rates: the allowances.
        page: makes the page of a status.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        rates: Rates,
        page: Callable[[Request, int], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._rates = rates
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request; the word on health is never refused."""
        wait = 0
        if scope["type"] == "http" and scope["path"] != "/health":
            wait = self._rates.request((scope.get("client") or ("",))[0])
        if not wait:
            await self._app(scope, receive, send)
            return
        response = await self._page(Request(scope), 429)
        response.headers["Retry-After"] = str(wait)
        await response(scope, receive, send)
