"""Whether the addresses of documents still lead somewhere: asked politely, of public addresses alone.

A document's address comes from outside. So each host is resolved once, each of its addresses must be
public, and it is that very address that is connected to; a redirect is looked at in the same way.
Nothing of an answer but its status is read.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urljoin, urlsplit

HOSTS_AT_A_TIME = 8
PAUSE = 1.0
"""Seconds between two requests to one host."""
LONGEST = 20.0
"""Seconds that one request may take, however slowly something keeps coming."""
REDIRECTS = 5
_AGENT = "hyqa-doctor (checks links of cited documents)"
_PORTS = {"http": 80, "https": 443}
_KEPT = "/%:@!$&'()*+,;=~?"
"""Characters of an address that are sent as they are."""
_NO_HEAD = (400, 403, 405, 501)
"""What servers say that answer no HEAD; they are asked again by GET."""
_BROKEN_FROM = 400

Allowed = Callable[[str], bool]
"""Whether an address, as numbers, may be connected to."""


class _LinkError(Exception):
    """Why an address leads nowhere, in words for a maintainer."""


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public net: no machine here, no network inside."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(known, "ipv4_mapped", None)
    return bool((inner or known).is_global and not (inner or known).is_multicast)


def broken_links(
    urls: Iterable[str], allowed: Allowed = is_public, pause: float = PAUSE
) -> Mapping[str, str]:
    """Ask each address once; return those that lead nowhere, each with the reason.

    Args:
        urls: of documents.
        allowed: which addresses may be connected to.
        pause: seconds between two requests to one host.
    """
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        by_host.setdefault(_host(url), []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_A_TIME) as pool:
        found = pool.map(lambda group: [*_of_host(group, allowed, pause)], by_host.values())
        return {url: reason for group in found for url, reason in group}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _of_host(urls: list[str], allowed: Allowed, pause: float) -> Iterator[tuple[str, str]]:
    for place, url in enumerate(urls):
        if place:
            time.sleep(pause)
        if reason := _broken(url, allowed):
            yield url, reason


def _broken(url: str, allowed: Allowed) -> str:
    """Why an address leads nowhere; '' where it leads somewhere."""
    try:
        for _ in range(REDIRECTS + 1):
            status, onward = _asked(url, "HEAD", allowed)
            if status in _NO_HEAD:
                status, onward = _asked(url, "GET", allowed)
            if not onward:
                return f"the server says {status}" if status >= _BROKEN_FROM else ""
            url = urljoin(url, onward)
    except _LinkError as error:
        return str(error)
    except ssl.SSLError as error:
        return f"its certificate or encryption is wrong: {error.reason or 'it failed'}"
    except TimeoutError:
        return "the server does not answer in time"
    except (OSError, http.client.HTTPException, ValueError):
        return "the server cannot be reached, or does not speak HTTP"
    return f"it is redirected more than {REDIRECTS} times"


def _asked(url: str, method: str, allowed: Allowed) -> tuple[int, str]:
    """Ask an address; its status, and where it redirects to, '' where it does not."""
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme)
    if not host or not port:
        raise _LinkError("it is no address of the web")
    address = _address(host, port, allowed)
    connection = http.client.HTTPConnection(host, port, timeout=LONGEST)
    sock = socket.create_connection((address, port), timeout=LONGEST)
    late = threading.Event()
    guard = sock.dup()  # stays the connection's own where encryption wraps the other
    watch = threading.Timer(LONGEST, _cut, (guard, late))
    watch.daemon = True
    watch.start()
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection.sock = sock
        path, query = quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT)
        target = f"{path}?{query}" if query else path
        connection.request(method, target, headers={"User-Agent": _AGENT, "Connection": "close"})
        answer = connection.getresponse()
        if late.is_set():  # what had come by then may look like an answer
            raise TimeoutError
        moved = 300 <= answer.status < _BROKEN_FROM
        return answer.status, (answer.getheader("Location") or "") if moved else ""
    finally:
        watch.cancel()
        connection.close()
        sock.close()
        guard.close()


def _cut(sock: socket.socket, late: threading.Event) -> None:
    """End a connection that takes too long, whatever it is waiting for."""
    late.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _address(host: str, port: int, allowed: Allowed) -> str:
    """The address of a host, all of whose addresses may be connected to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _LinkError("its host has no address any more") from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(allowed, addresses)):
        raise _LinkError("it leads to an address that is not public, and is not asked")
    return addresses[0]
