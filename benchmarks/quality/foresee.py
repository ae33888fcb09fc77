"""Fit what decides with foreseen questions: ``python -m benchmarks.quality.foresee INDEX ASKED --write``.

ASKED holds questions as people typed them, one a line, that are among the foreseen ones, with what
answers them. Each is asked as if nobody had foreseen it. INDEX has to be made by a question matcher that
was trained without them (``python -m benchmarks.matching.train --without ASKED``): it would know them
too well. Golden questions that models are fitted on, and those of the studies that were graded, are asked
as they are. All that is printed is of questions that the model had not seen, by folds.
"""

import argparse
import json
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

import hyqa.reading
from benchmarks.quality import study
from benchmarks.quality.conversations import DAY, Found, measured, studied, talks_of
from hyqa.engine import Engine
from hyqa.maintenance.evaluation.boosting import boost
from hyqa.maintenance.evaluation.leave_one_out import Kin, Label, LeaveOneOut, Written
from hyqa.maintenance.evaluation.metrics import calibration_error
from hyqa.maintenance.evaluation.pictures import draw_curves
from hyqa.maintenance.evaluation.questions import LabelledQuestion, read_questions
from hyqa.models.boosting import Boosting
from hyqa.question.understanding import Question, understand
from hyqa.reading.foreseen import FILE, described
from hyqa.text.tokens import is_chinese
from hyqa.types import Reading

PROCESSES = 2
AUDITED = Path(__file__).parent / "audited.jsonl"
"""Passages that a model took for answers though nobody had said so, read by somebody who judged them:
a line each with `question`, `document`, `start` of the passage, and `answers`, yes, no or partly."""
GOLDEN = ("investors", "brief", "varied", "colloquial")
"""Files of golden questions that models are fitted on; the held-out ones are not."""
STUDIES = ("first", "second", "third")
"""Studies that models are fitted on; the last one is not."""
KINDS = {Kin.WORDING: 0.85, Kin.DOCUMENT: 0.15}
"""What is left out with a question, and how often: a new document has no foreseen questions at first."""
WEIGHTS = {
    Label.ANSWERS: 1.0,
    Label.PARTLY: 0.6,
    Label.NOT: 1.0,
    Label.PERHAPS: 0.0,
    Label.BESIDE: 0.3,
    Label.UNKNOWN: 0.3,
}
"""What an example counts for: nobody has looked at those that are not sure."""
RIGHT = (Label.ANSWERS, Label.PARTLY)
TREES, LEAVES, SMALLEST = 150, 12, 30
FOLDS = 5


