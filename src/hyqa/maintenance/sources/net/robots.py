"""What a host lets programs read: its ``robots.txt`` (RFC 9309)."""

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from protego import Protego

from hyqa.maintenance.sources.net.connecting import ROBOT, Network, ask
from hyqa.maintenance.sources.net.guarding import check_address, is_same_site
from hyqa.types.errors import FetchError

MOST_BYTES = 512_000
"""Bytes of a robots.txt that are read: the standard asks for as many."""
MOST_HOPS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class RobotsError(FetchError):
    """A host lets no program read an address; whether anything is there stays open."""


class Robots:
    """The rules of each host, asked once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, url: str) -> float:
        """Make sure that an address may be read by programs.

        Returns:
            Seconds that its host wants between two requests, 0 where it does not say.

        Raises:
            FetchError: It may not, or nobody can tell at the moment.
        """
        rules = self._of(url)
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, ROBOT):
            raise RobotsError("its host does not let programs read it (robots.txt)")
        return float(rules.crawl_delay(ROBOT) or 0.0)

    def _of(self, url: str) -> Protego | FetchError:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._rules.get(origin)
        if known is None or (isinstance(known, FetchError) and known.passing):
            known = self._rules[origin] = self._read(f"{origin}/robots.txt")
        return known

    def _read(self, url: str) -> Protego | FetchError:
        """The rules at an address; why there are none to go by, where there should be."""
        first = url
        try:
            for _ in range(MOST_HOPS + 1):
                check_address(url, self._network.allowed)
                with ask(url, {"Accept-Encoding": "identity"}, self._network) as reply:
                    if reply.status not in _REDIRECTS:
                        return _rules(reply.status, _first_bytes(reply.body))
                    url = urljoin(url, reply.headers.get("location", ""))
                if not is_same_site(first, url):
                    raise FetchError("its robots.txt leads to another site")
            raise FetchError("its robots.txt leads on and on")
        except FetchError as error:
            reason = f"its robots.txt cannot be read: {error}"
            return FetchError(reason, passing=error.passing)
        except ValueError:
            return FetchError("its robots.txt leads to what is no address")


def _first_bytes(parts: Iterable[bytes]) -> bytes:
    data = bytearray()
    for part in parts:
        data += part
        if len(data) > MOST_BYTES:
            break
    return bytes(data[:MOST_BYTES])


def _rules(status: int, data: bytes) -> Protego | FetchError:
    """What a host answers: nothing there forbids nothing, a host in trouble everything."""
    if status == 200:
        return Protego.parse(data.decode("utf-8", "replace"))
    if status == 429 or status >= 500:
        return FetchError(f"its robots.txt cannot be read ({status})", passing=True)
    return Protego.parse("")
