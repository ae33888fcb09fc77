"""``hyqa check``."""

import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from cli.conftest import Run

NOTICE = """\
云岭市人民政府关于支持企业发展的通知
云政发〔2025〕8号
各区县人民政府：
为支持企业发展，现将有关事项通知如下，请结合本地实际，认真组织实施，确保各项措施落到实处。
一、资金支持
对新认定的企业给予奖励，标准为每家二十万元，由市财政局在认定后三个月内拨付到位。
二、用地支持
对符合条件的企业优先安排用地，期限为五十年，地价按所在地工业用地最低标准执行。
本通知自2025年4月1日起施行，有效期五年。
云岭市人民政府
2025年3月1日
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "short.md").write_text("# 甲\n\n乙。\n", encoding="utf-8")
    return tmp_path


def _width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line)


def test_a_page_shows_metadata_with_places_outline_passages_and_warnings(
    run: Run, folder: Path
) -> None:
    result = run("check", folder / "notice.txt", "--as-of", "2026-01-01")
    assert (result.code, result.err) == (0, "")
    assert "notice.txt  TXT" in result.out
    assert "文号        云政发〔2025〕8号  ← line 2" in result.out
    assert "← “自2025年4月1日起施行" in result.out
    assert "outline     一、资金支持\n              二、用地支持" in result.out
    assert "in force since 2025-04-01" in result.out
    assert result.out.endswith("1 document in 3 passages; 0 with warnings; 0 cannot be used\n")
    assert (
        "! it was in force until 2030-03-31"
        in run("check", folder / "notice.txt", "--as-of", "2031-01-01").out
    )


def test_a_file_that_cannot_be_used_is_1_and_the_others_are_shown(run: Run, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    result = run("check", folder)
    assert (result.code, result.err) == (1, "")
    assert "✗ cannot be used: it is damaged" in result.out
    assert "! there are only" in result.out
    assert "2 documents" in result.out and "1 cannot be used" in result.out


def test_json_is_a_line_a_file(run: Run, folder: Path) -> None:
    (folder / "empty.docx").write_bytes(b"")
    result = run("check", folder, "--json")
    assert result.code == 1
    failed, notice, short = map(json.loads, result.out.splitlines())
    assert failed == {"id": "empty.docx", "status": "failed", "error": "it is empty"}
    assert notice["id"] == "notice.txt" and notice["metadata"]["number"] == "云政发〔2025〕8号"
    for evidence in notice["evidence"]:
        assert evidence["text"] in NOTICE
    assert {"field", "value", "text", "start", "end", "pages"} == set(notice["evidence"][0])
    assert [part["heading_path"] for part in notice["outline"]][-1] == ["二、用地支持"]
    assert {"start", "end", "pages"} == set(notice["passages"][0])
    assert short["status"] == "warned"
    assert {"concern": "little_text"}.items() <= short["warnings"][-1].items()


def test_a_file_of_the_corpus_is_read_as_one_of_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    (folder / "notice.txt").rename(folder / "sub" / "notice.txt")
    (folder / "sources.toml").write_text('["sub/notice.txt"]\npublisher = "某局"\n', "utf-8")
    result = run("check", "--corpus", folder, folder / "sub", "--json")
    record = json.loads(result.out)
    assert (record["id"], record["metadata"]["publisher"]) == ("sub/notice.txt", "某局")
    monkeypatch.setenv("HYQA_CORPUS", str(folder))
    assert len(run("check", "--json").out.splitlines()) == 2


def test_duplicates_are_found_over_several_paths(run: Run, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    copy.write_text(NOTICE.replace("\n", "\n\n"), encoding="utf-8")
    assert "are the same as those of notice.txt" in run("check", folder / "notice.txt", copy).out


def test_a_missing_path_is_2(run: Run, tmp_path: Path) -> None:
    result = run("check", tmp_path / "nowhere.pdf")
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("columns", [40, 72, 200])
def test_no_line_is_wider_than_the_terminal(
    run: Run, folder: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    (folder / ("名字很长的文件" * 9 + ".txt")).write_text(NOTICE, encoding="utf-8")
    lines = run("check", folder).out.splitlines()
    assert max(map(_width, lines)) <= min(columns, 100)
    assert all(line == line.rstrip() for line in lines)


def test_a_name_that_moves_the_cursor_is_shown_without(run: Run, folder: Path) -> None:
    (folder / "evil\x1b[2J.pdf").write_bytes(b"")
    assert "\x1b" not in run("check", folder).out


@pytest.mark.parametrize(("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(
    folder: Path, variable: dict[str, str], coloured: bool
) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **variable}
    command = [sys.executable, "-m", "hyqa.cli", "check", str(folder / "short.md")]
    subprocess.run(command, stdout=theirs, env=environment, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert ("\x1b[" in shown) == coloured
