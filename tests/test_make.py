"""The make targets, run by make itself in a copy of the folder; only pip is a stand-in."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "博士来衡阳市工作有什么补贴？"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")

_PYTHON = """\
#!/bin/sh
case "$*" in
"-m pip --version") exit 0 ;;
"-m pip "*) echo "$@" >> pip.log; exit 0 ;;
esac
exec "{python}" "$@"
"""


@dataclass(frozen=True)
class Copy:
    """A copy of what make reads, a corpus, and a virtual environment whose pip only takes notes."""

    folder: Path

    def make(
        self, *argv: str, stdin: str = "", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MAKE", "MFLAGS", "HYQA_", "TELEGRAM_", "PYTHON"))
        }
        return subprocess.run(
            ["make", *argv],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**inherited, "HYQA_ENCODER": "hash", **environment},
            timeout=120,
            check=False,
        )

    @property
    def installs(self) -> list[str]:
        log = self.folder / "pip.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(_PYTHON.format(python=sys.executable))
    python.chmod(0o755)
    corpus = tmp_path / "docs_corpus"
    corpus.mkdir()
    (corpus / "talent.md").write_text(
        "# 博士来衡阳市工作的补贴\n\n博士来衡阳市工作有补贴10万元。\n", encoding="utf-8"
    )
    return Copy(tmp_path)


def test_help_lists_the_targets_and_is_the_default(copy: Copy) -> None:
    shown = copy.make("help").stdout
    assert copy.make().stdout == shown
    for target in ("chat", "bot", "web", "check", "test"):
        assert f"make {target} " in shown
    assert copy.installs == []


def test_chat_installs_indexes_and_answers_what_is_piped(copy: Copy) -> None:
    first = copy.make("chat", stdin=f"{QUESTION}\n")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("│ ") and "补贴10万元。" in first.stdout
    assert "Indexed 1 documents" in first.stderr and "Indexing: 100%" in first.stderr
    again = copy.make("chat", stdin=f"{QUESTION}\n")
    assert again.stdout == first.stdout
    assert "up to date" in again.stderr
    assert copy.installs == [
        "-m pip install --disable-pip-version-check --no-input -c constraints.txt -e ."
    ]


def test_chat_takes_a_corpus_of_which_a_file_cannot_be_read(copy: Copy) -> None:
    (copy.folder / "docs_corpus" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    result = copy.make("chat", stdin=f"{QUESTION}\n")
    assert result.returncode == 0, result.stderr
    assert "broken.pdf: " in result.stderr and "补贴10万元。" in result.stdout


def test_chat_stops_where_there_is_no_corpus(copy: Copy) -> None:
    result = copy.make("chat", stdin=QUESTION, HYQA_CORPUS="elsewhere")
    assert result.returncode != 0
    assert "elsewhere" in result.stderr and result.stdout == ""


def test_changed_requirements_are_installed_again(copy: Copy) -> None:
    copy.make("chat")
    for name in ("pyproject.toml", "constraints.txt"):
        changed = (copy.folder / ".venv" / ".installed").stat().st_mtime + 5
        os.utime(copy.folder / name, (changed, changed))
        copy.make("chat")
    assert len(copy.installs) == 3


def test_test_installs_the_tools_and_runs_them_all(copy: Copy) -> None:
    shown = copy.make("--dry-run", "test").stdout
    assert "-e '.[test,corpus]'" in shown
    tools = ["ruff check", "ruff format --check", "mypy", "lint_imports_command", "pytest"]
    places = [shown.index(f"{tool}") for tool in tools]
    assert places == sorted(places)
    assert "pytest" not in copy.make("--dry-run", "check").stdout


def test_the_bot_gets_an_index_first(copy: Copy) -> None:
    result = copy.make("bot")
    assert result.returncode != 0
    assert "Indexed 1 documents" in result.stderr
    assert "Set TELEGRAM_TOKEN" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_page_gets_an_index_first(copy: Copy) -> None:
    result = copy.make("web", HYQA_WEB_LISTEN="nowhere")
    assert result.returncode != 0
    assert "Indexed 1 documents" in result.stderr
    assert "HYQA_WEB_LISTEN reads like" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("python", ["old", "none"])
def test_an_old_or_missing_python_is_told_of_clearly(copy: Copy, python: str) -> None:
    shutil.rmtree(copy.folder / ".venv")
    old = copy.folder / "old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    result = copy.make("chat", f"PYTHON=./{python}")
    assert result.returncode != 0
    assert f"hyqa needs Python 3.11 or newer, which './{python}' is not" in result.stderr
    assert not (copy.folder / ".venv").exists()


def test_ci_runs_make_test() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "make test" in script
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0
