"""The doctor, on indexes that really are as it says; each by itself, and told with what helps."""

import json
import os
import shlex
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hyqa.index.build import build_index
from hyqa.index.snapshots import current_snapshot, snapshot_name
from hyqa.maintenance.release.asking import past_questions
from hyqa.maintenance.release.doctor import (
    Ailment,
    Examination,
    Finding,
    Level,
    examine,
    finding_lines,
    findings_record,
)
from hyqa.maintenance.release.doctor.folder import ABANDONED
from hyqa.maintenance.sources.library import remove, restore
from hyqa.maintenance.sources.listing import Source, read_listing
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.maintenance.sources.net.downloading import Download
from hyqa.maintenance.sources.versions import State, Store
from hyqa.models import HashEncoder
from release.making import DAY

_FORESEEN = '{"question": "园区多大", "answers": {"parks/snail-isle.md": "12.5平方公里"}}\n'
_ENDING = "---\ntitle: 云岭市蓝莓补贴\nissued: '2025-01-01'\nexpires: '{}'\n---\n\n每亩{}元。\n"

_REPEALED = (
    "云岭市蓝莓种植奖励办法\n云政发〔2020〕3号\n第一条　为了奖励种植蓝莓，制定本办法。\n"
    "第二条　本办法自2020年6月1日起施行。\n云岭市人民政府\n2020年5月1日\n"
)
_REPEALING = (
    "云岭市支持蓝莓种植若干措施\n云政发〔2024〕7号\n各单位：\n本措施自2024年8月1日起施行。"
    "《云岭市蓝莓种植奖励办法》（云政发〔2020〕3号）同时废止。\n云岭市人民政府\n2024年7月11日\n"
)


