"""docs/architecture.md and the map of CONTRIBUTING.md agree with the code, or this fails."""

import configparser
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hyqa import Engine, HashEncoder, Language
from hyqa.index.build import Index
from hyqa.parsing.blocks import Parsed
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LONGEST_FILE, LONGEST_ENGINE = 300, 150
"""Lines of a file in Python, and of the page that shows a question's whole way."""
FULLEST_FOLDER, FULLEST_TOP = 20, 15
"""Entries of a folder of the library, and of the library's own."""
_PATH = re.compile(
    r"`((?:src|bot|storage|web|tests|scripts|docs|benchmarks|docs_corpus)/[^`*\s]*)`"
)


def _marked(kind: str) -> dict[str, str]:
    """The code blocks of the page's walk-throughs below marks of a kind, by their file."""
    found = re.findall(rf"<!-- {kind}: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.S)
    return dict(found)


NEW, CHANGED, MORE = _marked("new"), _marked("change"), _marked("more")


def _page(*options: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, ROOT / "scripts" / "architecture.py", *options]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


@pytest.mark.model
def test_the_page_is_what_the_command_makes(shipped_root: Path) -> None:
    done = _page("--check", "--index", shipped_root)
    told = f"{done.stdout}{done.stderr}\nrun `python scripts/architecture.py`, and look at it"
    assert done.returncode == 0, told


@pytest.mark.model
def test_a_value_that_is_not_what_the_command_makes_is_found(
    shipped_root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    # In this process: a new one would load the library, the index and the encoder each time.
    main = runpy.run_path(str(ROOT / "scripts" / "architecture.py"))["main"]

    def run(*options: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["architecture.py", *map(str, options)])
        return main(), capsys.readouterr().out

    page = tmp_path / "page.md"
    page.write_text(PAGE.replace("[80–124] 1.00", "[80–125] 1.00"))
    code, told = run("--check", "--index", shipped_root, "--page", page)
    assert code == 1
    assert "[80–124]" in told and "[80–125]" in told
    run("--index", shipped_root, "--page", page)
    assert run("--check", "--index", shipped_root, "--page", page) == (0, "\n")
    assert "[80–125]" not in page.read_text("utf-8")


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_each_path_that_a_page_names_exists(name: str) -> None:
    paths = set(_PATH.findall((ROOT / name).read_text("utf-8")))
    assert len(paths) > 20
    assert [path for path in sorted(paths - NEW.keys()) if not (ROOT / path).exists()] == []


def test_what_the_walk_throughs_change_is_there() -> None:
    assert (len(NEW), len(CHANGED), len(MORE)) == (6, 6, 1)
    for name, change in CHANGED.items():
        lines = (ROOT / name).read_text("utf-8").splitlines()
        for piece in change.split("…\n"):
            before, after = (_side(piece, mark) for mark in "-+")
            assert _stands_in(before, lines) or _stands_in(after, lines), f"{name}: {before}"
    assert all((ROOT / name).is_file() for name in MORE)


def _side(change: str, mark: str) -> list[str]:
    """The lines of a change as they are before it (``-``) or after it (``+``)."""
    return [line[1:] for line in change.splitlines() if line[0] in (" ", mark)]


def _stands_in(kept: list[str], lines: list[str]) -> bool:
    """Whether lines stand in a file one below the other."""
    starts = range(len(lines) - len(kept) + 1)
    return any(lines[start : start + len(kept)] == kept for start in starts)


def _run(path: str, name: str) -> dict[str, object]:
    """The names that a new file of the walk-throughs defines."""
    names: dict[str, object] = {"__name__": name}
    exec(compile(NEW[path], path, "exec"), names)
    return names


def test_the_new_format_reads() -> None:
    parse = _run("src/hyqa/parsing/plain/csv.py", "csv_of_page")["parse_csv"]
    assert callable(parse)
    parsed = parse("园区,面积\n青螺洲工业园,1200亩\n".encode())
    assert isinstance(parsed, Parsed)
    assert parsed.text == "园区 | 面积\n青螺洲工业园 | 1200亩"
    assert len(parsed.tables) == 1


async def test_the_new_channel_answers(index: Index) -> None:
    make = _run("gateway/__main__.py", "gateway_of_page")["application"]
    assert callable(make)
    made = make(Engine(index, HashEncoder()))
    assert isinstance(made, web.Application)
    async with TestClient(TestServer(made)) as client:
        asked = await client.post("/ask", json={"question": "博士每月生活补贴多少钱？"})
        refused = await client.post("/ask", json={"question": " "})
        answer = await asked.json()
    assert answer["status"] == "answered" and "5000元" in answer["quotes"][0]["text"]
    assert refused.status == 400


def test_the_new_signal_measures(index: Index) -> None:
    share = _run("src/hyqa/reading/titles.py", "titles_of_page")["share_in_title"]
    assert callable(share)
    asked = analyse(make_query("博士每月生活补贴多少钱", Language.CHINESE), index)
    assert share("博士生活补贴办法", asked) > 0.5
    assert share("园区概况", asked) == 0


def _map() -> Iterator[tuple[list[str], str]]:
    """The rows of CONTRIBUTING's map: the paths of each, and what is found there."""
    table = CONTRIBUTING.partition("## Where things are")[2].partition("\n## ")[0]
    for row in re.findall(r"^\| (`.*?) \| (.*) \|$", table, re.M):
        yield re.findall(r"`(.*?)`", row[0]), row[1]


def test_every_folder_of_code_has_a_row_in_the_map() -> None:
    mapped = {path for paths, _ in _map() for path in paths}
    files = [
        path
        for folder in ("src/hyqa", "bot", "storage", "web")
        for path in ROOT.glob(f"{folder}/**/*.py")
    ]
    folders = {f"{file.parent.relative_to(ROOT).as_posix()}/" for file in files}
    singles = {f"src/hyqa/{name}.py" for name in ("engine", "config", "exports")}
    assert (folders - {"src/hyqa/"}) | singles <= mapped


def test_what_the_map_names_is_there() -> None:
    for paths, told in _map():
        assert all((ROOT / path).exists() for path in paths), paths
        for name in re.findall(r"`([\w/.-]+\.(?:py|json|toml|md))`", told):
            assert any((ROOT / path / name).exists() for path in (*paths, "")), (paths, name)


def test_the_map_goes_from_the_highest_layer_to_the_lowest() -> None:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    ruled = rules["importlinter:contract:layers"]["layers"].split("\n")
    ranks = {
        name: rank for rank, line in enumerate(filter(None, ruled)) for name in line.split(" | ")
    }
    tops = [
        Path(path).relative_to("src/hyqa").parts[0].removesuffix(".py")
        for paths, _ in _map()
        for path in paths
        if path.startswith("src/hyqa/") and path != "src/hyqa/exports.py"  # it imports from all
    ]
    assert set(tops) == set(ranks)
    assert [ranks[top] for top in tops] == sorted(ranks[top] for top in tops)


def test_no_rule_stands_twice() -> None:
    rules = re.findall(r"^- (.*?[.:;])", CONTRIBUTING, re.M)
    assert len(rules) > 10
    assert len(set(rules)) == len(rules)


def test_no_file_is_long_and_no_folder_full() -> None:
    code = [*ROOT.glob("*.py")]
    for folder in ("src", "bot", "storage", "web", "tests", "benchmarks", "scripts"):
        code += (ROOT / folder).rglob("*.py")
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in code}
    assert {file: count for file, count in lines.items() if count > LONGEST_FILE} == {}
    assert lines[ROOT / "src" / "hyqa" / "engine.py"] <= LONGEST_ENGINE
    held = {ROOT / "src" / "hyqa": 0}
    for path in (ROOT / "src" / "hyqa").rglob("*"):
        if "__pycache__" not in path.parts:
            held[path.parent] = held.get(path.parent, 0) + 1
    assert {folder: count for folder, count in held.items() if count > FULLEST_FOLDER} == {}
    assert held[ROOT / "src" / "hyqa"] <= FULLEST_TOP
