"""Fit what decides with foreseen questions: ``python -m benchmarks.quality.foresee INDEX --write``.

Every foreseen question is asked as if nobody had foreseen it, and the golden questions that models
are fitted on as they are. What is printed is of questions that a model had not seen: foreseen ones of
one document in five, which are never fitted on, and golden ones by folds.
"""

import argparse
import json
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

import hyqa.reading
from hyqa.engine import Engine
from hyqa.evaluation.boosting import boost
from hyqa.evaluation.leave_one_out import Kin, Label, LeaveOneOut, Written
from hyqa.evaluation.questions import LabelledQuestion, read_questions
from hyqa.models.boosting import Boosting
from hyqa.question.analysis import analyse
from hyqa.question.understanding import Question, understand
from hyqa.reading.foreseen import FILE, described
from hyqa.reading.reranking import candidates_of
from hyqa.types import Query, Reading

DAY = date(2026, 11, 29)
PROCESSES = 2
AUDITED = Path(__file__).parent / "audited.jsonl"
"""Passages that a model took for answers, read by somebody who said whether they are: a line each with
`question`, `document`, `start` of the passage, and `answers`, yes, no or partly."""
GOLDEN = ("investors", "brief", "varied", "colloquial")
"""Files of golden questions that models are fitted on; the held-out ones are not."""
GOLDEN_WEIGHT = 5.0
"""What a golden question counts for beside a foreseen one: there are fewer, and no near misses on
purpose among them, as among what people ask."""
KINDS = {Kin.WORDING: 0.5, Kin.FACT: 0.35, Kin.DOCUMENT: 0.15}
"""What is left out with a question, and how often: real questions are foreseen now and then."""
WEIGHTS = {
    Label.ANSWERS: 1.0,
    Label.NOT: 1.0,
    Label.PERHAPS: 0.0,
    Label.BESIDE: 0.5,
    Label.UNKNOWN: 0.5,
}
"""What an example counts for: nobody has looked at those that are not sure."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it was asked, with what was measured of its candidates."""

    written: Written
    kin: Kin
    query: Query
    readings: tuple[Reading, ...]
    labels: tuple[Label, ...]
    weight: float = 1.0


