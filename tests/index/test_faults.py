"""The short form of ``python -m benchmarks.index_faults``: what is in force is always whole."""

import os
import random
import sys
from pathlib import Path

import pytest

from benchmarks import index_faults, index_power, index_readers
from benchmarks.index_versions import version_in_force, write_version
from hyqa import HashEncoder, build_index
from hyqa.index.snapshots import writing

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="needs fork, kill -9 and /proc"),
    # The children of the fork end without returning to the threads of this process.
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


def test_processes_that_are_killed_leave_a_whole_index(tmp_path: Path) -> None:
    tally = index_faults.kill_at_random(tmp_path, 4, random.Random(os.getpid()))
    assert (tally.tried, tally.wrong) == (4, [])


def test_a_full_disk_leaves_a_whole_index_and_a_sentence(tmp_path: Path) -> None:
    tally = index_faults.fill_disks(tmp_path, 4)
    assert (tally.tried, tally.wrong) == (4, [])


def test_what_is_in_force_survives_the_loss_of_all_that_was_not_synced(tmp_path: Path) -> None:
    tally = index_power.lose_power(tmp_path)
    assert tally.tried > 20 and tally.wrong == []


def test_a_build_that_does_not_sync_its_files_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_sync_files", lambda folder: None)
    assert index_power.lose_power(tmp_path).wrong


def test_answers_do_not_fail_or_mix_while_snapshots_are_published(tmp_path: Path) -> None:
    tally = index_readers.switch_under_questions(tmp_path, 3)
    assert tally.tried > 10 and tally.wrong == []


def test_answers_do_not_fail_or_mix_while_another_process_builds(tmp_path: Path) -> None:
    tally = index_readers.read_beside_builder(tmp_path, 0, readers=4)
    assert tally.tried > 4 and tally.wrong == []


def test_a_mixture_of_versions_is_found(tmp_path: Path) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    write_version(corpus, 1)
    path = corpus / "d3.md"
    path.write_text(path.read_text("utf-8").replace("第1版", "第2版"), "utf-8")
    build_index(corpus, root, HashEncoder())
    with pytest.raises(AssertionError):
        version_in_force(root)
