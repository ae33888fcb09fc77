"""What goes on beside the requests: health, and clients that do not read."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage.database import Database
from web.application import make_application
from web.library import Library
from web.pages.health import STALE
from web.server import Protocol, Server, make_server
from web.settings import Settings


async def test_health_turns_bad_when_index_or_database_were_not_reached(
    web_index: Path, tmp_path: Path
) -> None:
    now = [1000.0]
    library = Library(str(web_index), "hash", lambda: now[0])
    database = Database(f"sqlite:///{tmp_path}/bot.sqlite")
    application = make_application(Settings(), library, database, clock=lambda: now[0])
    site = application.state.site
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get("/health")).status_code == 503  # never written yet
        site.written_at = now[0]
        assert (await client.get("/health")).json()["ok"] is True
        now[0] += STALE
        assert (await client.get("/health")).status_code == 503
        site.written_at = now[0]
        assert (await client.get("/health")).status_code == 503
        library.refresh()
        assert (await client.get("/health")).status_code == 200
    database.close()


@asynccontextmanager
async def serving(application: Starlette) -> AsyncIterator[Server]:
    server = make_server(application, Settings(port=0))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield server
    server.should_exit = True
    await running


async def test_a_client_that_does_not_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Protocol, "read_seconds", 0.2)

    async def large(request: Request) -> Response:
        return Response(b"x" * 64_000_000)

    async with serving(Starlette(routes=[Route("/", large)])) as server:
        port = server.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await writer.drain()
        end = time.monotonic() + 60
        while not server.server_state.connections:
            assert time.monotonic() < end
            await asyncio.sleep(0.01)
        while server.server_state.connections:
            assert time.monotonic() < end, "the connection is still held"
            await asyncio.sleep(0.05)
        writer.close()
        assert reader


async def test_who_reads_slowly_but_does_gets_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Protocol, "read_seconds", 5.0)

    async def large(request: Request) -> Response:
        return Response(b"x" * 8_000_000)

    async with serving(Starlette(routes=[Route("/", large)])) as server:
        port = server.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = 0
        while more := await reader.read(200_000):
            received += more.count(b"x")
            await asyncio.sleep(0.001)
        assert received >= 8_000_000
        writer.close()


async def test_a_body_that_nobody_waits_for_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Protocol, "head_seconds", 0.3)

    async def refuse(request: Request) -> Response:
        return Response(status_code=404)

    async with serving(Starlette(routes=[Route("/", refuse, methods=["POST"])])) as server:
        port = server.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nq")
        assert (await reader.readline()).startswith(b"HTTP/1.1 404")
        end = time.monotonic() + 60
        while server.server_state.connections:
            assert time.monotonic() < end, "the connection is still held"
            writer.write(b"x")
            await asyncio.sleep(0.02)
        writer.close()