def main() -> None:
    """Fit the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--found", type=Path, help="keeps what was measured for a next time")
    parser.add_argument("--golden", type=Path, default=Path("tests/golden"))
    parser.add_argument("--write", action="store_true", help="put the model into the package")
    options = parser.parse_args()
    engine = Engine.open(options.index)
    found = _audited(_kept(options.found, lambda: _ask(options.index)))
    own = [one for one in found if not one.written.is_held_out]
    held = [one for one in found if one.written.is_held_out]
    golden = _golden(engine, options.golden)
    logits: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        rest = [one for place, one in enumerate(golden) if place % FOLDS != fold]
        model = _fit([*own, *rest], engine)
        for place, one in enumerate(golden):
            if place % FOLDS == fold:
                logits[place] = model.logits([reading.features for reading in one.readings])
    print("golden, by folds:", _told(golden, [logits[place] for place in range(len(golden))]))
    model = _fit([*own, *golden], engine)
    print("foreseen, documents that are held out:", _figures(held, model))
    if options.write:
        folder = Path(hyqa.reading.__file__).parent
        (folder / FILE).write_text(model.to_json() + "\n", encoding="utf-8")


def _kept(file: Path | None, make: Callable[[], list[Found]]) -> list[Found]:
    """What a file keeps, or what is made and then kept there."""
    if file and file.exists():
        kept: list[Found] = pickle.loads(file.read_bytes())
        return kept
    made = make()
    if file:
        file.write_bytes(pickle.dumps(made))
    return made


def _ask(index: Path) -> list[Found]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        parts = pool.map(asked_of_part, [index] * PROCESSES, range(PROCESSES))
        return [one for part in parts for one in part]


def asked_of_part(index: Path, part: int) -> list[Found]:
    """Ask every so many questions; of the first part, progress is shown."""
    engine = Engine.open(index)
    asking = LeaveOneOut(engine, DAY)
    found = []
    for written in tqdm(asking.questions[part::PROCESSES], disable=part > 0):
        drawn = Random(written.number).choices([*KINDS], [*KINDS.values()])[0]
        kin = drawn if written.answers else Kin.WORDING
        asked = asking.ask(written, kin)
        readings = described(engine.index, asked.query, asked.candidates, asked.ranking)
        # What is not needed any more is left out: there are hundred thousands.
        slim = [replace(one, hit=replace(one.hit, near_miss=None, foreseen=())) for one in readings]
        found.append(Found(written, kin, asked.query, tuple(slim), asked.labels))
    return found


def _audited(found: Sequence[Found]) -> list[Found]:
    """The questions with what an auditor said of their passages."""
    lines = map(json.loads, AUDITED.read_text(encoding="utf-8").splitlines())
    said = {(one["question"], one["document"], one["start"]): one["answers"] for one in lines}
    labels = {"yes": Label.ANSWERS, "no": Label.NOT, "partly": Label.PERHAPS}

    def label(one: Found, place: int) -> Label:
        chunk = one.readings[place].hit.chunk
        told = said.get((one.written.text, chunk.document_id, chunk.start))
        return labels[told] if told else one.labels[place]

    return [
        replace(one, labels=tuple(label(one, place) for place in range(len(one.labels))))
        for one in found
    ]


def _golden(engine: Engine, folder: Path) -> list[Found]:
    """Golden questions as they are asked, with what is known of the passages."""
    found = []
    for name in GOLDEN:
        for question in read_questions(folder / f"{name}.jsonl")[0]:
            history = [dict(message) for message in question.request.history]
            asked = Question(question.request.words, engine.conversation(history), DAY)
            query = understand(asked, engine.index, engine.speller).query
            ranking = engine.find(query, as_of=DAY)
            analysis = analyse(query, engine.index)
            candidates = candidates_of(engine.index, query, analysis, ranking)
            readings = described(engine.index, query, candidates, ranking)
            labels = tuple(_label(question, one) for one in readings)
            answers = {0: (0, 1)} if question.answerable else {}
            written = Written(-1, question.request.words, answers, question.document_ids)
            found.append(Found(written, Kin.WORDING, query, tuple(readings), labels, GOLDEN_WEIGHT))
    return found


def _label(question: LabelledQuestion, reading: Reading) -> Label:
    chunk = reading.hit.chunk
    text = "".join(chunk.text.split())
    held = any(all("".join(one.split()) in text for one in group) for group in question.groups)
    if not question.answerable:
        return Label.NOT
    if chunk.document_id in question.document_ids:
        return Label.ANSWERS if held else Label.BESIDE
    return Label.PERHAPS if held else Label.NOT


def _fit(found: Sequence[Found], engine: Engine) -> Boosting:
    names = sorted({name for one in found for reading in one.readings for name in reading.features})
    rows, answers, weights = _rows(found, names)
    about = {
        "encoder": engine.index.manifest.encoder,
        "questions": len(found),
        "passages": len(rows),
    }
    kept = weights > 0
    return boost(
        rows[kept], answers[kept], weights[kept], names, about, trees=200, leaves=15, smallest=40
    )


def _rows(
    found: Sequence[Found], names: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    triples = [
        (reading, label, one.weight)
        for one in found
        for reading, label in zip(one.readings, one.labels, strict=True)
    ]
    rows = np.array([[reading.features.get(n, 0.0) for n in names] for reading, _, _ in triples])
    answers = np.array([label is Label.ANSWERS for _, label, _ in triples])
    weights = np.array([WEIGHTS[label] * weight for _, label, weight in triples])
    return rows, answers, weights


def _figures(found: Sequence[Found], model: Boosting) -> dict[str, object]:
    return _told(found, [model.logits([r.features for r in one.readings]) for one in found])


def _told(found: Sequence[Found], logits: Sequence[Sequence[float]]) -> dict[str, object]:
    """How often the likeliest passage answers, and how well that is told from what does not."""
    first: dict[str, list[bool]] = {}
    document: list[bool] = []
    right: list[float] = []
    wrong: list[float] = []
    for one, said in zip(found, logits, strict=True):
        if not said:
            continue
        best = int(np.argmax(said))
        label = one.labels[best]
        if one.written.answers:
            first.setdefault(one.kin.value, []).append(label is Label.ANSWERS)
            document.append(label in (Label.ANSWERS, Label.BESIDE, Label.PERHAPS))
            (right if label in (Label.ANSWERS, Label.PERHAPS) else wrong).append(said[best])
        else:
            wrong.append(said[best])
    told = [1] * len(right) + [0] * len(wrong)
    curve = {}
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        line = np.log(least / (1 - least))
        shown = sum(value >= line for value in right), sum(value >= line for value in wrong)
        curve[least] = f"{shown[0]} of {len(right)} right, {shown[1]} of {len(wrong)} wrong shown"
    return {
        "passage first": {kin: round(float(np.mean(some)), 3) for kin, some in first.items()},
        "document first": round(float(np.mean(document)), 3),
        "AUROC": round(float(roc_auc_score(told, right + wrong)), 3),
        "shown from": curve,
    }


if __name__ == "__main__":
    main()
