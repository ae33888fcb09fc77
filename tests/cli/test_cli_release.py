"""``hyqa index`` with its gate, ``hyqa diff`` and ``hyqa doctor``, as a maintainer types them."""

import json
import shutil
from pathlib import Path

import pytest
from fixtures import FILES, GLOSSARY
from release.making import with_golden

from cli.conftest import Run
from hyqa.index.snapshots import list_snapshots, snapshot_name


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A corpus with golden questions, and where its index goes."""
    plain = tmp_path / "plain"
    for name, text in {**FILES, "glossary.toml": GLOSSARY}.items():
        (plain / name).parent.mkdir(parents=True, exist_ok=True)
        (plain / name).write_text(text, encoding="utf-8")
    return with_golden(plain, tmp_path / "corpus"), tmp_path / "index"


def _cut(folder: Path) -> None:
    """Leave the first half of a document."""
    park = folder / "parks" / "snail-isle.md"
    park.write_text(park.read_text("utf-8").partition("## 入驻企业")[0], encoding="utf-8")


def _options(folders: tuple[Path, Path]) -> list[object]:
    return ["--corpus", folders[0], "--index", folders[1], "--encoder", "hash"]


def test_a_maintainers_way_through_the_gate(run: Run, folders: tuple[Path, Path]) -> None:
    corpus, root = folders
    options = _options(folders)
    first = run("index", *options)
    assert first.code == 0 and "10 of 10 as expected." in first.out
    before = snapshot_name(root)
    assert "Golden" not in run("index", *options).out  # the same snapshot needs no gate
    _cut(corpus)
    stopped = run("index", *options)
    assert stopped.code == 1 and snapshot_name(root) == before
    assert "which is not in force." in stopped.out and "--accept firms" in stopped.out
    assert stopped.err.splitlines()[-1].startswith("The gate stopped it")
    assert run("index", *options, "--accept", "firms").code == 1
    told = run("index", *options, "--json", "--accept", "firms")
    record = json.loads(told.out)
    assert told.code == 1 and record["in_force"] is False
    assert [one["name"] for one in record["gate"]["stops"]] == ["parks/snail-isle.md"]
    assert [one["name"] for one in record["gate"]["passed_by_name"]] == ["firms"]
    names = ("--accept", "firms", "--accept", "parks/snail-isle.md")
    passed = run("index", *options, *names)
    assert passed.code == 0 and snapshot_name(root) == record["snapshot"]
    difference = run("diff", *options)
    assert difference.code == 0
    assert f"From {before} " in difference.out and "parks/snail-isle.md (2 → 1" in difference.out
    assert "golden answer lost" in difference.out
    back = json.loads(run("diff", "current", before[:6], *options, "--json").out)
    assert back["after"]["snapshot"] == before and back["answers"][0]["gained"] is True
    assert run("diff", "current", "current", *options).out.count("all as before") == 2


def test_the_gate_can_be_left_out_by_name_but_not_a_great_loss(
    run: Run,
    folders: tuple[Path, Path],
) -> None:
    corpus, root = folders
    options = _options(folders)
    assert run("index", *options, "--no-gate").code == 0
    assert not (root / "outcomes").exists()
    _cut(corpus)
    passed = run("index", *options, "--no-gate")
    assert passed.code == 0 and "Golden" not in passed.out
    current = snapshot_name(root)
    shutil.rmtree(corpus / "parks")
    (corpus / "news.txt").unlink()
    lost = run("index", *options, "--no-gate")
    assert lost.code == 1 and "5 of 14 documents would vanish" in lost.err
    assert snapshot_name(root) == current
    assert run("index", *options, "--no-gate", "--accept-loss").code == 0
    assert len(list_snapshots(root)) == 3


def test_a_snapshot_in_force_that_cannot_be_opened_stops_nothing(
    run: Run,
    folders: tuple[Path, Path],
) -> None:
    corpus, root = folders
    options = _options(folders)
    assert run("index", *options).code == 0
    (root / snapshot_name(root) / "lexicon.json").write_text("{}")
    _cut(corpus)
    told = run("index", *options)
    assert told.code == 0 and "cannot be compared: The index is damaged" in told.err
    assert "9 of 10 as expected." in told.out


def test_past_questions_that_are_none_are_named(
    run: Run,
    folders: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    past = tmp_path / "past.jsonl"
    past.write_text('{"question": "青螺洲工业园规划面积多大？"}\n{}\n', encoding="utf-8")
    told = run("index", *_options(folders), "--past", past)
    assert told.code == 0 and "past.jsonl:2: `question` is missing" in told.err
    assert "; 1 past ones." in told.out
    missing = run("index", *_options(folders), "--past", tmp_path / "none.txt")
    assert missing.code == 2 and "none.txt cannot be read" in missing.err


def test_the_doctors_exit_code_is_for_cron(run: Run, folders: tuple[Path, Path]) -> None:
    corpus, root = folders
    options = _options(folders)
    assert run("doctor", *options).code == 1  # there is no index
    run("index", *options)
    well = run("doctor", *options)
    assert well.code == 0 and "talent-2020.md: it is expired" in well.out
    assert run("doctor", *options, "--strict").code == 1
    asked = corpus.parent / "asked.txt"
    asked.write_text("火星上有几家咖啡馆？\n", encoding="utf-8")
    record = json.loads(run("doctor", *options, "--questions", asked, "--json").out)
    assert record["faults"] == 0
    assert "asked.txt:1" in {one["subject"] for one in record["findings"]}
    (corpus / "court.md").unlink()
    (corpus / "court.md").symlink_to("/etc/hostname")
    assert run("index", *options).code == 1
    kept = run("doctor", *options)
    assert kept.code == 1 and "  ! court.md: it is a link that leads out" in kept.out
    assert f"      hyqa check {corpus / 'court.md'}" in kept.out
    (root / snapshot_name(root) / "lexicon.json").write_text("{}")
    torn = run("doctor", *options)
    assert torn.code == 1 and "it is in force, and its files are not what was written" in torn.out


def test_a_snapshot_that_is_not_there_is_told(run: Run, folders: tuple[Path, Path]) -> None:
    options = _options(folders)
    run("index", *options)
    for names in (["previous", "current"], ["ffff", "current"], ["current", "ffff"]):
        told = run("diff", *names, *options)
        assert told.code == 1 and len(told.err.splitlines()) == 1
