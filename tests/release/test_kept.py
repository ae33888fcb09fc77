"""What the gate keeps from one build to the next: the calibration, and what was replied."""

import shutil
from dataclasses import replace
from pathlib import Path

from hyqa.index.calibration import FILE, Calibration, shipped_calibration
from hyqa.index.snapshots import snapshot_name
from hyqa.maintenance.evaluation.calibrating import FEWEST
from hyqa.maintenance.release import Side
from hyqa.maintenance.release.keeping import Kept, read_kept
from release.making import judged, side


def test_calibration_is_kept_and_said_to_be(
    root: Path, old: Side, golden_corpus: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(root, tmp_path / "ix")
    assert "comes with hyqa" in judged(copy, None, old, golden_corpus).calibration
    shipped = shipped_calibration()
    own = {name: replace(one, questions=FEWEST) for name, one in shipped.models.items()}
    Calibration(own).save(copy / FILE)
    same = judged(copy, None, side(copy), golden_corpus).calibration
    assert same == f"kept: fitted by `hyqa calibrate` (zh on {FEWEST}, en on {FEWEST} questions)"
    other = replace(old.index.manifest, encoder="another/1")
    foreign = Side(old.name, replace(old.index, manifest=other), None)
    verdict = judged(copy, foreign, side(copy), golden_corpus)
    assert "but with the encoder another/1" in verdict.calibration


def test_a_file_of_outcomes_that_is_damaged_costs_time_alone(
    root: Path, golden_corpus: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(root, tmp_path / "ix")
    name = snapshot_name(copy)
    judged(copy, None, side(copy), golden_corpus)
    file = copy / "outcomes" / f"{name}.json"
    for told in (
        "",
        "{}",
        "[]",
        '{"format": 1, "day": "x", "replies": {}}',
        '{"format": 1, "day": "2026-01-01", "replies": {"a": {"bad": 1}}}',
    ):
        file.write_text(told)
        assert read_kept(copy, name) is None
    assert isinstance(judged(copy, side(copy), side(copy), golden_corpus).asked, int)
    assert isinstance(read_kept(copy, name), Kept)