def main() -> None:
    """Fit the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("asked", type=Path)
    parser.add_argument("--found", type=Path, help="keeps what was measured for a next time")
    parser.add_argument(
        "--talks", type=Path, help="conversations that the matcher was trained without"
    )
    parser.add_argument("--golden", type=Path, default=Path("tests/golden"))
    parser.add_argument("--pictures", type=Path, help="folder for curves of the typed questions")
    parser.add_argument("--write", action="store_true", help="put the model into the package")
    options = parser.parse_args()
    engine = Engine.open(options.index)
    found = _audited(_kept(options.found, lambda: _ask(options.index, options.asked)))
    talks = _audited(talks_of(engine, options.talks)) if options.talks else []
    talks += _audited(studied(engine, study.FILE, STUDIES))
    golden = _golden(engine, options.golden)
    everything = [*found, *talks, *golden]
    logits: list[list[float]] = [[] for _ in everything]
    for fold in range(FOLDS):
        rest = [one for place, one in enumerate(everything) if place % FOLDS != fold]
        model = _fit(rest, engine)
        for place in range(fold, len(everything), FOLDS):
            logits[place] = model.logits([one.features for one in everything[place].readings])
    print("as people ask, by folds:", _told(found, logits[: len(found)]))
    print("calibration error:", _calibration_errors(found, logits[: len(found)]))
    if options.pictures:
        draw_curves(*_likeliest(found, logits[: len(found)]), options.pictures)
    if talks:
        said = logits[len(found) : len(found) + len(talks)]
        print("conversations, by folds:", _told(talks, said))
    print("golden, by folds:", _told(golden, logits[len(found) + len(talks) :]))
    if options.write:
        folder = Path(hyqa.reading.__file__).parent
        text = _fit(everything, engine).to_json()
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def _kept(file: Path | None, make: Callable[[], list[Found]]) -> list[Found]:
    """What a file keeps, or what is made and then kept there."""
    if file and file.exists():
        kept: list[Found] = pickle.loads(file.read_bytes())
        return kept
    made = make()
    if file:
        file.write_bytes(pickle.dumps(made))
    return made


def _ask(index: Path, asked: Path) -> list[Found]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        parts = pool.map(asked_of_part, [index] * PROCESSES, [asked] * PROCESSES, range(PROCESSES))
        return [one for part in parts for one in part]


def asked_of_part(index: Path, asked: Path, part: int) -> list[Found]:
    """Ask every so many questions; of the first part, progress is shown."""
    engine = Engine.open(index)
    texts = frozenset(asked.read_text(encoding="utf-8").splitlines())
    asking = LeaveOneOut(engine, DAY, texts)
    chosen = {one.text: one for one in asking.questions if one.text in texts}
    found = []
    for written in tqdm([*chosen.values()][part::PROCESSES], disable=part > 0):
        drawn = Random(written.number).choices([*KINDS], [*KINDS.values()])[0]
        done = asking.ask(written, drawn if written.answers else Kin.WORDING)
        readings = described(engine.index, done.query, done.candidates, done.ranking)
        # What is not needed any more is left out: there are tens of thousands.
        slim = [replace(one, hit=replace(one.hit, near_miss=None)) for one in readings]
        found.append(Found(written, tuple(slim), done.labels))
    return found


def _audited(found: Sequence[Found]) -> list[Found]:
    """The questions with what an auditor said of their passages."""
    lines = map(json.loads, AUDITED.read_text(encoding="utf-8").splitlines())
    said = {(one["question"], one["document"], one["start"]): one["answers"] for one in lines}
    labels = {"yes": Label.ANSWERS, "no": Label.NOT, "partly": Label.PARTLY}

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
            readings = measured(engine, query)
            labels = tuple(_label(question, one) for one in readings)
            answers = {0: (0, 1)} if question.answerable else {}
            written = Written(-1, question.request.words, answers, question.document_ids)
            found.append(Found(written, readings, labels))
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
        rows[kept],
        answers[kept],
        weights[kept],
        names,
        about,
        trees=TREES,
        leaves=LEAVES,
        smallest=SMALLEST,
    )


def _rows(
    found: Sequence[Found], names: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    pairs = [
        (reading, label)
        for one in found
        for reading, label in zip(one.readings, one.labels, strict=True)
    ]
    rows = np.array([[reading.features.get(n, 0.0) for n in names] for reading, _ in pairs])
    answers = np.array([label in RIGHT for _, label in pairs])
    weights = np.array([WEIGHTS[label] for _, label in pairs])
    return rows, answers, weights


def _told(found: Sequence[Found], logits: Sequence[Sequence[float]]) -> dict[str, object]:
    """How often the likeliest passage answers, and how well that is told from what does not.

    Of questions that are answered in full and in part; ``shown from`` a probability are so many of
    the right ones of each, and so many wrong ones.
    """
    best = [_best(one, said) for one, said in zip(found, logits, strict=True) if said]
    kinds = {"in full": _in_full, "in part": _in_part, "not held": _not_held}
    first = {
        kind: f"{sum(right for one, right, _ in best if of(one))} of {sum(of(one) for one, _, _ in best)}"
        for kind, of in kinds.items()
    }
    curve = {}
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        line = np.log(least / (1 - least))
        shown = [(one, right) for one, right, logit in best if logit >= line]
        full = sum(right and _in_full(one) for one, right in shown)
        part = sum(right and _in_part(one) for one, right in shown)
        curve[least] = f"{full} in full, {part} in part, {len(shown) - full - part} wrong"
    rights, said = [right for _, right, _ in best], [logit for _, _, logit in best]
    return {
        "first": first,
        "AUROC": round(float(roc_auc_score(rights, said)), 3),
        "shown from": curve,
    }


def _likeliest(
    found: Sequence[Found], logits: Sequence[Sequence[float]]
) -> tuple[list[float], list[bool]]:
    """Probability of each question's likeliest passage, and whether it answers."""
    best = [_best(one, said) for one, said in zip(found, logits, strict=True) if said]
    return [float(1 / (1 + np.exp(-logit))) for _, _, logit in best], [one[1] for one in best]


def _calibration_errors(
    found: Sequence[Found], logits: Sequence[Sequence[float]]
) -> dict[str, float | None]:
    """Expected calibration error of the likeliest passages, of each language's questions."""
    pairs = list(zip(found, logits, strict=True))
    told = {}
    for name, own in (("Chinese", True), ("English", False)):
        some = [pair for pair in pairs if is_chinese(pair[0].written.text) is own]
        error = calibration_error(*_likeliest([one for one, _ in some], [two for _, two in some]))
        told[name] = error and round(error, 3)
    return told


def _best(one: Found, said: Sequence[float]) -> tuple[Written, bool, float]:
    """The question, whether its likeliest passage is right, and that one's log-odds."""
    place = int(np.argmax(said))
    return one.written, one.labels[place] in RIGHT, said[place]


def _in_full(one: Written) -> bool:
    return bool(one.answers) and not one.lacks


def _in_part(one: Written) -> bool:
    return one.partly


def _not_held(one: Written) -> bool:
    return not one.answers


if __name__ == "__main__":
    main()
