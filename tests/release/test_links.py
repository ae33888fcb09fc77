"""Asking the addresses of documents: a real server that misbehaves, and addresses that may not be asked."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hyqa.maintenance.release.doctor.links import broken_links
from hyqa.maintenance.sources.net.connecting import Network


class _Site(BaseHTTPRequestHandler):
    """A site with pages that are there, gone, moved, moved for ever, or closed to programs."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/robots.txt":
            self._send(200, b"User-agent: *\nDisallow: /closed\n")
            return
        path = self.path.partition("?")[0]
        status = {"/there": 200, "/%E9%A1%B5": 200, "/gone": 404, "/torn": 500}.get(path, 302)
        moved = {
            "/moved": "/there", "/moved-away": "/gone", "/round": "/round?again",
            "/file": "file:///etc/passwd",
        }  # fmt: skip
        onward = moved.get(path, "http://10.0.0.1/inside") if status == 302 else ""
        self._send(status, b"x" * 100_000, onward)

    def _send(self, status: int, body: bytes, onward: str = "") -> None:
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # whoever asked wants no more of it
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Site", (_Site,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def _net(base: str, longest: float = 20.0) -> Network:
    """A way into the net that also leads to a server of this machine."""
    place = ("127.0.0.1", int(base.rpartition(":")[2].rstrip("/")))
    return Network(allowed=frozenset({place}), silence=longest, longest=longest)


def test_addresses_that_lead_nowhere_are_told_with_the_reason(
    site: tuple[str, list[str]],
) -> None:
    base, asked = site
    names = "there gone torn moved moved-away round closed inside file 页".split()
    broken = broken_links([f"{base}/{name}" for name in names], _net(base), pause=0)
    assert {url.removeprefix(f"{base}/"): reason for url, reason in broken.items()} == {
        "gone": "the server says 404",
        "torn": "the server says 500",
        "moved-away": "the server says 404",
        "round": "it is redirected more than 5 times",
        "inside": "its robots.txt cannot be read: its host has an address that is not public,"
        " which is not asked",
        "file": "the address is none of the web: it begins with https:// or http://",
    }
    assert asked.count("/there") == 2 and "/%E9%A1%B5" in asked
    assert asked.count("/robots.txt") == 1 and "/closed" not in asked


def test_an_address_is_asked_once(site: tuple[str, list[str]]) -> None:
    base, asked = site
    assert broken_links([f"{base}/there"] * 3, _net(base)) == {}
    assert asked == ["/robots.txt", "/there"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "no address",
        "http://",
        "http://[",
        "http://a:b/",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    assert broken_links([url])[url]


def test_nobody_inside_is_asked(site: tuple[str, list[str]]) -> None:
    base, asked = site
    port = base.rpartition(":")[2]
    urls = [
        f"http://{host}:{port}/there" for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0")
    ]
    assert set(broken_links(urls)) == set(urls)
    assert asked == []


def test_a_server_that_says_nothing_or_nonsense_is_broken() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        socket.create_server(("127.0.0.1", 0)) as babbling,
    ):

        def babble() -> None:
            peer, _ = babbling.accept()
            with peer:
                peer.sendall(b"SSH-2.0-nonsense\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        for one in (silent, babbling):
            url = f"http://127.0.0.1:{one.getsockname()[1]}/"
            assert set(broken_links([url], _net(url, 0.5), pause=0)) == {url}
        thread.join()


def test_a_server_that_drips_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        stopped = threading.Event()

        def drip() -> None:
            peer, _ = server.accept()
            with peer:
                peer.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not stopped.wait(0.2):
                    try:
                        peer.sendall(b"a")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.getsockname()[1]}/"
            assert set(broken_links([url], _net(url, 1.0))) == {url}
        finally:
            stopped.set()
            thread.join()
