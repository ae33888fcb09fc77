"""Readers who ask while snapshots are published, by this process or by another one."""

import gc
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.index_versions import (
    QUESTION,
    VERSION,
    Tally,
    version_in_force,
    write_version,
)
from hyqa import Engine, HashEncoder, build_index, open_index, snapshot_name

READERS = 10
_STOP = "stop"
"""Name of the file that ends a builder in another process."""
_LOOK = 0.1
"""Seconds after which is looked at the builder again."""


def in_child(work: Callable[[], None]) -> int:
    """Start work in a process of its own, and give its number; it ends with 1 where that fails."""
    if child := os.fork():
        return child
    # What the other process had no more use for stays as it is: an encoder's threads, for whose end it
    # would wait, are not here.
    gc.freeze()
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


class Asking:
    """Asks an engine until it is over; the engine is opened anew whenever the name changes."""

    def __init__(self, root: Path, tally: Tally) -> None:
        self.over = threading.Event()
        self.seen: set[int] = set()
        self._root, self._tally = root, tally
        self._newest = 0
        self._open()

    def run(self) -> None:
        """Ask in a thread."""
        try:
            while not self.over.is_set():
                self._ask()
        except Exception as error:
            self._tally.wrong.append(repr(error))

    def _open(self) -> None:
        self._name = snapshot_name(self._root)
        self._engine = Engine(open_index(self._root), HashEncoder())
        store = self._engine.index.store
        texts = [store.document(name).text for name in store.document_ids()]
        self._held = {int(found) for text in texts for found in VERSION.findall(text)}

    def _ask(self) -> None:
        if snapshot_name(self._root) != self._name:
            self._open()
        answer = self._engine.ask(QUESTION)
        said = {int(found) for quote in answer.quotes for found in VERSION.findall(quote.text)}
        self._tally.tried += 1
        told = f"{self._name}: {answer.status}, versions {sorted(said)} of {sorted(self._held)}"
        if len(said) != 1 or said != self._held:
            self._tally.wrong.append(told)
        elif max(said) < self._newest:
            self._tally.wrong.append(f"{told}, and {self._newest} was read before")
        self._newest = max(self._newest, *self._held)
        self.seen |= said


def switch_under_questions(folder: Path, times: int) -> Tally:
    """Publish snapshots while two threads ask."""
    corpus, root, tally = folder / "corpus", folder / "index", Tally()
    _build(corpus, root, 1)
    with _asked(root, tally, 2):
        for turn in range(2, times + 2):
            _build(corpus, root, turn)
    return tally


def read_beside_builder(folder: Path, seconds: float, readers: int = READERS) -> Tally:
    """Ask in threads while another process builds and publishes, one version after another.

    Args:
        folder: for the corpus and its index.
        seconds: how long; longer where readers saw but one version by then.
        readers: how many.
    """
    corpus, root, tally = folder / "corpus", folder / "index", Tally()
    _build(corpus, root, 1)

    def build() -> None:
        turn = 1
        while not (folder / _STOP).exists():
            turn += 1
            _build(corpus, root, turn)

    builder, end, failed = in_child(build), time.monotonic() + seconds, 0
    with _asked(root, tally, readers) as asking:
        while not failed and (time.monotonic() < end or len(_seen(asking)) < 2):
            time.sleep(_LOOK)
            failed, _ = os.waitpid(builder, os.WNOHANG)
    (folder / _STOP).touch()
    if failed or os.waitpid(builder, 0)[1]:
        tally.wrong.append("the builder failed")
    told = f"{version_in_force(root)} versions were published, {len(_seen(asking))} of them read"
    print(told, flush=True)
    return tally


def _seen(asking: Iterable[Asking]) -> set[int]:
    """The versions that readers were told of."""
    return {version for one in asking for version in list(one.seen)}


@contextmanager
def _asked(root: Path, tally: Tally, readers: int) -> Iterator[list[Asking]]:
    """Readers in threads, who ask until the block ends."""
    asking = [Asking(root, tally) for _ in range(readers)]
    threads = [threading.Thread(target=one.run) for one in asking]
    for thread in threads:
        thread.start()
    try:
        yield asking
    finally:
        for one in asking:
            one.over.set()
        for thread in threads:
            thread.join()


def _build(corpus: Path, root: Path, version: int) -> None:
    write_version(corpus, version)
    build_index(corpus, root, HashEncoder())
