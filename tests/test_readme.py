"""The README shows what the program does, or this fails."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def _block(name: str) -> str:
    """The code block between two named marks of the README."""
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```\n<!-- end of {name} -->", README, re.S)
    assert found, name
    return found[1]


@pytest.mark.model
def test_the_transcript_is_what_the_chat_prints(shipped_root: Path) -> None:
    command, _, printed = _block("transcript").partition("\n")
    asked = re.fullmatch(r"\$ printf '(.*)' \| make chat", command)
    assert asked
    chat = [sys.executable, "-m", "hyqa.cli", "chat", "--index", str(shipped_root)]
    questions = asked[1].replace("\\n", "\n")
    done = subprocess.run(chat, input=questions, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed.strip()


@pytest.mark.model
def test_the_example_runs(
    shipped_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shipped_root.parent / "index").symlink_to(shipped_root)
    monkeypatch.chdir(shipped_root.parent)
    exec(compile(_block("example"), "README.md", "exec"), {})
    assert "200万元" in capsys.readouterr().out


def test_every_make_target_that_it_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"make ([a-z]+)\b", README)) - {"and"}
    assert {"chat", "test", "bot", "help"} <= named
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in named)


def test_the_documents_are_as_many_as_it_says() -> None:
    folders = [path for path in (ROOT / "docs_corpus").iterdir() if path.name != "questions"]
    documents = [path for folder in folders for path in folder.glob("*") if path.is_file()]
    english = [path for path in documents if path.stem.endswith("-en")]
    assert f"holds {len(documents)} documents, {len(english)} of them in English" in README


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    listed = [*project["dependencies"], *(name for extra in extras for name in extra)]
    reasons = (ROOT / "CONTRIBUTING.md").read_text("utf-8").lower()
    names = {re.split(r"[<>=,\[]", dependency)[0].lower() for dependency in listed}
    missing = {name for name in names if name.removeprefix("types-") not in reasons}
    assert not missing - {"types-pyyaml", "types-tqdm"}


def test_the_files_that_it_links_are_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert all((ROOT / link).exists() for link in links)
