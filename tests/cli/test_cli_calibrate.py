"""``hyqa calibrate``: fitting the confidence, storing it beside the index, and using it."""

import json
import shutil
from pathlib import Path

import pytest

from cli.conftest import QUESTION, Run
from hyqa.index.calibration import FILE, shipped_calibration
from hyqa.maintenance.evaluation.calibrating import FEWEST


@pytest.fixture
def own_index(index: Path, tmp_path: Path) -> Path:
    """An index of its own to write into."""
    return shutil.copytree(index, tmp_path / "index", symlinks=True)


def _questions(path: Path, count: int) -> Path:
    lines: list[dict[str, object]] = []
    for number in range(count):
        lines.append({"question": f"{QUESTION}{number}", "doc_ids": ["talent.md"]})
        lines.append({"question": f"月球上第{number}家火锅店在哪", "answerable": False})
    path.write_text("\n".join(map(json.dumps, lines)) + "\n5\n", encoding="utf-8")
    return path


def test_models_are_fitted_stored_and_used(run: Run, own_index: Path, tmp_path: Path) -> None:
    file = _questions(tmp_path / "q.jsonl", 2 * FEWEST)
    options = ("--index", own_index, "--encoder", "hash")
    before = json.loads(run("ask", QUESTION, "--json", *options).out)
    result = run("calibrate", file, *options)
    assert result.code == 1 and "q.jsonl, line" in result.err  # of the line that is none
    chinese, english = result.out.splitlines()
    assert chinese.startswith("zh: fitted on ") and "mean error 0." in chinese
    assert "kept as it was" in english
    stored = json.loads((own_index / FILE).read_text("utf-8"))
    assert 2 * FEWEST <= stored["zh"]["questions"] <= 4 * FEWEST
    assert stored["en"]["bias"] == shipped_calibration().models["en"].bias
    after = json.loads(run("ask", QUESTION, "--json", *options).out)
    assert after["status"] == "answered"
    assert after["confidence"] != before["confidence"]


def test_a_stored_file_that_is_damaged_is_told(run: Run, own_index: Path) -> None:
    (own_index / FILE).write_text("{}")
    result = run("ask", QUESTION, "--index", own_index, "--encoder", "hash")
    assert result.code == 1 and "hyqa calibrate" in result.err and len(result.err.splitlines()) == 1
