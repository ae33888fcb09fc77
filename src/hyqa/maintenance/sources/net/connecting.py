"""Asking one address once: connected to the very address that was checked, and within a time."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

import httpcore

from hyqa.maintenance.sources.net.guarding import Address, resolve
from hyqa.types.errors import FetchError

AGENT = "hyqa-fetch/1 (reads originals of a document collection; obeys robots.txt)"
"""What this program calls itself."""
ROBOT = "hyqa-fetch"
"""Its name in a robots.txt."""


@dataclass(frozen=True, slots=True)
class Network:
    """How the net is entered.

    ``trust`` are the certificates that are believed. ``allowed`` names numeric addresses with
    ports that are asked although they are not public: none but for a test or a mirror at home.
    ``silence`` are the seconds within which a host must say something, ``longest`` those within
    which one answer must have come whole.
    """

    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    allowed: frozenset[Address] = frozenset()
    silence: float = 20.0
    longest: float = 300.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A host's answer: its status, its headers by lower-case names, and its body as it comes."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and cuts a connection when its time is over."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._until = time.monotonic() + network.longest
        self._plain = httpcore.SyncBackend()
        self._handles: list[socket.socket] = []
        self._timer = threading.Timer(network.longest, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of a host's addresses, after all of them were checked."""
        silence, failure = self._network.silence, FetchError("it cannot be reached", passing=True)
        for numeric in resolve(host, port, min(silence, self._left()), self._network.allowed):
            try:
                stream = self._plain.connect_tcp(numeric, port, min(silence, self._left()))
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failure.__cause__ = error
                continue
            # A copy of the handle: TLS takes the socket itself over.
            self._handles.append(stream.get_extra_info("socket").dup())
            return stream
        raise failure

    def _left(self) -> float:
        return max(0.01, self._until - time.monotonic())

    def _cut(self) -> None:
        for handle in list(self._handles):
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def is_over(self) -> bool:
        """Whether the time for the answer is over."""
        return time.monotonic() >= self._until

    def close(self) -> None:
        """Let go of the connections."""
        self._timer.cancel()
        for handle in self._handles:
            handle.close()


@contextmanager
def ask(url: str, headers: Mapping[str, str], network: Network) -> Iterator[Reply]:
    """Ask an address that was checked; redirects are answers like any other.

    Raises:
        FetchError: There is no answer that is one.
    """
    backend = _Backend(network)
    pool = httpcore.ConnectionPool(network.trust, network_backend=backend, max_connections=1)
    limits = dict.fromkeys(("connect", "read", "write", "pool"), network.silence)
    sent = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close", **headers}
    with ExitStack() as stack:
        stack.callback(backend.close)
        stack.callback(_close, pool)
        with _told(backend):
            response = stack.enter_context(
                pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": limits})
            )
        body = _body(response.iter_stream(), backend)
        yield Reply(response.status, _headers(response.headers), body)


def _close(pool: httpcore.ConnectionPool) -> None:
    with suppress(httpcore.ProtocolError, httpcore.NetworkError, OSError):
        pool.close()


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their lower-case names; of one that comes twice, the first counts."""
    read: dict[str, str] = {}
    for name, value in raw:
        read.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return read


def _body(parts: Iterable[bytes], backend: _Backend) -> Iterator[bytes]:
    with _told(backend):
        for part in parts:
            if backend.is_over():
                raise FetchError("it answers too slowly", passing=True)
            yield part
        if backend.is_over():  # a body without a length ends where the connection was cut
            raise FetchError("it answers too slowly", passing=True)


@contextmanager
def _told(backend: _Backend) -> Iterator[None]:
    """Turn what a connection fails with into a reason."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError("it answers too slowly", passing=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        if isinstance(error.__context__, ssl.SSLCertVerificationError) or isinstance(
            error, ssl.SSLCertVerificationError
        ):
            raise FetchError("its certificate is not valid, so that it may be another's") from error
        if backend.is_over():
            raise FetchError("it answers too slowly", passing=True) from error
        if isinstance(error, httpcore.RemoteProtocolError):
            raise FetchError("its answer is broken or ends early", passing=True) from error
        raise FetchError("the connection failed", passing=True) from error
    except (httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
        raise FetchError("the address is none that can be asked") from error
