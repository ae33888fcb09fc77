"""Fuzzes one format in this process, until its time is over or an input ends the process.

Atheris guides it by the coverage of the Python code. What is found is written into a folder, once
for each place in the code, and the process goes on; an input that ends it is written by libFuzzer.
"""

import hashlib
import json
import re
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

import atheris

with atheris.instrument_imports(
    include=["hyqa.parsing", "hyqa.index.chunking", "hyqa.text.sentences"]
):
    from benchmarks.fuzzing.examining import Finding, examine
    from benchmarks.fuzzing.mutating import mutate
    from benchmarks.fuzzing.seeds import seeds
    from hyqa.parsing.excel.workbook import parse_excel
    from hyqa.parsing.html.page import parse_html
    from hyqa.parsing.pdf.document import parse_pdf
    from hyqa.parsing.plain.markdown import parse_markdown
    from hyqa.parsing.plain.text import parse_text
    from hyqa.parsing.word.document import parse_word

INSTRUMENTED = (parse_excel, parse_html, parse_markdown, parse_pdf, parse_text, parse_word)
"""Parsers are imported when a file first needs one, which would be too late for their coverage."""

SLOW = 10.0
"""Seconds of CPU from which an input counts as one that hangs."""
LONGEST = 60_000
"""Bytes of the longest input: short ones are read often, and what grows with the square shows."""
MEMORY = 2_000_000_000
"""Bytes that reading an input may take, as `Limits` has it: recognising a page takes half."""

BETWEEN = 1.0
"""Seconds between reports."""


class TooSlow(BaseException):
    """Raised by the alarm; no parser catches it."""


def _alarm(signal_number: int, frame: FrameType | None) -> None:
    raise TooSlow


class _Fuzzer:
    """Runs inputs, and keeps what they find."""

    def __init__(self, suffix: str, folder: Path) -> None:
        self.suffix = suffix
        self._folder = folder
        self._found: set[str] = set()
        self._runs = self._read = 0
        self._reported = 0.0

    def run(self, data: bytes) -> None:
        self._runs += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
        try:
            self._read += examine(self.suffix, data)
        except (Exception, TooSlow) as error:
            self._keep(error, data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if time.monotonic() > self._reported + BETWEEN:
            self.report()

    def _keep(self, error: BaseException, data: bytes) -> None:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/hyqa/" in f.filename]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        what = re.sub(r"\d+|'.*", "", str(error)) if isinstance(error, Finding) else place
        key = f"{type(error).__name__} {what}"
        if key in self._found or len(self._found) > 200:
            return
        self._found.add(key)
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        (self._folder / f"{name}{self.suffix}").write_bytes(data)
        text = "".join(traceback.format_exception(error, limit=-12))
        (self._folder / f"{name}{self.suffix}.why").write_text(text, errors="replace")

    def report(self) -> None:
        """Writes what has been done so far; there is no end at which it could be written."""
        self._reported = time.monotonic()
        usage = resource.getrusage(resource.RUSAGE_SELF)
        figures = {
            "runs": self._runs,
            "read": self._read,
            "cpu": usage.ru_utime + usage.ru_stime,
            "megabytes": usage.ru_maxrss // 1024,
            "found": len(self._found),
        }
        (self._folder / f"figures{self.suffix}.json").write_text(json.dumps(figures))


def main(suffix: str, seconds: int, folder: Path) -> None:
    """Fuzzes a format; does not return.

    Args:
        suffix: the format.
        seconds: how long.
        folder: what is found goes here, as do the inputs that lead to new code.
    """
    corpus = folder / f"corpus{suffix}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()[suffix]):
        (corpus / f"seed{number}").write_bytes(seed)
    fuzzer = _Fuzzer(suffix, folder)
    signal.signal(signal.SIGVTALRM, _alarm)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        return mutate(suffix, data, longest, seed, atheris.Mutate)

    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=300",
        "-rss_limit_mb=0",
    ]
    options += [f"-artifact_prefix={folder}/end{suffix}-", "-print_final_stats=1", str(corpus)]
    atheris.Setup([sys.argv[0], *options], fuzzer.run, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
