"""A small HTTP server on the loopback, in the event loop of the test."""

import asyncio
import contextlib
import email
import json
from collections.abc import Awaitable, Callable
from email.message import Message
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import h11


class Request(NamedTuple):
    path: str
    content_type: str
    body: bytes

    def parameters(self) -> dict[str, Any]:
        """Read parameters from a form, JSON or multipart body."""
        if self.content_type.startswith("application/json"):
            return dict(json.loads(self.body))
        if self.content_type.startswith("multipart/form-data"):
            return self._multipart()
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def _multipart(self) -> dict[str, Any]:
        head = f"Content-Type: {self.content_type}\r\n\r\n".encode()
        form = email.message_from_bytes(head + self.body)
        return {
            str(part.get_param("name", header="content-disposition")): _text(part)
            for part in form.walk()
            if not part.is_multipart()
        }


Respond = Callable[[Request], Awaitable[tuple[int, bytes]]]


class HttpServer:
    """Passes requests to a coroutine, which gives the status and the body in JSON."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        address: tuple[str, int] = self._server.sockets[0].getsockname()
        return address[1]

    async def stop(self) -> None:
        """Stop listening, and cut the connections that are open."""
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, h11.ProtocolError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        while request := await _next_request(connection, reader):
            status, body = await self._respond(request)
            writer.write(_response(connection, status, body))
            await writer.drain()
            if connection.our_state is h11.MUST_CLOSE:
                return
            connection.start_next_cycle()


async def _next_request(connection: h11.Connection, reader: asyncio.StreamReader) -> Request | None:
    head: h11.Request | None = None
    body = b""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage) and head:
            headers = {name.lower(): value for name, value in head.headers}
            return Request(head.target.decode(), headers.get(b"content-type", b"").decode(), body)
        else:
            return None


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode()
    except UnicodeDecodeError:  # a file
        return payload.decode("latin-1")


def _response(connection: h11.Connection, status: int, body: bytes) -> bytes:
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    events = (
        h11.Response(status_code=status, headers=headers),
        h11.Data(data=body),
        h11.EndOfMessage(),
    )
    return b"".join(connection.send(event) or b"" for event in events)


def content(text: str) -> bytes:
    """The bytes of a file that was read as text where it is text."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()
