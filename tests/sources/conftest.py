"""A host on this machine, a fetcher that may ask it, and processes that read."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hyqa.maintenance.sources.fetching import Fetcher, Manners
from hyqa.maintenance.sources.listing import Source
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.maintenance.sources.versions import Store
from hyqa.parsing import Readers
from sources.hosting import Behave, Host, Talk


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    with Readers() as processes:
        yield processes


class Site:
    """A host whose answers are set, and whoever fetches from it, on a clock that is set, too."""

    def __init__(self, store: Store, readers: Readers) -> None:
        self.store, self._readers = store, readers
        self.answer: Behave = lambda talk: talk.reply(b"")
        self.robots = b""
        self.slept: list[float] = []
        self.asked: list[dict[str, str]] = []
        self.day = datetime(2026, 3, 1, 8, tzinfo=UTC)
        self._lock = threading.Lock()
        self.host = Host(self._behave)

    def _behave(self, talk: Talk) -> None:
        if talk.path == "/robots.txt":
            talk.reply(self.robots, Content_Type="text/plain")
            return
        with self._lock:
            self.asked.append(dict(talk.headers))
        self.answer(talk)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.host.port}"

    def source(self, name: str = "a/b", path: str = "/b.html", **fields: object) -> Source:
        return Source(name=name, url=self.url + path, original_of=("b.md",), **fields)  # type: ignore[arg-type]

    def fetcher(self, **manners: float) -> Fetcher:
        allowed = frozenset({("127.0.0.1", self.host.port)})
        usual = {"pause": 0.0, "attempts": 3, "backoff": 1.0, "patience": 60.0}
        return Fetcher(
            self.store, Network(allowed=allowed, silence=5, longest=10), self._readers,
            manners=Manners(**(usual | manners)),  # type: ignore[arg-type]
            clock=lambda: self.day, sleep=self.slept.append,
        )  # fmt: skip

    def later(self, **spans: float) -> None:
        self.day += timedelta(**spans)

    def in_force(self, name: str = "a/b") -> bytes:
        version = self.store.current(name)
        assert version
        return self.store.path(name, version).read_bytes()


@pytest.fixture
def site(tmp_path: Path, readers: Readers) -> Iterator[Site]:
    made = Site(Store(tmp_path / "originals"), readers)
    with made.host:
        yield made
