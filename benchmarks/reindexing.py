"""Measures what indexing anew costs, beside a full build: of no change, and of one document's.

    python -m benchmarks.reindexing [--documents 1000] [--encoder hash] [--golden 150]

A corpus is made of the shipped documents: each new one joins sections of several of them, with
other figures. Every run is a process of its own, as a maintainer starts it: interpreter, encoder,
gate and switch included. The gate asks so many of the shipped golden questions.

One run with the bundled encoder, of 1,000 documents in 5,060 passages with 150 golden questions, in
November 2026; two cores, for which ten other processes waited, so that the wall tells nothing:

                  seconds of cores   of the full build
    full build          98.5
    one document         6.1               6.2 %
    no change            0.5               0.5 %

Such seconds are some 20 % more than on a machine of one's own. On a quiet one, the full build took 56.6
seconds of the wall, and one document 5.1 (8.9 %). Since words of the other language are copied and tokens
are kept packed, on a quiet machine again: a full build 51.4 seconds of the wall and 93.2 of cores, one
document 3.75 and 4.35 (7.3 % and 4.7 %), no change 0.36 and 0.47.

Since the gate asks but the golden questions whose answers may have changed (40 of 150, ten more as
controls), the tokenizer loads by its groups and hashes are taken once, beside so much other work that a
full build took 237 seconds of cores: one document 5.2 (2.2 %), no change 0.5 (0.2 %). Nearly all of the
5.2 is of one thread, the full build's is of both cores: by these, some 3.5 % of the wall of a quiet
machine. There, half as fast as the one before, a full build took 104.8 seconds of the wall and 192.1 of
cores, one document 4.27 and 4.69 (4.1 % and 2.4 %), no change 0.45 and 0.56 (0.4 % and 0.3 %). Since what is
near to being decided otherwise is asked again by how much has changed (30 of 150 are asked), and builds
look for no cycles of garbage, on the same machine: a full build 103.6 seconds of the wall and 193.7 of
cores, one document 3.34 and 3.66 (3.2 % and 1.9 %), no change 0.39 and 0.49. Of the 3.3 seconds .8 are
imports, 1.4 the build and 1.1 the gate. The first build after hyqa itself has changed asks all.

Since what was read before is looked up for 32 files at once, what was parsed of gaps is kept and pinyin is
read once a reading, in turn with the code before: .91 of its time (medians of 11 runs). In one run of this
command, a full build 104.6 seconds of the wall and 194.0 of cores, one document 3.16 and 3.49 (3.0 % and
1.8 %), no change 0.42 and 0.51 (0.4 % and 0.3 %).
"""

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parents[1] / "docs_corpus"
BESIDE = ("glossary.toml", "gaps.toml")
GOLDEN = "golden.jsonl"
SECTIONS = 5
"""Sections of a document: the shipped ones have as many."""
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_DIGIT = re.compile(r"\d")


def make_corpus(folder: Path, documents: int, golden: int = 0, seed: int = 1) -> None:
    """Write a corpus of Markdown documents.

    Args:
        folder: to make.
        documents: how many.
        golden: how many golden questions.
        seed: of the choice of sections and figures.
    """
    rng = random.Random(seed)
    sources = [_parts(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*/*.md"))]
    by_language = {
        language: [part for part in sources if f"language: {language}" in part[0]]
        for language in ("zh", "en")
    }
    folder.mkdir(parents=True)
    for name in BESIDE:
        shutil.copy(CORPUS / name, folder / name)
    asked = (CORPUS / GOLDEN).read_text(encoding="utf-8").splitlines(keepends=True)
    if golden:
        (folder / GOLDEN).write_text("".join(asked[:golden]), encoding="utf-8")
    for number in range(documents):
        same = by_language["en" if number % 5 == 0 else "zh"]
        front, _ = rng.choice(same)
        sections = [rng.choice(rng.choice(same)[1]) for _ in range(SECTIONS)]
        body = _DIGIT.sub(lambda _: str(rng.randrange(1, 10)), "\n\n".join(sections))
        subject = folder / f"subject-{number % 10}"
        subject.mkdir(exist_ok=True)
        (subject / f"document-{number:05}.md").write_text(
            f"---\n{_numbered(front, number)}\n---\n\n{body}\n", encoding="utf-8"
        )


def _parts(text: str) -> tuple[str, list[str]]:
    """Front matter and sections of a document; a section begins with its heading."""
    front = _FRONT.match(text)
    assert front
    body = text[front.end() :].strip()
    return front[1], [part for part in re.split(r"\n(?=## )", body) if part.strip()]


def _numbered(front: str, number: int) -> str:
    """Front matter with a title of its own, and no number that others have, too."""
    kept = [line for line in front.splitlines() if not line.startswith(("number:", "repeal"))]
    return "\n".join(
        f"{line} {number}" if re.fullmatch("title: [^'\"].*", line) else line for line in kept
    )


class Cost(NamedTuple):
    """Seconds of the wall, and of all cores, which other work on the machine hardly moves."""

    wall: float
    cores: float


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(corpus: Path, root: Path, encoder: str, cache: Path, *more: str) -> tuple[Cost, str]:
    """Index in a process of its own.

    Returns:
        What it cost, and what it printed.
    """
    command = [sys.executable, "-m", "hyqa.cli", "index", "--corpus", str(corpus)]
    command += ["--index", str(root), "--encoder", encoder, *more]
    # An installed hyqa is compiled once, not at each start.
    environment = {name: os.environ[name] for name in os.environ if name != _UNCOMPILED}
    begun, before = time.perf_counter(), _spent()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**environment, "HYQA_CACHE": str(cache), "PYTHONPYCACHEPREFIX": str(cache / "code")},
        check=False,
    )
    cost = Cost(time.perf_counter() - begun, _spent() - before)
    if done.returncode > 1:  # 1 tells of files that cannot be read
        sys.exit(f"{' '.join(command)}:\n{done.stderr}")
    return cost, done.stdout.strip()


def main() -> None:
    """Measure, and print a line a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--encoder", default="hash")
    parser.add_argument("--golden", type=int, default=150, help="golden questions of the gate")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each but the full build")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        corpus, root, cache = folder / "corpus", folder / "index", folder / "cache"
        make_corpus(corpus, options.documents, options.golden)
        _prepare(folder, options.encoder, cache)
        full, said = run(corpus, root, options.encoder, cache)
        print(f"full build         {_seconds(full)}   {said.partition(':')[0]}", flush=True)
        for name, more in (("no change", ["--if-stale"]), ("one document", [])):
            times = []
            for turn in range(options.repeat):
                if name == "one document":
                    changed = corpus / "subject-3" / "document-00003.md"
                    changed.write_text(changed.read_text("utf-8") + f"\n又投资{turn + 21}亿元。\n")
                times.append(run(corpus, root, options.encoder, cache, *more)[0])
            least = Cost(*map(min, zip(*times, strict=True)))
            shares = f"{least.wall / full.wall:6.2%} and {least.cores / full.cores:6.2%}"
            print(f"{name:<18} {_seconds(least)}   {shares} of the full build", flush=True)


def _seconds(cost: Cost) -> str:
    return f"{cost.wall:7.2f} s of the wall, {cost.cores:7.2f} s of cores"


def _prepare(folder: Path, encoder: str, cache: Path) -> None:
    """Have what is compiled once a machine compiled: the dictionary, the bundled encoder."""
    one = folder / "one"
    make_corpus(one, 1)
    run(one, folder / "one-index", encoder, cache)


if __name__ == "__main__":
    main()
