"""A host on this machine that does to each request what it is told to."""

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class Talk:
    """One request, as the host sees it."""

    sock: socket.socket
    path: str
    headers: Mapping[str, str]
    number: int
    """How many requests for this path came, this one included."""
    server: "Host"

    def send(self, *parts: bytes) -> None:
        for part in parts:
            self.sock.sendall(part)

    def head(self, status: str = "200 OK", /, **headers: object) -> None:
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def reply(self, body: bytes, status: str = "200 OK", /, **headers: object) -> None:
        usual: dict[str, object] = {"Content_Type": "text/html", "Content_Length": len(body)}
        self.head(status, **(usual | headers))
        self.send(body)

    def redirect(self, location: str, status: str = "302 Found") -> None:
        self.reply(b"", status, Location=location)


Behave = Callable[[Talk], None]


class Host:
    """A host that does to each request what it is told to."""

    def __init__(
        self,
        behave: Behave,
        address: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._behave, self._tls = behave, tls
        self._listener = socket.create_server((address, port), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self.other_port = 0
        self.asked: Counter[str] = Counter()
        self.connections = 0
        self.closed = threading.Event()

    def __enter__(self) -> "Host":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self.closed.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError, ValueError, IndexError), sock:
            sock.settimeout(20)
            with self._wrapped(sock) as stream:
                self._behave(self._read(stream))
                with suppress(OSError):
                    stream.shutdown(socket.SHUT_WR)

    @contextmanager
    def _wrapped(self, sock: socket.socket) -> Iterator[socket.socket]:
        if self._tls is None:
            yield sock
            return
        with self._tls.wrap_socket(sock, server_side=True) as stream:
            yield stream

    def _read(self, sock: socket.socket) -> Talk:
        data = b""
        while b"\r\n\r\n" not in data:
            part = sock.recv(65536)
            if not part:
                raise ValueError
            data += part
        first, *lines = data.decode("latin-1").split("\r\n")
        path = first.split(" ")[1]
        headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        self.asked[path] += 1
        return Talk(sock, path, headers, self.asked[path], self)
