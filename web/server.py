"""The HTTP server: uvicorn, with limits on how slowly a client may send and read."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from web.settings import Settings

HEAD_SECONDS = 10.0
"""In which the head of a request must have come, counted from the connection's begin or, of a
later request on it, from its first byte."""
READ_SECONDS = 30.0
"""For which a client may leave an answer unread that does not fit into the system's buffers."""
KEPT_ALIVE = 10
"""Seconds for which a connection without a request stays open."""
CONNECTIONS = 800
"""At once; beyond, the server says that it is busy. Processes usually may open 1,024 files."""
MOST_HEAD = 16 * 1024
"""Bytes of a request's head, whose path and query may have the half of it."""
PATIENCE = 20
"""Seconds that answers in work get when the server is stopped."""

_log = logging.getLogger(__name__)


class Protocol(H11Protocol):
    """uvicorn's own, which gives up on clients that send or read too slowly."""

    head_seconds = HEAD_SECONDS
    read_seconds = READ_SECONDS

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **options)
        self._head: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_awaiting_head()
        self._stop_awaiting_reader()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and see whether a request's head is whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE or self._is_answered():
            self._await_head()
        else:
            self._stop_awaiting_head()

    def on_response_complete(self) -> None:
        """Wait for the next request as uvicorn does, unless a part of it has come already."""
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._await_head()

    def pause_writing(self) -> None:
        """The client does not read what it is sent."""
        super().pause_writing()
        self._unread = self._unread or self.loop.call_later(self.read_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It does again."""
        self._stop_awaiting_reader()
        super().resume_writing()

    def _is_answered(self) -> bool:
        """Whether a body still comes that nobody waits for."""
        answered = self.cycle is not None and self.cycle.response_complete
        return answered and self.conn.their_state is h11.SEND_BODY

    def _await_head(self) -> None:
        self._head = self._head or self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop_awaiting_head(self) -> None:
        if self._head:
            self._head.cancel()
        self._head = None

    def _stop_awaiting_reader(self) -> None:
        if self._unread:
            self._unread.cancel()
        self._unread = None


class Server(uvicorn.Server):
    """The server of the page; it stops in order on SIGTERM and Ctrl-C."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None] | None = None) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say where."""
        await super().startup(sockets)
        for listening in self.servers:
            for one in listening.sockets:
                host, port = one.getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                _log.info("Answering on http://%s:%d", shown, port)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM, and on an interrupt unless whoever started the page had it ignored.

        uvicorn's own raises the signal once more at the end, so that nothing ends with 0.
        """
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stop)
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            loop.add_signal_handler(signal.SIGINT, self._stop)
        yield

    def _stop(self) -> None:
        self.should_exit = True
        if self._on_stop:
            self._on_stop()


def make_server(
    application: Starlette, settings: Settings, on_stop: Callable[[], None] | None = None
) -> Server:
    """Make the server of an application; it writes no log line about a request.

    ``on_stop`` ends what would else stream on.
    """
    config = uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        http=Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies) or None,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEPT_ALIVE,
        timeout_graceful_shutdown=PATIENCE,
        h11_max_incomplete_event_size=MOST_HEAD,
    )
    return Server(config, on_stop)
