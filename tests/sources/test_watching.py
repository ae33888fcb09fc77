"""``hyqa watch``: builds follow changes, outlast failures, and end with a signal."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from hyqa import HashEncoder, build_index, snapshot_name

PATIENCE = 60.0
"""Seconds within which what is waited for must have come; it takes a few."""
TEXT = "园区有企业{}家，其中外资企业三家，都在园区的东部，2025年新增两家。\n"


def wait_for(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path, Path, Path]]:
    docs, index, told = tmp_path / "docs", tmp_path / "index", tmp_path / "told.txt"
    docs.mkdir()
    (docs / "a.md").write_text(TEXT.format(20), encoding="utf-8")
    settings = {"HYQA_ENCODER": "hash", "HYQA_CACHE": str(tmp_path / "cache")}
    command = [
        sys.executable,
        "-m",
        "hyqa.cli",
        "watch",
        "--corpus",
        str(docs),
        "--index",
        str(index),
    ]
    with told.open("w") as stream:
        process = subprocess.Popen(
            [*command, "--settle", "0.2"], stdout=stream, stderr=stream, text=True, cwd=tmp_path,
            env={**os.environ, **settings},
            # Where the tests were started in the background, interrupts are ignored.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
    yield process, docs, index, told
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_change_is_indexed_a_failure_outlasted_and_a_signal_obeyed(
    watched: tuple[subprocess.Popen[str], Path, Path, Path], number: signal.Signals
) -> None:
    process, docs, index, told = watched
    assert wait_for(lambda: "Watching" in told.read_text("utf-8"))
    first = snapshot_name(index)
    assert first
    (docs / "b.md").write_text(TEXT.format(21) * 2, encoding="utf-8")
    assert wait_for(lambda: snapshot_name(index) != first)
    second = snapshot_name(index)
    (docs / "sources.toml").write_text("broken", encoding="utf-8")
    assert wait_for(lambda: "watching goes on" in told.read_text("utf-8"))
    assert snapshot_name(index) == second and process.poll() is None
    (docs / "sources.toml").unlink()
    (docs / "b.md").write_text(TEXT.format(22) * 3, encoding="utf-8")
    assert wait_for(lambda: snapshot_name(index) != second)
    process.send_signal(number)
    assert process.wait(PATIENCE) == 0
    assert told.read_text("utf-8").endswith("No longer watching.\n")


def _children(process: int) -> set[Path]:
    """Folders of what a process has begun, and of what that has, each by its number and beginning."""
    found: set[Path] = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            _, _, fields = (folder / "stat").read_text().rpartition(")")
            if int(fields.split()[1]) == process:
                found |= {folder, *_children(int(folder.name))}
    return found


def _is_gone(folder: Path) -> bool:
    """Whether a process has ended, be it that nobody has asked for its exit code yet."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="finds processes in /proc")
def test_what_is_killed_as_it_builds_leaves_no_process_no_lock_and_the_index_of_before(
    watched: tuple[subprocess.Popen[str], Path, Path, Path],
) -> None:
    process, docs, index, told = watched
    assert wait_for(lambda: "Watching" in told.read_text("utf-8"))
    first = snapshot_name(index)
    for number in range(60):  # other processes read what is no small text
        page = f"<html><body><h1>{number}</h1><p>{TEXT.format(number) * 400}</p></body></html>"
        (docs / f"{number}.html").write_text(page, encoding="utf-8")
    assert wait_for(lambda: bool(_children(process.pid)))
    readers = _children(process.pid)
    process.kill()
    process.wait()
    assert wait_for(lambda: all(map(_is_gone, readers)))
    assert snapshot_name(index) == first
    manifest = build_index(docs, index, HashEncoder()).manifest  # which nobody's lock prevents
    assert manifest.documents == 61 and snapshot_name(index) != first
