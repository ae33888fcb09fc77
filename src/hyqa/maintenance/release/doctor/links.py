"""Whether the addresses of documents still lead somewhere: asked as originals are, and politely.

Nothing of an answer but its status and where it leads to is read.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from hyqa.maintenance.sources.net.connecting import Network, ask
from hyqa.maintenance.sources.net.guarding import check_address
from hyqa.maintenance.sources.net.robots import Robots, RobotsError
from hyqa.types.errors import FetchError

HOSTS_AT_A_TIME = 8
PAUSE = 1.0
"""Seconds between two requests to one host; more where its robots.txt says so, but not more than
``LONGEST_PAUSE``."""
LONGEST_PAUSE = 60.0
LONGEST = 20.0
"""Seconds that one request may take, however slowly something keeps coming."""
REDIRECTS = 5
_KEPT = "/%:@!$&'()*+,;=~?"
"""Characters of an address that are sent as they are."""
_REDIRECTED = frozenset((301, 302, 303, 307, 308))
_BROKEN_FROM = 400


def broken_links(
    urls: Iterable[str], network: Network | None = None, pause: float = PAUSE
) -> Mapping[str, str]:
    """Ask each address once; return those that lead nowhere, each with the reason.

    One that its host's robots.txt closes to programs is not asked, and not returned.

    Args:
        urls: of documents.
        network: how the net is entered; public hosts alone where none is given.
        pause: seconds between two requests to one host.
    """
    known = network or Network(silence=LONGEST, longest=LONGEST)
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        by_host.setdefault(_host(url), []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_A_TIME) as pool:
        found = pool.map(lambda group: [*_of_host(group, known, pause)], by_host.values())
        return {url: reason for group in found for url, reason in group}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _of_host(urls: list[str], network: Network, pause: float) -> Iterator[tuple[str, str]]:
    robots, wait = Robots(network), 0.0
    for url in urls:
        time.sleep(wait)
        wait = pause
        try:
            address = _sent(url)
            check_address(address, network.allowed)
            wait = max(pause, min(robots.check(address), LONGEST_PAUSE))
            reason = _broken(address, network, robots)
        except RobotsError:
            continue
        except FetchError as error:
            reason = str(error)
        if reason:
            yield url, reason


def _sent(url: str) -> str:
    """An address as it is sent: documents have it as people read it.

    Raises:
        FetchError: It is none.
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError as error:
        raise FetchError("the address is none") from error
    path, query = quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT)
    return urlunsplit((parts.scheme, host, path, query, ""))


def _broken(url: str, network: Network, robots: Robots) -> str:
    """Why an address leads nowhere; '' where it leads somewhere.

    Raises:
        FetchError: It cannot be asked, or nothing comes of it.
    """
    for hop in range(REDIRECTS + 1):
        if hop:
            check_address(url, network.allowed)
            robots.check(url)
        with ask(url, {"Accept-Encoding": "identity"}, network) as reply:
            status, onward = reply.status, reply.headers.get("location", "")
        if status not in _REDIRECTED or not onward:
            return f"the server says {status}" if status >= _BROKEN_FROM else ""
        url = _onward(url, onward)
    return f"it is redirected more than {REDIRECTS} times"


def _onward(url: str, onward: str) -> str:
    try:
        return _sent(urljoin(url, onward))
    except ValueError as error:
        raise FetchError("it leads to what is no address") from error
