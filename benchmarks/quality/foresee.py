"""Fit what decides with foreseen questions: ``python -m benchmarks.quality.foresee INDEX ASKED --write``.

ASKED holds questions as people typed them, one a line, that are among the foreseen ones, with what
answers them. INDEX has to be made by a question matcher that was trained without them (``python -m
benchmarks.matching.train --without ASKED``): it would know them too well. With ``--unread FILE``, a
file of those that the pair reader was trained without, what weighs its say is fitted, too. All that is
printed is of questions that the models had not seen, by folds.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

import hyqa.reading
from benchmarks.quality.close_reading import fit_weighing, read_closely, weighed_by_folds
from benchmarks.quality.conversations import Found
from benchmarks.quality.examples import RIGHT, WEIGHTS, Examples, add_options, folds, read_examples
from hyqa.engine import Engine
from hyqa.maintenance.evaluation.boosting import boost
from hyqa.maintenance.evaluation.leave_one_out import Written
from hyqa.maintenance.evaluation.metrics import calibration_error
from hyqa.maintenance.evaluation.pictures import draw_curves
from hyqa.models.boosting import Boosting
from hyqa.reading import close_reading, foreseen
from hyqa.text.tokens import is_chinese

TREES, LEAVES, SMALLEST = 300, 12, 30
Logits = list[list[float]]
"""Of each question's passages."""


def main() -> None:
    """Fit the models."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_options(parser)
    parser.add_argument("--unread", type=Path, help="questions that the pair reader has not seen")
    parser.add_argument("--pictures", type=Path, help="folder for curves of the typed questions")
    parser.add_argument("--write", action="store_true", help="put the models into the package")
    options = parser.parse_args()
    engine = Engine.open(options.index)
    examples = read_examples(options, engine)
    logits = _by_folds(examples, engine)
    models = {foreseen.FILE: _fit(_counted(examples, range(len(logits))), engine)}
    _print_figures(examples, logits)
    if options.unread:
        examples, logits = _of_unread(examples, logits, options.unread)
        read = read_closely(engine, examples.all, logits)
        print("Of questions that the pair reader has not seen, before it reads and after:")
        _print_figures(examples, logits)
        _print_figures(examples, weighed_by_folds(examples.all, logits, read), options.pictures)
        models[close_reading.FILE] = fit_weighing(examples.all, read)
    if options.write:
        _write(models)


def _by_folds(examples: Examples, engine: Engine) -> Logits:
    """Log-odds by models that have not seen the question."""
    found = examples.all
    logits: Logits = [[] for _ in found]
    for rest, unseen in folds(len(found)):
        model = _fit(_counted(examples, rest), engine)
        for place in unseen:
            logits[place] = model.logits([one.features for one in found[place].readings])
    return logits


def _counted(examples: Examples, places: Sequence[int]) -> list[Found]:
    """Those at some places, each as often as it counts."""
    found, counts = examples.all, examples.counts
    return [found[place] for place in places for _ in range(counts[place])]


def _of_unread(examples: Examples, logits: Logits, file: Path) -> tuple[Examples, Logits]:
    """The questions that the pair reader was trained without; it was trained on no golden ones."""
    unread = set(file.read_text(encoding="utf-8").splitlines())
    golden = len(examples.typed) + len(examples.talks)
    kept = [
        place for place, one in enumerate(examples.all) if place >= golden or one.line in unread
    ]
    return examples.chosen(kept), [logits[place] for place in kept]


def _print_figures(examples: Examples, logits: Logits, pictures: Path | None = None) -> None:
    typed, talks = len(examples.typed), len(examples.talks)
    print("as people ask, by folds:", _told(examples.typed, logits[:typed]))
    print("calibration error:", _calibration_errors(examples.typed, logits[:typed]))
    if talks:
        print("conversations, by folds:", _told(examples.talks, logits[typed : typed + talks]))
    print("golden, by folds:", _told(examples.golden, logits[typed + talks :]))
    if pictures:
        draw_curves(*_likeliest(examples.typed, logits[:typed]), pictures)


def _write(models: Mapping[str, Boosting]) -> None:
    folder = Path(hyqa.reading.__file__).parent
    for name, model in models.items():
        (folder / name).write_text(model.to_json() + "\n", encoding="utf-8")


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
