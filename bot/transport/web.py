"""The bot's own addresses: health and metrics, and the webhook where Telegram brings updates."""

import hmac
import json
import logging
from collections.abc import Callable

from aiohttp import web

from bot.metrics import Metrics
from bot.transport.intake import Intake
from storage.database import PASSING

HOOK = "/telegram"
LARGEST = 1 << 20
"""Bytes of an update; Telegram's are far smaller."""
_SECRET = "X-Telegram-Bot-Api-Secret-Token"

_log = logging.getLogger(__name__)


class Web:
    """An HTTP server.

    Args:
        healthy: says whether the bot can answer; called in the event loop.
        intake: takes updates; None where there is no webhook.
        secret: that Telegram proves itself by.
    """

    def __init__(
        self,
        metrics: Metrics,
        healthy: Callable[[], dict[str, object]],
        *,
        intake: Intake | None = None,
        secret: str = "",
    ) -> None:
        self._metrics = metrics
        self._healthy = healthy
        self._intake = intake
        self._secret = secret
        application = web.Application(client_max_size=LARGEST)
        application.router.add_get("/health", self._health)
        application.router.add_get("/metrics", self._show_metrics)
        if intake:
            application.router.add_post(HOOK, self._take)
        self._runner = web.AppRunner(application, access_log=None)

    async def start(self, host: str, port: int) -> int:
        """Listen; gives the port."""
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        address: tuple[str, int] = self._runner.addresses[0]
        return address[1]

    async def stop(self) -> None:
        """Stop listening, and finish what is under way."""
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        state = self._healthy()
        return web.json_response(state, status=200 if state["ok"] else 503)

    async def _show_metrics(self, request: web.Request) -> web.Response:
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")

    async def _take(self, request: web.Request) -> web.Response:
        """Take an update; Telegram brings it again unless told that it is safe."""
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if self._intake is None or not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await self._intake.take(update)
        except PASSING as error:
            _log.error("An update will have to come again: %s", type(error).__name__)
            return web.Response(status=503)
        return web.Response()
