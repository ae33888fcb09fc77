"""Whether the encoder gives the same vectors on another processor.

    python -m benchmarks.arithmetic write FILE [--texts OTHER]
    python -m benchmarks.arithmetic compare FILE OTHER

The first encodes passages of the shipped corpus and golden questions, or the texts of another such
file, and keeps their vectors; run it on both machines, or on one that emulates the other. The second
tells how many vectors are the same to the last bit, and how far the others are apart; it exits with 1
if any differs. Debian's package qemu-user emulates a processor without AVX-512 and VNNI, two hundred
times slower. A cache folder of its own has that processor cast the model, too, which each does alike, as no
model is run for it:

    python -m benchmarks.arithmetic write here.npz
    export HYQA_THREADS=1 HYQA_CACHE=build/haswell
    qemu-x86_64 -cpu Haswell .venv/bin/python -m benchmarks.arithmetic write there.npz --texts here.npz
    python -m benchmarks.arithmetic compare here.npz there.npz

`python -m benchmarks.quality.answers` compares answers in the same way.
"""

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoding import passages
from hyqa.config import Settings
from hyqa.maintenance.evaluation import read_questions
from hyqa.models import load_encoder
from hyqa.models.bundled import model_folder
from hyqa.models.model_files import ModelFiles

ROOT = Path(__file__).parents[1]
PASSAGES, QUESTIONS = 100, 200
Kept = Mapping[str, NDArray[np.generic]]


def chosen_texts() -> list[str]:
    """A hundred passages of the shipped corpus and two hundred golden questions."""
    of_corpus = passages(ROOT / "docs_corpus")
    golden = sorted((ROOT / "tests" / "golden").glob("*.jsonl"))
    asked = [one.request.question for path in golden for one in read_questions(path)[0]]
    choose = random.Random(0).sample
    return choose(of_corpus, PASSAGES) + choose(asked, QUESTIONS)


def write(file: Path, texts: Sequence[str]) -> None:
    """Keep the vectors of some texts, and which model they are of."""
    encoder = load_encoder()
    started = time.perf_counter()
    vectors = encoder.encode_passages(texts)
    seconds = time.perf_counter() - started
    folder = model_folder(Settings.from_environment().cache)
    model = ModelFiles.read(folder, str(folder)).checksum()
    name = np.array(encoder.name)
    np.savez(file, vectors=vectors, texts=np.array(texts), encoder=name, model=np.array(model))
    print(f"{len(texts)} texts, {encoder.name}, model {model[:12]}, {seconds:.1f} s")


def compare(one: Kept, other: Kept) -> bool:
    """Print how two files differ; whether they do."""
    if not np.array_equal(one["texts"], other["texts"]):
        raise SystemExit("The files are of other texts.")
    for key in ("encoder", "model"):
        same = one[key] == other[key]
        print(f"{key}: {one[key]}" if same else f"{key}: {one[key]} and {other[key]}")
    first = np.asarray(one["vectors"], np.float64)
    second = np.asarray(other["vectors"], np.float64)
    equal = (first == second).all(axis=1)
    apart = np.where(equal, 0, 1 - np.sum(first * second, axis=1))
    print(
        f"{equal.sum()} of {len(equal)} vectors are the same to the last bit;"
        f" 1 - cosine is {apart.mean():.1e} in the mean and at most {apart.max():.1e}"
    )
    return not equal.all()


def main() -> None:
    """Write vectors, or compare two files of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    steps = parser.add_subparsers(dest="step", required=True)
    writing = steps.add_parser("write", help="encode texts and keep their vectors")
    writing.add_argument("file", type=Path)
    writing.add_argument("--texts", type=Path, help="an earlier file, whose texts are taken")
    comparing = steps.add_parser("compare", help="tell whether two files hold the same vectors")
    comparing.add_argument("file", type=Path)
    comparing.add_argument("other", type=Path)
    options = parser.parse_args()
    if options.step == "write":
        earlier = options.texts and np.load(options.texts)["texts"].tolist()
        write(options.file, earlier or chosen_texts())
    else:
        sys.exit(compare(np.load(options.file), np.load(options.other)))


if __name__ == "__main__":
    main()
