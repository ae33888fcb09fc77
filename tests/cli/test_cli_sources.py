"""``hyqa sources``, ``fetch``, ``compare-original``, and the commands that change documents."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources.misbehaving import Host, Talk
from sources.test_originals import DIGEST, PAGE

from cli.conftest import Run


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty corpus in the folder in which commands are run."""
    monkeypatch.chdir(tmp_path)
    for name in ("HYQA_ORIGINALS", "HYQA_FETCH_ALLOW"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "docs_corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def host(docs: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A host with the original of a digest, and its listing."""

    def behave(talk: Talk) -> None:
        if talk.path == "/b.html":
            talk.reply(PAGE)
        else:
            talk.reply(b"", "404 Not Found")

    with Host(behave) as made:
        monkeypatch.setenv("HYQA_FETCH_ALLOW", f"127.0.0.1:{made.port}")
        (docs / "b.md").write_text(DIGEST, encoding="utf-8")
        tables = (
            f'["{name}"]\nurl = "http://127.0.0.1:{made.port}/{name}.html"\n'
            f'original_of = ["b.md"]\n'
            for name in ("b", "gone")
        )
        (docs / "originals.toml").write_text("\n".join(tables), encoding="utf-8")
        yield made


def test_sources_are_listed_fetched_and_listed_again(run: Run, host: Host) -> None:
    before = run("sources")
    assert before.code == 0 and "never" in before.out
    assert before.out.endswith("2 addresses; 0 fetched; 0 failed at last\n")
    fetched = run("fetch", "b")
    assert (fetched.code, fetched.err) == (0, "")
    assert fetched.out.startswith("b: new\n") and "hyqa compare-original b.md" in fetched.out
    rest = run("fetch")
    assert rest.code == 1 and rest.out == "2 sources: 1 not due, 1 failed\n"
    assert rest.err == "gone: there is nothing at this address any more (404): 127.0.0.1\n"
    after = run("sources")
    assert after.out.endswith("2 addresses; 1 fetched; 1 failed at last\n")
    b, gone = map(json.loads, run("sources", "--json").out.splitlines())
    assert b["fetched"] and not b["failure"]
    assert not gone["fetched"] and "404" in gone["failure"]


def test_without_the_setting_this_machine_is_not_asked(
    run: Run, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HYQA_FETCH_ALLOW")
    assert run("fetch", "b").code == 1
    assert host.connections == 0


def test_check_and_compare_name_what_the_original_does_not_hold(run: Run, host: Host) -> None:
    missing = run("compare-original", "b.md")
    assert missing.code == 1 and "no digest of which an original is stored" in missing.err
    run("fetch", "b")
    compared = run("compare-original", "b.md")
    assert compared.code == 1
    assert compared.out.startswith("figure  30万元  云岭市对新认定的企业给予奖励")
    assert compared.out.endswith("b.md: 1 not in originals/b.html\n")
    checked = run("check", "docs_corpus/b.md", "--json")
    digest, original = map(json.loads, checked.out.splitlines())
    (warning,) = [one for one in digest["warnings"] if one["concern"] == "unsupported"]
    assert "originals/b.html does not hold 30万元" in warning["sentence"]
    assert original["metadata"]["original_of"] == ["b.md"]


def test_wrong_names_end_in_a_sentence(run: Run, docs: Path, host: Host) -> None:
    assert run("fetch", "none").err == "There is no source none: `hyqa sources` lists them.\n"
    assert run("compare-original", "../b.md").code == 1
    (docs / "originals.toml").unlink()
    assert "lists no address" in run("fetch").err


@pytest.mark.parametrize("value", ["localhost:80", "127.0.0.1:x", "http://127.0.0.1:80/", "x"])
def test_what_may_be_asked_is_named_by_number(
    run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HYQA_FETCH_ALLOW", value)
    assert run("sources").code == 2


NOTICE = (
    "园区通知\n\n对符合条件的企业优先安排用地，期限为五十年，地价按所在地工业用地最低标准执行。\n"
)


def test_a_document_is_added_replaced_removed_and_brought_back(run: Run, docs: Path) -> None:
    Path("new.txt").write_text(NOTICE, encoding="utf-8")
    added = run("add", "new.txt", "--into", "parks", "--issued", "2025-03", "--reason", "新文件")
    assert added.code == 0 and added.out.endswith("Added parks/new.txt.\n")
    assert "issued      2025-03" in added.out
    Path("new.txt").write_text(NOTICE.replace("五十", "四十"), encoding="utf-8")
    replaced = run("replace", "parks/new.txt", "new.txt")
    assert replaced.code == 0 and "the file before is kept as" in replaced.out
    assert run("remove", "parks/new.txt").code == 0
    assert not (docs / "parks/new.txt").exists()
    restored = run("restore", "parks/new.txt")
    assert restored.out == "Restored parks/new.txt.\n"
    assert "四十" in (docs / "parks/new.txt").read_text("utf-8")
    lines = run("history", "parks/new.txt").out.splitlines()
    assert [line.split()[1] for line in lines] == ["add", "replace", "remove", "restore"]
    assert "(新文件)" in lines[0]
    first = json.loads(run("history", "--json").out.splitlines()[0])
    assert first["action"] == "add" and first["document"] == "parks/new.txt"


def test_a_folder_is_added_with_its_folders_and_what_cannot_be_is_named(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many" / "in"
    folder.mkdir(parents=True)
    (folder / "a b.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "many" / "broken.pdf").write_bytes(b"%PDF-1.7 no")
    (tmp_path / "many" / "picture.png").write_bytes(b"x")
    result = run("add", tmp_path / "many", "--into", "parks")
    assert result.code == 1
    assert (docs / "parks/in/a-b.txt").is_file()
    assert "broken.pdf: parks/broken.pdf cannot be used: it is damaged" in result.err
    assert "picture.png: its format is not readable" in result.err
    assert result.err.endswith("1 could not be added: see above.\n")
    assert not (docs / "parks/broken.pdf").exists()


def test_the_file_of_an_address_is_added(run: Run, docs: Path, host: Host) -> None:
    result = run("add", f"http://127.0.0.1:{host.port}/b.html", "--into", "parks")
    assert result.code == 0 and result.out.endswith("Added parks/b.html.\n")
    assert f"http://127.0.0.1:{host.port}/b.html" in (docs / "sources.toml").read_text("utf-8")
    gone = run("add", f"http://127.0.0.1:{host.port}/none.html")
    assert gone.code == 2 and "Save the file from a browser" in gone.err


def test_a_file_of_another_format_is_no_replacement(run: Run, docs: Path) -> None:
    (docs / "a.md").write_text(DIGEST, encoding="utf-8")
    Path("new.txt").write_text(NOTICE, encoding="utf-8")
    result = run("replace", "a.md", "new.txt")
    assert result.code == 2 and "a.md is a .md and new.txt a .txt" in result.err