@pytest.fixture(scope="module")
def folders(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus and its index."""
    base = tmp_path_factory.mktemp("doctor")
    folder, root = shutil.copytree(corpus, base / "corpus"), base / "index"
    (folder / "questions").mkdir()
    (folder / "questions" / "parks.jsonl").write_text(_FORESEEN, encoding="utf-8")
    (folder / "soon.md").write_text(_ENDING.format("2026-04-01", 700), encoding="utf-8")
    (folder / "later.md").write_text(_ENDING.format("2026-12-31", 900), encoding="utf-8")
    twice = folder / "statistics.jsonl"
    with twice.open("a", encoding="utf-8") as file:
        text = "2024年云岭市进出口总额88亿元。"
        file.write(json.dumps({"id": "again", "title": "再说外贸", "text": text}) + "\n")
    (folder / "copy.md").write_bytes((folder / "rules.md").read_bytes())
    build_index(folder, root, HashEncoder())
    return folder, root


@pytest.fixture
def own(folders: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Copies to spoil."""
    return tuple(shutil.copytree(one, tmp_path / one.name) for one in folders)  # type: ignore[return-value]


def _examined(folders: tuple[Path, Path], **more: object) -> list[Finding]:
    what = Examination(folders[1], folders[0], HashEncoder(), DAY, datetime.now(UTC), **more)  # type: ignore[arg-type]
    return examine(what)


def _of(found: Sequence[Finding], ailment: Ailment) -> dict[str, Finding]:
    return {one.subject: one for one in found if one.ailment is ailment}


def test_a_sound_index_has_no_fault(folders: tuple[Path, Path]) -> None:
    found = _examined(folders)
    assert [one for one in found if one.level is Level.FAULT] == []
    kinds = {one.ailment for one in found}
    expected = {Ailment.EXPIRED, Ailment.EXPIRES_SOON, Ailment.DUPLICATE, Ailment.UNREACHED}
    assert kinds == expected


def test_what_ended_ends_soon_and_came_twice_is_told(folders: tuple[Path, Path]) -> None:
    found = _examined(folders)
    assert set(_of(found, Ailment.EXPIRED)) == {"talent-2020.md"}
    soon = _of(found, Ailment.EXPIRES_SOON)
    assert set(soon) == {"soon.md"} and "2026-04-01, in 31 days" in soon["soon.md"].sentence
    assert soon["soon.md"].command == f"hyqa replace soon.md FILE --corpus {folders[0]}"
    assert set(_of(_examined(folders, soon=400), Ailment.EXPIRES_SOON)) == {"soon.md", "later.md"}
    twice = _of(found, Ailment.DUPLICATE)
    assert set(twice) == {"again", "copy.md"} and "trade" in twice["again"].sentence
    assert "rules.md" in twice["copy.md"].sentence
    assert twice["copy.md"].command == f"hyqa remove rules.md --corpus {folders[0]}"
    assert twice["again"].command == f"hyqa show again --index {folders[1]}"  # a line of a file


def test_reach_comes_from_foreseen_questions_and_from_asked_ones(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    before = _of(_examined(folders), Ailment.UNREACHED)
    assert "parks/snail-isle.md" not in before and "railway.md" in before
    file = tmp_path / "asked.txt"
    file.write_text("鹭鸣站货场年吞吐量多少？\n火星上有几家咖啡馆？\n你好\n", encoding="utf-8")
    found = _examined(folders, asked=past_questions(file)[0])
    assert "railway.md" not in _of(found, Ailment.UNREACHED)
    assert set(_of(found, Ailment.UNANSWERED)) == {"asked.txt:2"}


def test_a_torn_snapshot_in_force_is_a_fault(own: tuple[Path, Path]) -> None:
    file = current_snapshot(own[1]) / "lexicon.json"
    file.write_bytes(file.read_bytes()[:-5])
    found = _examined(own)
    torn = _of(found, Ailment.TORN)[snapshot_name(own[1])]
    assert torn.level is Level.FAULT and torn.command.startswith("hyqa index --index ")
    assert found[0].level is Level.FAULT


def test_another_torn_snapshot_is_advice(own: tuple[Path, Path]) -> None:
    other = own[1] / "0123456789abcdef"
    shutil.copytree(current_snapshot(own[1]), other)
    found = _examined(own)
    torn = _of(found, Ailment.TORN)[other.name]
    assert torn.level is Level.ADVICE and torn.command == f"rm -r {other}"


def test_a_lost_pointer_leads_back_to_what_is_whole(own: tuple[Path, Path]) -> None:
    name = snapshot_name(own[1])
    (own[1] / "CURRENT").write_text("fedcba9876543210\n")
    (first, *_) = _examined(own)
    assert first.ailment is Ailment.NO_INDEX and "fedcba9876543210" in first.sentence
    assert first.command == f"hyqa rollback {name} --index {own[1]}"
    shutil.rmtree(own[1])
    (only,) = _examined(own)
    assert only.ailment is Ailment.NO_INDEX and only.command.startswith("hyqa index")


def test_a_foreign_encoder_and_another_format_are_faults(own: tuple[Path, Path]) -> None:
    class Other(HashEncoder):
        name = "another/1"

    what = Examination(own[1], own[0], Other(), DAY, datetime.now(UTC))
    foreign = _of(examine(what), Ailment.FOREIGN_ENCODER)[snapshot_name(own[1])]
    assert foreign.level is Level.FAULT and "hash-64/1" in foreign.sentence


def test_what_is_left_behind_is_told_once_it_is_old(own: tuple[Path, Path]) -> None:
    stage, stranger = own[1] / "stage-x", own[1] / "notes.txt"
    stage.mkdir()
    stranger.write_text("mine")
    (own[1] / "outcomes").mkdir()
    (own[1] / "outcomes" / "0123456789abcdef.json").write_text("{}")
    young = _of(_examined(own), Ailment.ORPHAN)
    assert set(young) == {str(stranger), str(own[1] / "outcomes" / "0123456789abcdef.json")}
    assert young[str(stranger)].command == ""  # nobody is told to delete what is not hyqa's
    os.utime(stage, (0, datetime.now(UTC).timestamp() - ABANDONED - 60))
    assert _of(_examined(own), Ailment.ORPHAN)[str(stage)].command == f"rm -r {stage}"


def test_documents_that_changed_since_are_told(own: tuple[Path, Path]) -> None:
    (own[0] / "new.md").write_text("# 新园区\n\n新园区占地3公顷。\n", encoding="utf-8")
    assert set(_of(_examined(own), Ailment.STALE_INDEX)) == {str(own[0])}


def _kept_at_last(folders: tuple[Path, Path], name: str) -> Finding:
    (folders[0] / name).write_bytes(b"\xff\xfe\x00\xd8 broken")
    assert [one.document for one in build_index(folders[0], folders[1], HashEncoder()).kept] == [
        name
    ]
    return _of(_examined(folders), Ailment.KEPT)[name]


def test_a_document_kept_at_its_last_good_version_is_restored_or_replaced(
    own: tuple[Path, Path],
) -> None:
    corpus = own[0]
    told = _kept_at_last(own, "court.md")
    assert told.level is Level.FAULT
    assert told.command == f"hyqa replace court.md FILE --corpus {corpus}"
    good = (corpus / "railway.md").read_bytes()
    remove(corpus, "railway.md")
    (corpus / "railway.md").write_bytes(good)
    (corpus / "court.md").unlink()
    told = _kept_at_last(own, "railway.md")
    command = shlex.split(told.command)
    assert command[:4] == ["hyqa", "restore", "railway.md", "--version"]
    restore(corpus, "railway.md", command[4])
    assert (corpus / "railway.md").read_bytes() == good


def test_what_another_document_repealed_may_be_removed(own: tuple[Path, Path]) -> None:
    corpus = own[0]
    (corpus / "old.txt").write_text(_REPEALED, encoding="utf-8")
    (corpus / "newer.txt").write_text(_REPEALING, encoding="utf-8")
    build_index(corpus, own[1], HashEncoder())
    told = _of(_examined(own), Ailment.EXPIRED)["old.txt"]
    assert "repealed by 云岭市支持蓝莓种植若干措施" in told.sentence
    assert told.command == f"hyqa remove old.txt --corpus {corpus}"
    assert "newer.txt" not in _of(_examined(own), Ailment.EXPIRED)


def test_sources_that_failed_or_that_nobody_looked_at_are_told(
    own: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, originals = own[0], tmp_path / "originals"
    names = ["failed", "late", "never", "gone", "good"]
    listing = "".join(f'[{name}]\nurl = "https://www.example.org/{name}.html"\n' for name in names)
    (corpus / "originals.toml").write_text(listing, encoding="utf-8")
    assert not _sources(_examined(own, originals=originals))  # nobody fetches here
    store, now = Store(originals), datetime.now(UTC)
    sources = {source.name: source for source in read_listing(corpus)}
    for name in ("late", "good"):
        data = f"<p>{name}</p>".encode()
        version = store.keep(sources[name], Download(data, ".html", sources[name].url, {}), now)
        store.put_in_force(sources[name], version)
    store.note("failed", State(failed=now.isoformat(), failure="its certificate is not valid"))
    store.note("late", State(looked=(now - timedelta(31)).isoformat(timespec="seconds")))
    store.note("gone", State(looked=now.isoformat()))
    store.note("good", State(looked=now.isoformat()))
    found = _sources(_examined(own, originals=originals))
    options = f"--corpus {corpus} --originals {originals}"
    assert {name: (one.level, one.command) for name, one in found.items()} == {
        "failed": (Level.FAULT, f"hyqa fetch failed {options}"),
        "gone": (Level.FAULT, f"hyqa fetch gone {options}"),
        "late": (Level.ADVICE, f"hyqa fetch late {options}"),
        "never": (Level.ADVICE, f"hyqa fetch never {options}"),
    }
    assert "its certificate is not valid" in found["failed"].sentence
    assert f"{now - timedelta(1):%Y-%m-%d}" in found["late"].sentence
    (corpus / "originals.toml").write_text("[broken", encoding="utf-8")
    (told,) = _sources(_examined(own, originals=originals)).values()
    assert told.level is Level.FAULT and "cannot be read as TOML" in told.sentence


def _sources(found: Sequence[Finding]) -> dict[str, Finding]:
    return _of(found, Ailment.SOURCE_FAILED) | _of(found, Ailment.SOURCE_STALE)


def test_originals_that_are_indexed_make_no_index_stale(
    own: tuple[Path, Path], tmp_path: Path
) -> None:
    originals = tmp_path / "originals"
    source = Source(name="a", url="https://www.example.org/a.html", original_of=("rules.md",))
    page = (
        "<html><body><p>青螺洲工业园的办法原文，共12条，由市政府发布。</p></body></html>".encode()
    )
    store = Store(originals)
    store.put_in_force(
        source, store.keep(source, Download(page, ".html", source.url, {}), datetime.now(UTC))
    )
    build_index(own[0], own[1], HashEncoder(), originals=originals)
    assert not _of(_examined(own, originals=originals), Ailment.STALE_INDEX)
    assert _of(_examined(own), Ailment.STALE_INDEX)


def test_links_are_asked_only_online_and_of_public_addresses(own: tuple[Path, Path]) -> None:
    page = own[0] / "linked.md"
    page.write_text(
        "---\ntitle: 链接\nurl: http://127.0.0.1/gone\n---\n\n有链接的文件。\n", "utf-8"
    )
    build_index(own[0], own[1], HashEncoder())
    assert _of(_examined(own), Ailment.BROKEN_LINK) == {}
    found = _of(_examined(own, network=Network()), Ailment.BROKEN_LINK)
    assert set(found) == {"linked.md"} and "not public" in found["linked.md"].sentence


def test_findings_are_written_for_readers_and_programs() -> None:
    found = [Finding(Ailment.EXPIRED, Level.ADVICE, f"{n}.md", "it ended", "") for n in range(12)]
    lines = [
        *finding_lines([*found, Finding(Ailment.TORN, Level.FAULT, "x", "torn", "hyqa index")])
    ]
    assert "  and 2 more: --json shows all" in lines
    assert "  ! x: torn" in lines and "      hyqa index" in lines
    assert lines[-1] == "1 faults, 12 pieces of advice."
    record = findings_record(found)
    assert (record["faults"], record["advice"]) == (0, 12) and json.dumps(record)
