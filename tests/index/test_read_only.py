"""A user who may only read an index and its documents: asks, is refused the rest, breaks nothing."""

import gc
import os
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from release.making import DAY

from hyqa import Engine, HashEncoder, Status, build_index, is_stale, rollback, snapshot_name
from hyqa.index.snapshots import publish
from hyqa.maintenance.release.keeping import Kept, keep
from hyqa.maintenance.sources.library import remove
from hyqa.models import CachingEncoder
from hyqa.types.errors import ConfigError

if os.name == "nt":
    pytest.skip("users of Windows are told apart otherwise", allow_module_level=True)
NOBODY = 65534
LONGEST = 60
"""Seconds after which the process without rights is ended by the system."""
QUESTION = "青螺洲工业园规划面积多大？"


class Held:
    """A corpus and an index of two snapshots that everybody may read and nobody but root may write."""

    def __init__(self, folder: Path, corpus: Path) -> None:
        self.corpus = shutil.copytree(corpus, folder / "corpus")
        self.root, self.cache = folder / "index", folder / "cache"
        self.cache.mkdir()
        self.build()
        self.first = snapshot_name(self.root)
        (self.corpus / "new.md").write_text("# 新\n\n新增一段。\n", encoding="utf-8")
        self.build()
        (self.corpus / "newer.md").write_text("# 更新\n\n再增一段。\n", encoding="utf-8")
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)

    def build(self) -> None:
        """Build by what is kept in the cache."""
        encoder = CachingEncoder(HashEncoder(), self.cache / "vectors.sqlite")
        build_index(self.corpus, self.root, encoder, cache=self.cache)

    def ask(self) -> None:
        """Ask as a reader does."""
        engine = Engine.open(self.root, encoder="hash")
        assert engine.ask(QUESTION).status is Status.ANSWERED

    def all_files(self) -> dict[str, bytes]:
        """What stands there."""
        files = [*self.root.rglob("*"), *self.corpus.rglob("*"), *self.cache.rglob("*")]
        return {str(path): path.read_bytes() for path in files if path.is_file()}


@pytest.fixture
def held(corpus: Path) -> Iterator[Held]:
    # Not in the folder of the tests, into which other users may not look.
    with tempfile.TemporaryDirectory() as place:
        held = Held(Path(place), corpus)
        held.ask()  # what is loaded when it is first needed may lie where nobody may read
        yield held
        for path in [Path(place), *Path(place).rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)


def without_rights(work: Callable[[], None]) -> None:
    """Do work as a user who is not root, in a process of its own where this one is root's."""
    if os.geteuid():
        work()
        return
    reader, writer = os.pipe()
    if not (child := os.fork()):
        os.close(reader)
        os._exit(_dropped(work, writer))
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        said = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 2:
        pytest.skip(f"root may not drop its rights here: {said}")
    assert status == 0, said


def _dropped(work: Callable[[], None], writer: int) -> int:
    """Drop all rights and do the work; what goes wrong is written into a pipe."""
    signal.alarm(LONGEST)
    gc.freeze()  # an encoder of the other process would wait for threads that are not here
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    except OSError as error:
        os.write(writer, str(error).encode())
        return 2
    try:
        work()
    except BaseException:
        os.write(writer, traceback.format_exc().encode())
        return 1
    return 0


def test_who_may_only_read_may_ask(held: Held) -> None:
    without_rights(held.ask)


def test_whether_it_is_stale_is_told(held: Held) -> None:
    def work() -> None:
        assert is_stale(held.corpus, held.root, HashEncoder().name)

    without_rights(work)


def test_a_build_a_switch_and_a_rollback_are_refused_and_nothing_changes(held: Held) -> None:
    before = held.all_files()
    steps: dict[str, Callable[[], object]] = {
        "build": held.build,
        "publish": lambda: publish(held.root, held.first),
        "rollback": lambda: rollback(held.root),
        "remove": lambda: remove(held.corpus, "new.md"),
    }

    def work() -> None:
        for name, step in steps.items():
            try:
                step()
            except ConfigError as error:
                assert "cannot be written" in str(error), name
            else:
                raise AssertionError(f"{name} was not refused")

    without_rights(work)
    assert held.all_files() == before


def test_a_cache_that_cannot_be_written_costs_time_alone(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The dictionary is compiled in memory, of which few words do: all of them take seconds.
    words = [("面积", "area"), ("园区", "park")]
    monkeypatch.setattr("hyqa.index.dictionary._entries", lambda: iter(words))

    def work() -> None:
        with tempfile.TemporaryDirectory() as place:
            own = Path(place) / "index"
            encoder = CachingEncoder(HashEncoder(), held.cache / "vectors.sqlite")
            result = build_index(held.corpus, own, encoder, cache=held.cache)
            assert not result.failures and snapshot_name(own) == result.snapshot

    without_rights(work)


def test_what_was_replied_is_not_kept_and_nothing_fails(held: Held) -> None:
    before = held.all_files()
    without_rights(lambda: keep(held.root, held.first, Kept(DAY)))
    assert held.all_files() == before
