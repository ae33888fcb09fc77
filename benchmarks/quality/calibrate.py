"""Fit the models of confidence that come with hyqa, and tell how they do on sets left out.

    python -m benchmarks.quality.calibrate SETS --investors FILE [--indexes DIR] [--write]

SETS and the other arguments are those of `python -m benchmarks.quality`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.quality.__main__ import ROOT, open_or_build, open_set
from benchmarks.quality.investors import investor_questions
from benchmarks.vectors import cached_encoder
from hyqa import Engine
from hyqa.index.calibration import FILE, shipped_calibration
from hyqa.maintenance.evaluation import (
    Example,
    LabelledQuestion,
    examples_of,
    fit,
    fit_model,
    read_questions,
)
from hyqa.maintenance.evaluation.calibrating import FOLDS, held_out_logits
from hyqa.maintenance.evaluation.metrics import auroc
from hyqa.reading.confidence import THRESHOLDS
from hyqa.types import Language

OWN = [
    ROOT / "tests" / "golden" / f"{name}.jsonl"
    for name in ("investors", "brief", "varied", "colloquial")
]
"""Questions of our own about the shipped corpus; those of the two files that are called held out are
never fitted."""
SET_WEIGHTS = {"ncp_policy": 3.0} | dict.fromkeys(
    ["shipped", *(f"shipped, {path.stem}" for path in OWN)], 0.4
)
"""Chinese policy counts threefold: it is nearest to what hyqa is for, and large; five sets of questions
about the shipped corpus count two fifths each, for it is one corpus."""


def main() -> None:
    """Collect examples from all sets, report leave-one-set-out figures, fit, and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", type=Path)
    parser.add_argument("--investors", type=Path, required=True)
    parser.add_argument("--indexes", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--write", action="store_true", help="store the models in the package")
    options = parser.parse_args()
    examples = collect(options.sets, options.investors, options.indexes)
    for source in dict.fromkeys(one.source for one in examples):
        print(left_out(examples, source))
    for line in held_out(examples):
        print(line)
    calibration = fit(examples, shipped_calibration(), set_weights=SET_WEIGHTS)
    for name, model in calibration.models.items():
        print(f"{name}: {model.questions} questions, mean error on those held out {model.error}")
    if options.write:
        calibration.save(ROOT / "src" / "hyqa" / "index" / FILE)


def collect(sets: Path, investors: Path, indexes: Path) -> list[Example]:
    """Examples of all sets, of their questions in other languages, and of the investors."""
    encoder = cached_encoder()
    found: list[Example] = []
    for path in sorted(sets.glob("*/questions.jsonl")):
        folder = path.parent
        engine = open_set(folder, indexes, encoder)
        for key in ("question", "question_zh"):
            questions, failures = read_questions(path, key=key)
            if not failures:
                name = folder.name if key == "question" else f"{folder.name}, {key}"
                found += _examples(engine, questions, name)
    engine = open_or_build(ROOT / "docs_corpus", indexes / "shipped", encoder)
    found += _examples(engine, investor_questions(investors), "shipped")
    for path in OWN:
        found += _examples(engine, read_questions(path)[0], f"shipped, {path.stem}")
    return found


def left_out(examples: Sequence[Example], source: str) -> str:
    """How well models of all other sets tell this set's questions apart."""
    parts = []
    for name in shipped_calibration().models:
        rest = [one for one in examples if one.model == name and one.source != source]
        own = [one for one in examples if (one.model, one.source) == (name, source)]
        labels = [one.answers for one in own]
        if len(set(labels)) == 2 and len({one.answers for one in rest}) == 2:
            model = fit_model(rest, name, SET_WEIGHTS)
            area = auroc(model.logits([one.features for one in own]), labels)
            parts.append(f"{name} {area:.3f} of {len(own)}")
    return f"{source} left out: AUROC {', '.join(parts) or '–'}"


def held_out(examples: Sequence[Example]) -> Iterator[str]:
    """What is answered and refused of each set by models that saw four fifths of all sets."""
    for name in shipped_calibration().models:
        own = [one for one in examples if one.model == name]
        folds = np.random.default_rng(0).integers(0, FOLDS, len(own))
        logits = held_out_logits(own, folds, name, SET_WEIGHTS)
        sure = logits >= np.log(THRESHOLDS[Language(name)] / (1 - THRESHOLDS[Language(name)]))
        for source in dict.fromkeys(one.source for one in own):
            yield f"{source} held out by fifths, {name}: {_shares(own, sure, source)}"


def _shares(examples: Sequence[Example], sure: NDArray[np.bool_], source: str) -> str:
    said = [
        (one.answers, bool(yes))
        for one, yes in zip(examples, sure, strict=True)
        if one.source == source and not one.made
    ]
    answered = [yes for answers, yes in said if answers]
    refused = [not yes for answers, yes in said if not answers]
    parts = (
        f"{word} {sum(some)} of {len(some)}"
        for word, some in (("answered", answered), ("refused", refused))
    )
    return ", ".join(parts)


def _examples(engine: Engine, questions: Sequence[LabelledQuestion], name: str) -> list[Example]:
    with tqdm(desc=name, total=len(questions), file=sys.stderr) as bar:

        def report(done: int, total: int) -> None:
            bar.update(done - bar.n)

        return examples_of(engine, questions, name, report)


if __name__ == "__main__":
    main()
