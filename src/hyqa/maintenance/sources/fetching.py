"""Looking at the addresses of originals: when, how often, and what is taken for a new version."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from hyqa.maintenance.sources.judging import check_document
from hyqa.maintenance.sources.listing import Source
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.maintenance.sources.net.downloading import Download, Task, Validators, download
from hyqa.maintenance.sources.net.partial import Partial
from hyqa.maintenance.sources.net.robots import Robots
from hyqa.maintenance.sources.net.waiting import Clock, stamp, utc_clock
from hyqa.maintenance.sources.versions import State, Store, Version
from hyqa.parsing import Readers
from hyqa.parsing.corpus.reading import MAX_BYTES
from hyqa.types.errors import FetchError


class Outcome(StrEnum):
    """What came of looking at an address."""

    NEW = "new"
    """Its first version is stored."""
    CHANGED = "changed"
    """It holds another version, which is stored and in force."""
    UNCHANGED = "unchanged"
    NOT_DUE = "not due"
    """It was looked at not long ago."""
    HELD_OFF = "held off"
    """Its host asked to be left alone for a while."""
    FAILED = "failed"
    """The version before stays in force; the reason says why."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at one address, in words where it did not come well."""

    name: str
    outcome: Outcome
    reason: str = ""
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are treated; times are in seconds.

    ``pause`` is between two requests to one host, ``longest_pause`` what its robots.txt may make
    of it; ``backoff`` is doubled with each of the ``attempts``, and a host that asks for more than
    ``patience`` is left alone until then. ``most`` are the bytes of the largest file.
    """

    pause: float = 5.0
    longest_pause: float = 60.0
    attempts: int = 4
    backoff: float = 2.0
    patience: float = 60.0
    most: int = MAX_BYTES


class Fetcher:
    """Fetches originals, one request at a time."""

    def __init__(
        self,
        store: Store,
        network: Network,
        readers: Readers,
        *,
        manners: Manners = Manners(),
        clock: Clock = utc_clock,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep versions in a store; clock and sleep are for tests to choose."""
        self._store, self._network, self._readers = store, network, readers
        self._manners, self._clock, self._sleep = manners, clock, sleep
        self._robots = Robots(network)
        self._asked: dict[str, float] = {}

    def fetch(self, source: Source, *, forced: bool = False, accept: bool = False) -> Looked:
        """Look at an address, and keep what is new there.

        Args:
            source: what to look at.
            forced: also where it is not due, or its host asked to be left alone.
            accept: take a version that looks doubtful beside the one before.
        """
        state = self._store.state(source.name)
        if not forced and (early := self._too_early(source, state)):
            return early
        try:
            looked = self._settled(source, self._insist(source), accept=accept)
        except FetchError as error:
            return self._failed(source, state, error)
        self._store.note(source.name, State(looked=stamp(self._clock())))
        return looked

    def _too_early(self, source: Source, state: State) -> Looked | None:
        moment = self._clock()
        if (until := _time(state.not_before)) and moment < until:
            reason = f"its host asks to be left alone until {state.not_before}"
            return Looked(source.name, Outcome.HELD_OFF, reason)
        looked = _time(state.looked)
        due = looked is None or bool(state.failure) or moment >= looked + timedelta(source.every)
        current = self._store.current(source.name)
        if due or current is None or current.asked != source.url:
            return None
        return Looked(source.name, Outcome.NOT_DUE)

    def _insist(self, source: Source) -> Download | None:
        """Ask an address until it answers well, or there is no use in it."""
        wait = self._manners.backoff
        task = Task(
            source.url,
            self._network,
            Partial(self._store.folder(source.name)),
            self._permit,
            self._known(source),
            self._manners.most,
        )
        for attempt in range(1, self._manners.attempts + 1):
            try:
                return download(task)
            except FetchError as error:
                asked = max(wait, error.wait or 0.0)
                last = attempt == self._manners.attempts
                if last or not error.passing or asked > self._manners.patience:
                    raise
                self._sleep(asked)
                wait *= 2
        raise FetchError("it was not asked")

    def _known(self, source: Source) -> Validators:
        current = self._store.current(source.name)
        if current is None or current.asked != source.url:
            return Validators()
        return current.validators()

    def _settled(self, source: Source, came: Download | None, *, accept: bool) -> Looked:
        """Keep what came and put it in force, where it is a version and another one."""
        current = self._store.current(source.name)
        if came is None:
            if current:
                self._store.put_in_force(source, current)  # the listing may have changed
            return Looked(source.name, Outcome.UNCHANGED, version=current)
        held = self._store.path(source.name, current) if current else None
        check_document(came, source, None if accept else held, self._readers)
        version = self._store.keep(source, came, self._clock())
        self._store.put_in_force(source, version)
        if current is None:
            return Looked(source.name, Outcome.NEW, version=version)
        same = current.sha256 == version.sha256
        return Looked(source.name, Outcome.UNCHANGED if same else Outcome.CHANGED, version=version)

    def _failed(self, source: Source, state: State, error: FetchError) -> Looked:
        moment = self._clock()
        later = moment + timedelta(seconds=error.wait) if error.wait else None
        noted = State(
            looked=state.looked,
            failed=stamp(moment),
            failure=str(error),
            not_before=stamp(later) if later else "",
        )
        self._store.note(source.name, noted)
        return Looked(source.name, Outcome.FAILED, str(error))

    def _permit(self, url: str) -> None:
        """Wait until a host may be asked, which its robots.txt must allow."""
        wanted = self._robots.check(url)
        host = urlsplit(url).hostname or ""
        before = self._asked.get(host)
        if before is not None:
            pause = max(self._manners.pause, wanted)
            if pause > self._manners.longest_pause:
                reason = f"its host wants {pause:.0f} seconds between two requests"
                raise FetchError(reason, wait=min(pause, 86_400.0))
            self._sleep(max(0.0, before + pause - time.monotonic()))
        self._asked[host] = time.monotonic()


def _time(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
