"""Going back to a snapshot, what is kept of the others, and builds that exclude each other."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hyqa.index.snapshots import (
    Retention,
    list_snapshots,
    publish,
    rollback,
    rolled_back,
    snapshot_name,
)
from hyqa.index.snapshots.locking import BUILD, held
from hyqa.types.errors import SnapshotError
from index.test_snapshots import NEAREST, build, words, write

MANY = Retention(newest=9, days=9)
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def make(root: Path, *texts: str) -> list[str]:
    return [write(root, text, retention=MANY).name for text in texts]


def test_going_back_is_a_way_of_steps_and_a_new_one_starts_from_there(tmp_path: Path) -> None:
    one, two, three = make(tmp_path, "one", "two", "three")
    assert rollback(tmp_path) == two
    assert rollback(tmp_path) == one
    with pytest.raises(SnapshotError, match="was in force before"):
        rollback(tmp_path)
    assert snapshot_name(tmp_path) == one
    assert rollback(tmp_path, three[:6]) == three
    assert rollback(tmp_path) == one
    (four,) = make(tmp_path, "four")
    assert rollback(tmp_path) == one
    assert rollback(tmp_path, four) == four


def test_it_is_known_that_an_index_was_rolled_back(tmp_path: Path) -> None:
    assert rolled_back(tmp_path) is None
    one, two = make(tmp_path, "one", "two")
    assert rolled_back(tmp_path) is None
    rollback(tmp_path)
    back = rolled_back(tmp_path)
    assert back and (back.newer, back.older) == (two, one)
    make(tmp_path, "three")
    assert rolled_back(tmp_path) is None


@pytest.mark.parametrize("name", ["", "zz", "..", "../..", "CURRENT", "stage-", "0" * 16])
def test_what_is_no_snapshot_is_refused(name: str, tmp_path: Path) -> None:
    one, two = make(tmp_path, "one", "two")
    if name:
        with pytest.raises(SnapshotError, match="hyqa snapshots"):
            rollback(tmp_path, name)
        assert snapshot_name(tmp_path) == two
    else:
        assert rollback(tmp_path, name) == one


def test_a_damaged_snapshot_or_one_of_another_format_is_not_put_in_force(tmp_path: Path) -> None:
    one, two, three = make(tmp_path, "one", "two", "three")
    (tmp_path / two / "part" / "words").write_text("torn", encoding="utf-8")
    with pytest.raises(SnapshotError, match=f"{two} is damaged"):
        rollback(tmp_path)
    manifest = tmp_path / one / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"schema": ', '"schema": 9'), "utf-8")
    with pytest.raises(SnapshotError, match="schema"):
        rollback(tmp_path, one)
    with pytest.raises(SnapshotError):
        publish(tmp_path, two)
    assert snapshot_name(tmp_path) == three
    assert [info.whole for info in list_snapshots(tmp_path)] == [True, False, False]


def test_the_list_tells_what_each_snapshot_is(tmp_path: Path) -> None:
    assert list_snapshots(tmp_path / "nowhere") == ()
    one, two = make(tmp_path, "one", "two")
    loose = build(tmp_path, "three", origin="a trial")
    rollback(tmp_path, origin="hyqa rollback")
    newest, middle, oldest = list_snapshots(tmp_path)
    assert [newest.name, middle.name, oldest.name] == [loose, two, one]
    assert (newest.published, newest.origin, newest.in_force) == (None, "a trial", False)
    assert (oldest.in_force, oldest.origin, oldest.documents) == (True, "hyqa rollback", 3)
    assert oldest.published and oldest.published >= oldest.built
    assert not middle.in_force and not any(info.before for info in list_snapshots(tmp_path))


def test_without_its_history_an_index_works_and_begins_another(tmp_path: Path) -> None:
    one, two = make(tmp_path, "one", "two")
    (tmp_path / "history.jsonl").unlink()
    assert {info.name: info.in_force for info in list_snapshots(tmp_path)} == {
        one: False,
        two: True,
    }
    make(tmp_path, "three")
    assert rollback(tmp_path) == two


@pytest.mark.parametrize(
    "torn", [b'{"time": "20', b"\xff\xfe\n", b"null\n", b"[]\n", b'{"kind": "gone"}\n', b"\n\n"]
)
def test_a_torn_line_of_the_history_is_skipped(torn: bytes, tmp_path: Path) -> None:
    one, _ = make(tmp_path, "one", "two")
    with (tmp_path / "history.jsonl").open("ab") as file:
        file.write(torn)
    (three,) = make(tmp_path, "three")
    rollback(tmp_path)
    assert rollback(tmp_path) == one
    assert rollback(tmp_path, three) == three


def test_a_switch_that_died_before_its_line_in_the_history_counts(tmp_path: Path) -> None:
    one, two, three = make(tmp_path, "one", "two", "three")
    lines = (tmp_path / "history.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "history.jsonl").write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    assert next(info for info in list_snapshots(tmp_path) if info.before).name == two
    make(tmp_path, "four")
    assert rollback(tmp_path) == three
    assert rollback(tmp_path) == two
    assert rollback(tmp_path) == one


def test_a_clock_that_jumps_changes_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([2e9, 1e9, 3e9, 5e8, 1.5e9, 1e9, 2e9, 0.0, 4e9, 1.0] * 5)
    monkeypatch.setattr("time.time", lambda: next(times))
    names = make(tmp_path, "one", "two", "three", "four")
    assert [info.name for info in list_snapshots(tmp_path)] == names[::-1]
    for name in names[2::-1]:
        assert rollback(tmp_path) == name
    assert [words(tmp_path / name) for name in names] == ["one", "two", "three", "four"]


def days(root: Path, *ages: int) -> list[str]:
    """Snapshots that were built so many days ago, each published, and kept all."""
    names = make(root, *(f"text {place}" for place in range(len(ages))))
    records = [
        json.loads(line) for line in (root / "history.jsonl").read_text("utf-8").splitlines()
    ]
    for record in records:
        age = ages[names.index(record["snapshot"])]
        record["time"] = f"2026-06-{28 - age:02}T12:{names.index(record['snapshot']):02}:00Z"
    lines = [json.dumps(record) + "\n" for record in records]
    (root / "history.jsonl").write_text("".join(lines), "utf-8")
    return names


def test_the_newest_stay_and_the_newest_of_each_day(tmp_path: Path) -> None:
    names = days(tmp_path, 9, 9, 5, 5, 2, 2, 1)
    new = write(tmp_path, "new", retention=Retention(newest=2, days=4)).name
    left = {info.name for info in list_snapshots(tmp_path)}
    assert left == {new, names[6], names[5], names[3]}


def test_the_one_in_force_and_the_one_before_stay_whatever_their_age(tmp_path: Path) -> None:
    names = make(tmp_path, "one", "two", "three")
    rollback(tmp_path, names[1])
    for text in ("a", "b", "c"):
        build(tmp_path, text)
    publish(tmp_path, names[1], retention=NEAREST)
    assert {info.name for info in list_snapshots(tmp_path)} == {names[0], names[1]}


def test_a_build_does_not_undo_what_came_into_force_meanwhile(tmp_path: Path) -> None:
    one, two = make(tmp_path, "one", "two")
    new = build(tmp_path, "new")
    rollback(tmp_path)
    with pytest.raises(SnapshotError, match=f"hyqa rollback {new}"):
        publish(tmp_path, new, instead_of=two)
    assert snapshot_name(tmp_path) == one
    publish(tmp_path, new, instead_of=one)
    assert snapshot_name(tmp_path) == new


def test_builds_exclude_each_other_and_the_refusal_names_the_holder(tmp_path: Path) -> None:
    with held(tmp_path, BUILD, "hyqa index"):
        refusals: list[str] = []

        def come() -> None:
            with pytest.raises(SnapshotError) as refused, held(tmp_path, BUILD, "another"):
                pass
            refusals.append(str(refused.value))

        other = threading.Thread(target=come)
        other.start()
        other.join()
        publish(tmp_path, build(tmp_path, "one"))  # a switch is no build
    assert "`hyqa index`" in refusals[0] and f"process {os.getpid()}" in refusals[0]
    assert "since 2" in refusals[0]
    with held(tmp_path, BUILD, "later"):
        pass


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_the_lock_of_a_process_that_died_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from hyqa.index.snapshots.locking import BUILD, held\n"
        "with held(Path(sys.argv[1]), BUILD, 'hyqa index'):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout and process.stdout.readline() == b"held\n"
        with pytest.raises(SnapshotError, match=f"process {process.pid} "):
            held(tmp_path, BUILD, "another").__enter__()
        process.kill()
    with held(tmp_path, BUILD, "another"):
        pass
