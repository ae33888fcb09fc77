"""``hyqa chat``, over a pipe and at a terminal."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from cli.conftest import QUESTION, UNKNOWN, Run

FOLLOW_UP = "那硕士呢？"


def _blocks(out: str) -> list[str]:
    return out.removesuffix("\n").split("\n\n")


def test_piped_questions_are_answered_an_empty_line_apart(process: Run) -> None:
    piped = f"\ufeff{UNKNOWN}\r\n\n  \n{QUESTION}\n船山时间谷有多少家企业"
    result = process("chat", stdin=piped.encode())
    assert (result.code, result.err) == (0, "")
    nothing, talent, park = _blocks(result.out)
    assert talent.startswith("│ ") and "补贴10万元" in talent
    assert nothing.startswith("Sorry,")
    assert "21家企业" in park
    assert "> " not in result.out


def test_piped_lines_are_one_conversation_until_reset(answering: Run) -> None:
    alone = answering("chat", stdin=FOLLOW_UP.encode())
    after = answering("chat", stdin=f"{QUESTION}\n{FOLLOW_UP}\n".encode())
    reset = answering("chat", stdin=f"{QUESTION}\n/reset\n{FOLLOW_UP}\n".encode())
    assert "3万元" in _blocks(after.out)[1]
    assert _blocks(reset.out)[2] == _blocks(alone.out)[0]


def test_commands(answering: Run) -> None:
    result = answering("chat", stdin=f"/help\n/what\n/quit\n{QUESTION}".encode())
    manual, unknown = _blocks(result.out)
    assert "/reset" in manual and "/quit" in manual
    assert "/help" in unknown
    assert result.code == 0


def test_no_questions_and_odd_bytes_end_with_0(answering: Run) -> None:
    assert answering("chat").code == 0
    result = answering("chat", stdin=b"\xff\xfe\0\n" + "长".encode() * 10_000)
    assert (result.code, len(_blocks(result.out))) == (0, 2)


class Terminal:
    """A chat at a terminal, spoken to and listened to."""

    def __init__(
        self, index: Path, interrupts: signal.Handlers = signal.SIG_DFL, **environment: str
    ) -> None:
        import pty

        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hyqa.cli", "chat", "--index", index, "--encoder", "hash"],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "dumb", **environment},
            preexec_fn=partial(signal.signal, signal.SIGINT, interrupts),
        )
        os.close(slave)
        self._unread = b""

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def read(self, until: str) -> str:
        """What is shown next, up to and with some words."""
        end, deadline = until.encode(), time.monotonic() + 30
        while end not in self._unread and time.monotonic() < deadline:
            if select.select([self._master], [], [], 0.5)[0]:
                self._unread += os.read(self._master, 65536)
        assert end in self._unread, self._unread.decode(errors="replace")
        seen, _, self._unread = self._unread.partition(end)
        return (seen + end).decode()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)


@pytest.fixture
def terminal(index: Path) -> Iterator[Terminal]:
    pytest.importorskip("pty")
    terminal = Terminal(index)
    yield terminal
    terminal.close()


def test_at_a_terminal_there_is_a_prompt_until_ctrl_d(terminal: Terminal) -> None:
    terminal.read("> ")
    terminal.type(f"{QUESTION}\n")
    assert "\x1b[2m│\x1b[0m" in terminal.read("example.org/talent")
    terminal.type(f"{FOLLOW_UP}\n")
    terminal.read("3万元")
    terminal.read("> ")
    terminal.type("\x04")
    assert terminal.process.wait(30) == 0


@pytest.mark.parametrize("interrupts", [signal.SIG_DFL, signal.SIG_IGN], ids=["heeded", "ignored"])
def test_ctrl_c_cancels_and_does_not_end_however_it_was_started(
    index: Path, interrupts: signal.Handlers
) -> None:
    pytest.importorskip("pty")
    terminal = Terminal(index, interrupts)
    try:
        terminal.read("> ")
        terminal.type("half a ques")
        terminal.read("half a ques")
        time.sleep(0.3)  # until it waits for the next key: before that a signal is not noticed
        terminal.process.send_signal(signal.SIGINT)
        terminal.read("> ")
        terminal.type("/quit\n")
        assert terminal.process.wait(30) == 0
    finally:
        terminal.close()


def test_no_colours_where_they_are_not_wanted(index: Path) -> None:
    pytest.importorskip("pty")
    terminal = Terminal(index, NO_COLOR="1")
    try:
        terminal.read("> ")
        terminal.type(f"{QUESTION}\n")
        assert "\x1b[2m" not in terminal.read("example.org/talent")
    finally:
        terminal.close()
