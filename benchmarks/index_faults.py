"""Breaks index builds, switches and disks, and looks whether what is in force stays whole.

    python -m benchmarks.index_faults [--kills 200] [--disks 40] [--switches 50] [--minutes 10]

Real processes are killed by SIGKILL at random moments of index, publish and rollback; disks are
full at some byte of the way; what was not synced is dropped at each sync; 50 snapshots are published
while an engine is asked; ten readers in one process ask while another one builds all the time. It
ends with 1 where anything was lost, mixed, stale, or not whole. The ten readers alone, for ten minutes:
`python -m benchmarks.index_faults --only builder --minutes 10`.

Measured in November 2026: 200 kills, 40 full disks, 30 losses of power, and 10,683 questions during
50 switches; 0 wrong of each. Ten readers asked 97,736 questions in ten minutes, while another process
published 2,020 versions: 0 wrong. A first run found two openings of an index
that failed in two threads at once, which take turns since.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.index_power import lose_power
from benchmarks.index_readers import in_child, read_beside_builder, switch_under_questions
from benchmarks.index_versions import Tally, version_in_force, write_version
from hyqa import (
    HashEncoder,
    HyqaError,
    build_index,
    build_snapshot,
    list_snapshots,
    publish,
    rollback,
)

_PAGE = 4096
"""Bytes by which a file system in memory gives room."""


def fails(work: Callable[[], None]) -> bool:
    """Run work in a process of its own, and say whether it failed."""
    return os.waitpid(in_child(work), 0)[1] != 0


def kill_at_random(folder: Path, times: int, rng: random.Random) -> Tally:
    """Kill processes that build, publish and roll back, each at a random moment."""
    corpus, root, tally = folder / "corpus", folder / "index", Tally()
    write_version(corpus, 1)
    begun = time.monotonic()
    assert not fails(lambda: _build(corpus, root, 1))
    longest = 1.2 * (time.monotonic() - begun)
    for turn in range(2, times + 2):
        write_version(corpus, turn)

        def work(turn: int = turn) -> None:
            for again in range(99):
                _build(corpus, root, turn)
                rollback(root)
                write_version(corpus, turn * 1000 + again)

        child = in_child(work)
        time.sleep(rng.uniform(0, 2 * longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        tally.tried += 1
        if fails(lambda: _check_whole(root)):
            tally.wrong.append(f"turn {turn}: what is in force is not whole")
    write_version(corpus, 7)
    if fails(lambda: _go_on(corpus, root)):
        tally.wrong.append("the next run does not go on")
    return tally


def _build(corpus: Path, root: Path, version: int) -> None:
    publish(root, build_snapshot(corpus, root, HashEncoder(), origin=f"turn {version}").snapshot)


def _check_whole(root: Path) -> None:
    version_in_force(root)
    assert all(one.whole for one in list_snapshots(root))


def _go_on(corpus: Path, root: Path) -> None:
    build_index(corpus, root, HashEncoder())
    assert version_in_force(root) == 7
    rollback(root)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a file system of some size.

    Raises:
        subprocess.CalledProcessError: where nobody may.
    """
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    size = f"size={kilobytes}k"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def may_mount(folder: Path) -> bool:
    """Whether this process may mount a file system."""
    try:
        with small_disk(folder, 64):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def fill_disks(folder: Path, times: int) -> Tally:
    """Build where the disk is full, or files end, at each of some bytes of the way."""
    corpus, whole, tally = folder / "corpus", folder / "whole", Tally()
    write_version(corpus, 1)
    assert not fails(lambda: _build(corpus, whole, 1))
    used = sum(_PAGE * (path.stat().st_size // _PAGE + 2) for path in whole.rglob("*"))
    write_version(corpus, 2)
    mounts = may_mount(folder)
    for turn in range(times):
        share = (turn + 0.5) / times
        if mounts and turn % 2:
            with small_disk(folder, int(used * (1 + share * 1.5)) // 1024) as disk:
                _fill_one(corpus, whole, disk / "index", None, tally)
        else:
            largest = max(path.stat().st_size for path in whole.rglob("*") if path.is_file())
            _fill_one(corpus, whole, folder / f"limited-{turn}", int(share * largest), tally)
    return tally


def _fill_one(corpus: Path, whole: Path, root: Path, limit: int | None, tally: Tally) -> None:
    shutil.copytree(whole, root)

    def work() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            build_index(corpus, root, HashEncoder())
        except HyqaError as error:
            assert "stays in force" in str(error) or "cannot be written" in str(error), error

    tally.tried += 1
    if fails(work):
        tally.wrong.append(f"{root.name}, {limit} bytes: no sentence of its own")
    if fails(lambda: _check_whole(root)):
        tally.wrong.append(f"{root.name}, {limit} bytes: what is in force is not whole")
    if limit is not None:
        write_version(corpus, 7)
        if fails(lambda: _go_on(corpus, root)):
            tally.wrong.append(f"{root.name}: the next run does not go on")
        write_version(corpus, 2)
        shutil.rmtree(root)


def main() -> int:
    """Run all, and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--disks", type=int, default=40)
    parser.add_argument("--switches", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10, help="of ten readers and a builder")
    parser.add_argument("--only", default="", help="run but those whose names hold this")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    runs: dict[str, Callable[[Path], Tally]] = {
        "killed": lambda folder: kill_at_random(folder, options.kills, rng),
        "full disks": lambda folder: fill_disks(folder, options.disks),
        "power lost": lose_power,
        "questions during switches": lambda folder: switch_under_questions(
            folder, options.switches
        ),
        "questions beside a builder": lambda folder: read_beside_builder(
            folder, 60 * options.minutes
        ),
    }
    wrong = 0
    for name, run in runs.items():
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as place:
            tally = run(Path(place))
        print(tally.told(name), flush=True)
        wrong += len(tally.wrong)
    print(json.dumps({"wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
