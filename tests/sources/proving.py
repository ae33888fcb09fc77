"""Runs a fetcher against a case of misbehaviour, and says what came of it."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trustme

from hyqa.maintenance.sources.fetching import Fetcher, Looked, Manners
from hyqa.maintenance.sources.listing import Source
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.maintenance.sources.net.downloading import Download
from hyqa.maintenance.sources.versions import Store
from hyqa.parsing import Readers
from sources.hosting import Host, Talk
from sources.misbehaving import ETAG, NEW, OLD, PDF, Case

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HANGS = 60.0
"""Seconds after which a case counts as hanging; the limits below sum up to a quarter of them."""
MANNERS = Manners(pause=0.0, attempts=3, backoff=0.0, patience=60.0, most=2_000_000)
EXPECTED = {"kept": OLD, "new": NEW, "pdf": PDF}


@dataclass(frozen=True)
class Proof:
    """What came of a case: each of the four is a fault."""

    case: Case
    looked: Looked | None
    hangs: bool
    lost: bool
    wrong: bool
    private: bool
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether nothing of it is a fault."""
        return not (self.hangs or self.lost or self.wrong or self.private)


def prove(case: Case, folder: Path, readers: Readers) -> Proof:
    """Fetch what a case gives, where another version is held, and see what is held then."""
    with ExitStack() as stack:
        authority = trustme.CA()
        host = stack.enter_context(Host(_answering(case), tls=_tls(case, authority)))
        # What nobody may ask: one at another port, and one at another address with the same port.
        others = [stack.enter_context(Host(_secret)), _neighbour(stack, host.port)]
        host.other_port = others[0].port
        stack.enter_context(_names(case.names))
        source = Source(name="a/b", url=_url(case, host), original_of=("b.md",))
        store = Store(folder / "originals")
        if case.held:
            _hold(store, source)
        fetcher = Fetcher(
            store, _network(authority, host.port), readers,
            manners=MANNERS, clock=lambda: START + timedelta(days=60), sleep=lambda seconds: None,
        )  # fmt: skip
        looked: list[Looked] = []
        run = threading.Thread(target=lambda: looked.append(fetcher.fetch(source)), daemon=True)
        began = time.monotonic()
        run.start()
        run.join(HANGS)
        seconds = time.monotonic() - began
        return Proof(
            case,
            looked[0] if looked else None,
            hangs=run.is_alive(),
            lost=case.held and not _holds_old(store),
            wrong=_in_force(store)
            != (EXPECTED[case.ends] if case.held or case.ends != "kept" else b""),
            private=any(other.connections for other in others),
            seconds=seconds,
        )


def _answering(case: Case) -> Any:
    def behave(talk: Talk) -> None:
        if talk.path != "/robots.txt":
            case.behave(talk)
        elif case.robots:
            case.robots(talk)
        else:
            talk.reply(b"", "404 Not Found")

    return behave


def _secret(talk: Talk) -> None:
    talk.reply(b"secret")


def _neighbour(stack: ExitStack, port: int) -> Host:
    return stack.enter_context(Host(_secret, "127.0.0.2", port))


def _url(case: Case, host: Host) -> str:
    scheme = "https" if case.certificate else "http"
    return (case.url or f"{scheme}://127.0.0.1:{{port}}{case.path}").format(port=host.port)


def _tls(case: Case, authority: trustme.CA) -> ssl.SSLContext | None:
    if case.certificate in ("", "none"):
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    signer = trustme.CA() if case.certificate == "self" else authority
    name = "other.example" if case.certificate == "other" else "127.0.0.1"
    ended = datetime(2020, 1, 1, tzinfo=UTC) if case.certificate == "expired" else None
    signer.issue_cert(name, not_after=ended).configure_cert(context)
    return context


def _network(authority: trustme.CA, port: int) -> Network:
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    allowed = frozenset({("127.0.0.1", port)})
    return Network(trust=trust, allowed=allowed, silence=0.6, longest=1.5)


def _hold(store: Store, source: Source) -> None:
    """Have a version in force that came before."""
    came = Download(OLD, ".html", source.url, {"etag": ETAG.replace("new", "old")})
    store.put_in_force(source, store.keep(source, came, START))


def _in_force(store: Store) -> bytes:
    version = store.current("a/b")
    return store.path("a/b", version).read_bytes() if version else b""


def _holds_old(store: Store) -> bool:
    return any(store.path("a/b", version).read_bytes() == OLD for version in store.versions("a/b"))


@contextmanager
def _names(names: Mapping[str, Any]) -> Iterator[None]:
    """Stand in for the system's look-up of names, of these alone."""
    usual, left = socket.getaddrinfo, {name: list(times) for name, times in names.items()}

    def look(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if host not in left:
            return usual(host, port, *args, **options)
        times = left[host]
        if not times:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        numeric = times.pop(0) if len(times) > 1 else times[0]
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, (one, port)) for one in numeric]

    socket.getaddrinfo = look
    try:
        yield
    finally:
        socket.getaddrinfo = usual
