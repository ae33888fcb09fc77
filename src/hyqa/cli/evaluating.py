"""``hyqa eval``: measuring answers."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from hyqa.cli.output import complain, progress, say, say_json
from hyqa.contract import dump
from hyqa.engine import Engine
from hyqa.evaluation import (
    LabelledQuestion,
    Outcome,
    details_record,
    figures_by_group,
    judge,
    read_questions,
    report_record,
    report_text,
)


def evaluate(options: Namespace) -> int:
    """Print figures; lines that cannot be read and quotes not verbatim make the exit code 1."""
    questions, failures = read_questions(options.questions)
    for failure in failures:
        complain(f"{failure.source}: {failure.reason}")
    engine = Engine.open(options.index, encoder=options.encoder)
    outcomes = list(_judged(engine, questions, options.details))
    groups = figures_by_group(outcomes)
    if options.json:
        say_json(report_record(groups))
    else:
        say(report_text(groups))
    broken = groups[0].not_verbatim
    if failures or broken:
        complain(f"{len(failures)} lines could not be read, {broken} quotes are not verbatim.")
    return 1 if failures or broken else 0


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
