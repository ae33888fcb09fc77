"""``hyqa eval``: measuring answers."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from hyqa.answer.contract import dump
from hyqa.cli.arguments import Commands
from hyqa.cli.output import complain, progress, say, say_json
from hyqa.engine import Engine
from hyqa.maintenance.evaluation import (
    LabelledQuestion,
    Outcome,
    Step,
    ablate,
    ablation_record,
    ablation_text,
    compare,
    comparison_record,
    comparison_text,
    details_record,
    draw,
    figures_by_group,
    judge,
    read_details,
    read_questions,
    report_record,
    report_text,
)


def add_options(commands: Commands) -> None:
    """Add ``hyqa eval``."""
    parser = commands.add(
        "eval", evaluate, "measure answers against questions whose answers are known"
    )
    parser.add_argument(
        "questions",
        metavar="QUESTIONS",
        type=Path,
        help='JSON lines {"id", "question", "answerable", "doc_ids", "answers", …}',
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--details", metavar="FILE", type=Path, help="write a JSON line a question")
    parser.add_argument(
        "--compare",
        metavar="FILE",
        type=Path,
        help="name what an earlier --details FILE won or lost",
    )
    parser.add_argument(
        "--ablation", action="store_true", help="tell what each step of finding adds"
    )
    parser.add_argument(
        "--pictures",
        metavar="DIR",
        type=Path,
        help="draw the risk-coverage curve and the reliability diagram",
    )
    parser.add_argument(
        "--question-key",
        metavar="KEY",
        default="question",
        help="where a line holds its question (question)",
    )


def evaluate(options: Namespace) -> int:
    """Print figures; lines that cannot be read and quotes not verbatim make the exit code 1."""
    earlier = read_details(options.compare) if options.compare else []
    questions, failures = read_questions(options.questions, key=options.question_key)
    for failure in failures:
        complain(f"{failure.source}: {failure.reason}")
    engine = Engine.open(options.index, encoder=options.encoder)
    outcomes = list(_judged(engine, questions, options.details))
    groups = figures_by_group(outcomes)
    steps = _ablated(engine, questions) if options.ablation else []
    details = [details_record(outcome) for outcome in outcomes]
    comparisons = compare(earlier, details) if options.compare else []
    if options.json:
        more = {"ablation": ablation_record(steps)} if options.ablation else {}
        compared = {"comparison": comparison_record(comparisons)} if options.compare else {}
        say_json({**report_record(groups), **more, **compared})
    else:
        tables = [report_text(groups)]
        tables += [ablation_text(steps)] if options.ablation else []
        tables += [comparison_text(comparisons, options.compare.name)] if options.compare else []
        say("\n\n".join(tables))
    if options.pictures:
        for picture in draw(outcomes, options.pictures):
            complain(f"Drew {picture}.")
    broken = groups[0].not_verbatim
    if failures or broken:
        complain(f"{len(failures)} lines could not be read, {broken} quotes are not verbatim.")
    return 1 if failures or broken else 0


def _ablated(engine: Engine, questions: list[LabelledQuestion]) -> list[Step]:
    with progress("Comparing steps", " questions") as report:
        return ablate(engine, questions, report)


def _judged(
    engine: Engine, questions: list[LabelledQuestion], details: Path | None
) -> Iterator[Outcome]:
    with ExitStack() as stack:
        file = stack.enter_context(details.open("w", encoding="utf-8")) if details else None
        report = stack.enter_context(progress("Asking", " questions"))
        for done, question in enumerate(questions, 1):
            outcome = judge(engine, question)
            _write(file, outcome)
            report(done, len(questions))
            yield outcome


def _write(file: TextIO | None, outcome: Outcome) -> None:
    if file:
        file.write(dump(details_record(outcome)) + "\n")
