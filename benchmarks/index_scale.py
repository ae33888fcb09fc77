"""Full builds of corpora of some sizes: their peak memory, and their time beside the encoder's own.

    python -m benchmarks.index_scale [--passages 1000 5000 10000 100000] [--encoder hash] [--corpus PATH]

A corpus is made as for `benchmarks.reindexing`, five passages a document, or one is given. Each build is
a process of its own: what it takes before the encoder is loaded is not counted as time, all that it ever
held is counted as memory. The processes that read files have limits of their own, and are told apart. The
slope is of what each line takes more than the line before: where it grows, something is not linear.

Measured in November 2026 with the hash encoder: 1,000 passages 163 MB, 5,000 passages 199 MB, which is 9
kB a passage more. Before tokens were packed, 164 MB and 241 MB, 10,000 passages 313 MB, 100,000 passages
1,926 MB: 15 to 20 kB a passage. With the bundled encoder, beside other work, 1.05 of the encoder's own time
for 2,007 passages (54 s, 437 MB at the peak) and 1.04 for 9,995 (291 s, 506 MB: 9 kB a passage more); they
take 27 and 54 MB on disk. Later that month with the hash encoder, on a quiet machine: 998 passages 156 MB
in 2.6 s, 9,972 passages 281 MB in 13.5 s, 99,727 passages 1,570 MB in 129.7 s, which is 15 kB a passage
more from each size to the next; 10, 32 and 241 MB on disk, and 5, 7 and 12 ms for a question.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.memory import PEAK
from benchmarks.reindexing import make_corpus

PASSAGES_A_DOCUMENT = 5.06
"""Of the documents that are made, on average."""
SIZES = [1000, 5000, 10_000, 100_000]
QUESTIONS = (
    "衡阳市区公交有几家公司在运营？",
    "博士来衡阳工作有多少生活补贴？",
    "时间谷总投资多少？",
    "外资到资奖励多少？",
    "How large is the Hengyang comprehensive bonded zone?",
    "What does the city grant for a new plant?",
)
"""Asked of each index, twice."""
BUILDING = f"""
import resource, sys, time
from pathlib import Path
from benchmarks.timing import Timed
from hyqa import Engine, build_index, load_encoder, open_index
corpus, root, choice = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
encoder = Timed(load_encoder(choice))
begun = time.perf_counter()
manifest = build_index(corpus, root, encoder).manifest
print(manifest.chunks, time.perf_counter() - begun, encoder.spent)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
{PEAK}
print(sum(path.stat().st_size for path in root.rglob("*") if path.is_file()))
engine = Engine(open_index(root), encoder.encoder)
times = []
for question in {QUESTIONS!r} * 2:  # what is read once is read in the first round
    begun = time.perf_counter()
    engine.ask(question)
    times.append(time.perf_counter() - begun)
print(sum(times[len(times) // 2 :]) / (len(times) // 2))
"""


class Built(NamedTuple):
    """A build: passages, seconds in all and of the encoder, MB at its peak and at a reader's.

    ``disk`` are the MB of its files, ``question`` the seconds that a question takes in the mean.
    """

    passages: int
    seconds: float
    encoder: float
    peak: float
    reader: float
    disk: float
    question: float


def build(corpus: Path, folder: Path, encoder: str) -> Built:
    """Build an index in a process of its own.

    Args:
        corpus: the documents.
        folder: for the index.
        encoder: as for ``hyqa index``.
    """
    command = [sys.executable, "-c", BUILDING, str(corpus), str(folder), encoder]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    passages, seconds, spent, reader, peak, disk, question = done.stdout.split()
    return Built(
        int(passages), float(seconds), float(spent), int(peak) / 1024, int(reader) / 1024,
        int(disk) / 2**20, float(question),
    )  # fmt: skip


def builds(sizes: list[int], encoder: str) -> Iterator[Built]:
    """Build corpora that are made, one of each size in passages."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            make_corpus(Path(place) / "corpus", round(size / PASSAGES_A_DOCUMENT))
            yield build(Path(place) / "corpus", Path(place) / "index", encoder)


def main() -> None:
    """Measure, and print a line a build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES)
    parser.add_argument("--encoder", default="hash")
    parser.add_argument("--corpus", type=Path, help="a folder of documents instead")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, encoder {options.encoder}")
    with tempfile.TemporaryDirectory() as place:
        # What is compiled once a machine is compiled before.
        make_corpus(Path(place) / "corpus", 1)
        before = build(Path(place) / "corpus", Path(place) / "index", options.encoder)
        given = options.corpus
        found = [build(given, Path(place) / "own", options.encoder)] if given else None
    for one in found or builds(options.passages, options.encoder):
        slope = (one.peak - before.peak) * 2**20 / max(1, one.passages - before.passages)
        print(
            f"{one.passages:7} passages: {one.seconds:7.1f} s, {one.encoder:7.1f} s of them the"
            f" encoder's ({one.seconds / one.encoder:.2f}); peak {one.peak:5.0f} MB,"
            f" {slope:7.0f} bytes a passage more; a reader {one.reader:4.0f} MB;"
            f" {one.disk:5.0f} MB on disk; a question {1000 * one.question:4.0f} ms",
            flush=True,
        )
        before = one


if __name__ == "__main__":
    main()
