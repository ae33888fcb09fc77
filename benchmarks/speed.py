"""Speed and memory on the shipped corpus, as ratios within one run.

    python -m benchmarks.speed [--corpus docs_corpus] [--questions tests/golden/questions.jsonl]

Machines are noisy and differ; a ratio of two times taken side by side is not. Four figures:

- answering: retrieval, quoting and rendering of a question, over encoding the question, of the
  middle question; one that is asked back is answered up to seven times, to offer only what is
  answered;
- building: a whole index build, over the encoder's own time for the same passages;
- cold start: a new process, from its start to its first answer;
- peak memory: of that process.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.memory import PEAK
from benchmarks.timing import Timed
from bot.languages import of_text
from bot.rendering.answers import render
from hyqa import Engine, build_index, load_encoder, open_index

ROUNDS = 5
"""Rounds over the questions; the middle one counts."""
COLD_START = f"""
import sys
from hyqa import Engine
answer = Engine.open(sys.argv[1]).ask("船山时间谷有多少家企业？")
assert answer.quotes and not {{"torch", "transformers"}} & set(sys.modules)
{PEAK}"""


def measure_building(corpus: Path, root: Path, encoder: Timed) -> float:
    """Time of an index build over the encoder's own time in it."""
    encoder.spent = 0.0
    took = _time(lambda: build_index(corpus, root, encoder))
    print(f"building: {took:.1f} s, of which the encoder {encoder.spent:.1f} s")
    return took / encoder.spent


def measure_answering(root: Path, questions: Sequence[str], encoder: Timed) -> float:
    """Time of all else that answering takes, over that of encoding, of the middle question."""
    index, ratios = open_index(root), []
    for _ in range(ROUNDS):
        engine = Engine(index, encoder)  # which remembers no question yet
        others, encodings = [], []
        for question in dict.fromkeys(questions):
            encoder.spent = 0.0
            took = _time(partial(_answer, engine, question))
            others.append(took - encoder.spent)
            encodings.append(encoder.spent)
        pairs = zip(others, encodings, strict=True)
        # One that is mended into another's words is not encoded again.
        shares = [other / spent for other, spent in pairs if spent]
        ratios.append(statistics.median(shares))
        print(
            f"answering: {1000 * statistics.median(others):.1f} ms the middle question,"
            f" encoding {1000 * statistics.median(encodings):.1f} ms;"
            f" all questions together {sum(others) / sum(encodings):.2f} of encoding"
        )
    return statistics.median(ratios)


def measure_cold_start(root: Path) -> tuple[float, float]:
    """Seconds from the start of a process to its first answer, and its peak memory in MB."""
    runs = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        command = [sys.executable, "-c", COLD_START, str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append((time.perf_counter() - started, int(done.stdout) / 1024))
    return statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def _answer(engine: Engine, question: str) -> list[str]:
    return render(engine.ask(question), of_text(question, None), as_of=date.today())


def _time(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print a table of what was asked for and what was reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--questions", type=Path, default=Path("tests/golden/questions.jsonl"))
    options = parser.parse_args()
    lines = options.questions.read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    encoder = Timed(load_encoder())
    with tempfile.TemporaryDirectory() as folder:
        building = measure_building(options.corpus, Path(folder), encoder)
        answering = measure_answering(Path(folder), questions, encoder)
        seconds, memory = measure_cold_start(Path(folder))
    print(
        f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    print("\n| figure | asked for | reached |\n| --- | --- | --- |")
    print(f"| answering / encoding the question | ≤ 1.00 | {answering:.2f} |")
    print(f"| building / the encoder's own time | ≤ 1.15 | {building:.2f} |")
    print(f"| cold process to first answer | < 3 s | {seconds:.2f} s |")
    print(f"| peak memory of that process | < 500 MB | {memory:.0f} MB |")


if __name__ == "__main__":
    main()
