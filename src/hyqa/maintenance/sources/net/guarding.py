"""Which addresses may be asked: those of public hosts, whatever a page, a redirect or a name says."""

import ipaddress
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from urllib.parse import unquote, urlsplit

from hyqa.types.errors import FetchError

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
"""Characters of the longest address: browsers and servers stop at about as many."""

Address = tuple[str, int]
"""A numeric address and a port."""
_Numeric = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that routers translate to IPv4, of which the last 32 bits are one."""
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")


def check_address(url: str, allowed: frozenset[Address] = frozenset()) -> None:
    """Make sure that an address may be asked, as far as its words tell.

    Args:
        url: the address.
        allowed: numeric addresses with ports that may be asked although they are not public.

    Raises:
        FetchError: It may not, or is none.
    """
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise FetchError("the address is too long, or holds what no address does")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError("the address is none") from error
    if parts.scheme not in PORTS or not host:
        raise FetchError("the address is none of the web: it begins with https:// or http://")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise FetchError("the address holds a name or a password")
    if any(ord(character) < 0x21 for character in unquote(host)):
        raise FetchError("the address has no host that can be")
    open_ports = {PORTS[parts.scheme], *(number for _, number in allowed)}
    if port is not None and port not in open_ports:
        raise FetchError(f"the address asks for port {port}, where no public page is")


def is_public(numeric: str) -> bool:
    """Whether a numeric address belongs to the public net, also one that stands for another one."""
    try:
        address = ipaddress.ip_address(numeric.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _meant(address))


def _meant(address: _Numeric) -> tuple[_Numeric, ...]:
    """An address and those of IPv4 that it carries: what is asked in the end."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    carried: list[_Numeric] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    carried += address.teredo or ()
    if address in _TRANSLATED:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return tuple(carried)
    if address in _NAT64_LOCAL:
        return (address, ipaddress.IPv4Address("127.0.0.1"))
    return (*carried,) if address.ipv4_mapped else (address, *carried)


def resolve(
    host: str, port: int, seconds: float, allowed: frozenset[Address] = frozenset()
) -> Sequence[str]:
    """Look a host up, and return its numeric addresses, each of which was checked.

    A host that has one private address among others is refused altogether: nobody could tell
    which of them answers.

    Raises:
        FetchError: It is not known, or one of its addresses may not be asked.
    """
    found = _look_up(host, port, seconds)
    for numeric in found:
        if not is_public(numeric) and (numeric, port) not in allowed:
            raise FetchError("its host has an address that is not public, which is not asked")
    return found


def _look_up(host: str, port: int, seconds: float) -> Sequence[str]:
    """The numeric addresses of a host; the system's own look-up knows no limit of time."""
    future: Future[list[str]] = Future()

    def look() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            future.set_result(list(dict.fromkeys(str(info[4][0]) for info in infos)))
        except (OSError, UnicodeError) as error:
            future.set_exception(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        found = future.result(max(0.0, seconds))
    except (OSError, UnicodeError, OutOfTime) as error:
        raise FetchError("its host is not found", passing=True) from error
    if not found:
        raise FetchError("its host is not found", passing=True)
    return found


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: one host, or one of them below the other."""
    first, second = (_site(urlsplit(url).hostname or "") for url in (one, other))
    if not first or not second:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def _site(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")
