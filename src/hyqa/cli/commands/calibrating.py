"""``hyqa calibrate``: fitting the confidence of answers to an index."""

from argparse import Namespace
from pathlib import Path

from hyqa.cli.arguments import Commands
from hyqa.cli.output import complain, progress, say
from hyqa.engine import Engine
from hyqa.index.calibration import FILE, Calibration
from hyqa.maintenance.evaluation import examples_of, fit, read_questions
from hyqa.maintenance.evaluation.calibrating import FEWEST


def add_options(commands: Commands) -> None:
    """Add ``hyqa calibrate``."""
    parser = commands.add(
        "calibrate",
        calibrate,
        "fit the confidence of answers on questions whose answers are known",
        epilog="What was fitted is stored in the folder of the index as calibration.json, and used"
        " from then on; without that file, what comes with hyqa is used.",
    )
    parser.add_argument(
        "questions", metavar="QUESTIONS", type=Path, nargs="+", help="files as for `hyqa eval`"
    )


def calibrate(options: Namespace) -> int:
    """Fit and store; lines that cannot be read make the exit code 1."""
    engine = Engine.open(options.index, encoder=options.encoder)
    examples, failures = [], 0
    for path in options.questions:
        questions, unread = read_questions(path)
        failures += len(unread)
        for failure in unread:
            complain(f"{failure.source}: {failure.reason}")
        with progress("Asking", " questions") as report:
            examples += examples_of(engine, questions, path.name, report)
    before = engine.index.calibration
    after = fit(examples, before)
    after.save(options.index / FILE)
    for name in after.models:
        say(_sentence(name, before, after))
    return 1 if failures else 0


def _sentence(name: str, before: Calibration, after: Calibration) -> str:
    model = after.models[name]
    if model is before.models[name]:
        return f"{name}: fewer than {FEWEST} questions with and without an answer; kept as it was."
    return f"{name}: fitted on {model.questions} questions, mean error {model.error:.3f}."
