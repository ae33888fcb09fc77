import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hyqa.index.snapshots import (
    Retention,
    check_whole,
    current_snapshot,
    note_built,
    publish,
    snapshot_name,
    snapshot_time,
    written_snapshot,
)
from hyqa.index.snapshots.manifest import Manifest
from hyqa.types.errors import ConfigError, SnapshotError

LONG_AGO = 1_000_000_000
NEAREST = Retention(newest=0, days=0)
"""Keeps only the snapshot in force and the one before it."""


MANIFEST = Manifest(
    encoder="hash-64/1", dimension=64, corpus="c0ffee", documents=3, chunks=7, parsers={".md": "1"}
)


def build(root: Path, text: str, origin: str = "") -> str:
    with written_snapshot(root) as written:
        (written.folder / "part").mkdir()
        (written.folder / "part" / "words").write_text(text, encoding="utf-8")
        MANIFEST.save(written.folder)
    note_built(root, written.name, origin)
    return written.name


def write(root: Path, text: str, *, retention: Retention = NEAREST) -> Path:
    publish(root, build(root, text), retention=retention)
    return current_snapshot(root)


def words(snapshot: Path) -> str:
    return (snapshot / "part" / "words").read_text(encoding="utf-8")


def leftovers(root: Path) -> list[str]:
    return [p.name for p in root.iterdir() if p.name.startswith(("stage-", "CURRENT"))]


def test_a_finished_snapshot_is_in_force(tmp_path: Path) -> None:
    snapshot = write(tmp_path / "deep" / "index", "one")
    assert words(snapshot) == "one"
    check_whole(snapshot)
    assert leftovers(tmp_path / "deep" / "index") == ["CURRENT"]
    assert snapshot.stat().st_mode & 0o777 == 0o755


def test_the_time_of_an_index_is_when_it_came_into_force(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="hyqa index"):
        snapshot_time(tmp_path)
    # Clocks of file systems may lag by a tick.
    before = datetime.now(UTC) - timedelta(seconds=1)
    write(tmp_path, "one")
    assert before <= snapshot_time(tmp_path) <= datetime.now(UTC) + timedelta(seconds=1)
    os.utime(tmp_path / "CURRENT", (LONG_AGO, LONG_AGO))
    assert snapshot_time(tmp_path) == datetime.fromtimestamp(LONG_AGO, UTC)


def test_the_name_in_force_changes_with_the_index_and_only_then(tmp_path: Path) -> None:
    assert snapshot_name(tmp_path / "index") == ""
    one = write(tmp_path / "index", "one")
    assert snapshot_name(tmp_path / "index") == one.name
    assert write(tmp_path / "index", "one") == one
    assert snapshot_name(tmp_path / "index") == one.name
    two = write(tmp_path / "index", "two")
    assert snapshot_name(tmp_path / "index") == two.name != one.name


def test_a_snapshot_is_named_by_its_content(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a", "one"), write(tmp_path / "a", "two")
    assert one.name != two.name
    assert write(tmp_path / "b", "one").name == one.name
    with written_snapshot(tmp_path / "c") as written:
        (written.folder / "words").write_text("one", encoding="utf-8")
    assert written.name != one.name


def test_the_snapshot_before_stays_and_older_ones_go(tmp_path: Path) -> None:
    snapshots = [write(tmp_path, text) for text in ("one", "two", "three", "four")]
    assert [snapshot.exists() for snapshot in snapshots] == [False, False, True, True]
    assert words(current_snapshot(tmp_path)) == "four"


def test_going_back_to_an_older_content_puts_it_in_force(tmp_path: Path) -> None:
    for text in ("one", "two", "one"):
        write(tmp_path, text)
    assert words(current_snapshot(tmp_path)) == "one"
    assert words(write(tmp_path, "three")) == "three"
    assert sorted(words(p) for p in tmp_path.iterdir() if p.is_dir()) == ["one", "three"]


def test_an_exception_leaves_the_old_snapshot_in_force_and_nothing_else(tmp_path: Path) -> None:
    old = write(tmp_path, "old")
    with pytest.raises(ZeroDivisionError), written_snapshot(tmp_path) as written:
        (written.folder / "words").write_text("new", encoding="utf-8")
        raise ZeroDivisionError
    assert current_snapshot(tmp_path) == old
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [old]
    assert leftovers(tmp_path) == ["CURRENT"]


def test_a_first_build_that_fails_leaves_no_index(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), written_snapshot(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SnapshotError, match="no index"):
        current_snapshot(tmp_path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_build_leaves_the_old_snapshot_and_a_later_build_cleans_up(
    tmp_path: Path,
) -> None:
    old = write(tmp_path, "old")
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from hyqa.index.snapshots import written_snapshot\n"
        "with written_snapshot(Path(sys.argv[1])) as written:\n"
        "    (written.folder / 'words').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert words(current_snapshot(tmp_path)) == "old"
    (stage,) = tmp_path.glob("stage-*")
    (tmp_path / "CURRENTabc").touch()
    write(tmp_path, "at once")
    assert stage.exists()  # it might be another build's, under way
    for left in (stage, tmp_path / "CURRENTabc"):
        os.utime(left, (LONG_AGO, LONG_AGO))
    write(tmp_path, "later")
    assert leftovers(tmp_path) == ["CURRENT"]
    assert not old.exists()


def test_a_damaged_snapshot_is_noticed_and_building_the_same_again_mends_it(
    tmp_path: Path,
) -> None:
    snapshot = write(tmp_path, "whole")
    (snapshot / "part" / "words").write_text("damaged", encoding="utf-8")
    with pytest.raises(SnapshotError, match="damaged: run `hyqa index`"):
        check_whole(snapshot)
    assert write(tmp_path, "whole") == snapshot
    check_whole(snapshot)
    assert words(snapshot) == "whole"
    assert leftovers(tmp_path) == ["CURRENT"]


@pytest.mark.parametrize(
    "pointer",
    ["", "\n", ".", "..", "../outside", "/", "sub/dir", "no such", "0123456789abcdef", "\0"],
)
def test_a_pointer_that_names_no_snapshot_here_is_refused(pointer: str, tmp_path: Path) -> None:
    root = tmp_path / "index"
    (root / "sub" / "dir").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (root / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(SnapshotError, match="run `hyqa index`"):
        current_snapshot(root)


def test_a_pointer_of_other_bytes_or_none_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError):
        current_snapshot(tmp_path / "nowhere")
    (tmp_path / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(SnapshotError):
        current_snapshot(tmp_path)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="--index"), written_snapshot(tmp_path / "file"):
        pass
