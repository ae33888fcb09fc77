"""Asking the addresses of documents: a real server that misbehaves, and addresses that may not be asked."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hyqa.release.doctor import links
from hyqa.release.doctor.links import broken_links, is_public


class _Site(BaseHTTPRequestHandler):
    """A site with pages that are there, gone, moved, moved for ever, and that answer no HEAD."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        path = self.path.partition("?")[0]
        status = {"/there": 200, "/%E9%A1%B5": 200, "/gone": 404, "/torn": 500}.get(path, 302)
        if path == "/only-get":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        moved = {"/moved": "/there", "/moved-away": "/gone", "/round": "/round?again"}
        if status == 302:
            self.send_header("Location", moved.get(path, "http://10.0.0.1/inside"))
        self.send_header("Content-Length", "0")
        self.end_headers()

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


def _here(address: str) -> bool:
    return address == "127.0.0.1"


def test_addresses_that_lead_nowhere_are_told_with_the_reason(
    site: tuple[str, list[str]],
) -> None:
    base, asked = site
    names = "there gone torn moved moved-away round only-get inside 页".split()
    broken = broken_links([f"{base}/{name}" for name in names], _here, pause=0)
    assert {url.removeprefix(f"{base}/"): reason for url, reason in broken.items()} == {
        "gone": "the server says 404",
        "torn": "the server says 500",
        "moved-away": "the server says 404",
        "round": "it is redirected more than 5 times",
        "inside": "it leads to an address that is not public, and is not asked",
    }
    assert asked.count("HEAD /there") == 2 and "GET /only-get" in asked
    assert not any(line.startswith("GET") and "only-get" not in line for line in asked)


def test_an_address_is_asked_once(site: tuple[str, list[str]]) -> None:
    base, asked = site
    assert broken_links([f"{base}/there"] * 3, _here) == {}
    assert asked == ["HEAD /there"]


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


def test_a_server_that_says_nothing_or_nonsense_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "LONGEST", 0.5)
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
        urls = [f"http://127.0.0.1:{one.getsockname()[1]}/" for one in (silent, babbling)]
        broken = broken_links(urls, _here, pause=0)
        thread.join()
    assert set(broken) == set(urls)


def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "LONGEST", 1.0)
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
            assert set(broken_links([url], _here)) == {url}
        finally:
            stopped.set()
            thread.join()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
