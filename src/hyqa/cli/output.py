"""The streams of the process: UTF-8 whatever the locale, results apart from remarks."""

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn

from tqdm import tqdm

_SECONDS_BETWEEN = 10.0
"""How often progress is written where no terminal shows it, such as a log."""


def prepare() -> None:
    """Make all streams UTF-8; what it cannot carry is written as an escape, read as ``\ufffd``.

    What the library remarks on its way goes to standard error.
    """
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    remarks = logging.getLogger("hyqa")
    if not any(isinstance(handler, _Remarks) for handler in remarks.handlers):
        remarks.addHandler(_Remarks())
        remarks.setLevel(logging.INFO)


class _Remarks(logging.Handler):
    """Shows what the library remarks on its way, a line each."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the sentence, without time, level and name."""
        complain(record.getMessage())


def say(text: str = "") -> None:
    """Write a line of the result, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_line(text: str) -> None:
    """Write a line of the result that names files or questions, without what moves a cursor."""
    say("".join(filter(str.isprintable, text)))


def say_json(record: Mapping[str, object]) -> None:
    """Write a record of the result as a line of JSON, at once."""
    from hyqa.answer.contract import dump  # brings what answers, which few commands need

    say(dump(record))


def complain(sentence: str) -> None:
    """Write a line that is no result: what went wrong, or is being done.

    Names of files may hold what moves a terminal's cursor, which is left out.
    """
    words = " ".join(sentence.split())
    sys.stderr.write("".join(filter(str.isprintable, words)) + "\n")
    sys.stderr.flush()


def abandon() -> None:
    """Let go of standard output where it cannot be written to, so that the end does not try."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error from the first report of (done, total) on."""
    bars: list[tqdm[NoReturn]] = []

    def report(done: int, total: int) -> None:
        if not bars:
            pause = 0.1 if sys.stderr.isatty() else _SECONDS_BETWEEN
            bars.append(tqdm(desc=what, unit=unit, total=total, mininterval=pause, file=sys.stderr))
        bars[0].update(done - bars[0].n)
        if done == total:
            bars[0].close()  # so that the next one begins a line of its own

    try:
        yield report
    finally:
        for bar in bars:
            bar.close()


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours for a terminal; without ``colours``, text stays as it is."""

    colours: bool = False

    @classmethod
    def for_stdout(cls, allowed: bool) -> "Paint":
        """Use colours where standard output is a terminal and they are allowed."""
        return cls(allowed and sys.stdout.isatty())

    def dim(self, text: str) -> str:
        """Write text for the background."""
        return self._styled(text, "2")

    def bold(self, text: str) -> str:
        """Write text that stands out."""
        return self._styled(text, "1")

    def _styled(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colours else text
