"""What each rule by hand gains: ``python -m benchmarks.quality.rules INDEX [--only NAME …]``.

Each is switched off by itself, and all questions whose answers are known are asked: those of the blind
studies, apart those that what decides was fitted on and those that it was not, and golden questions on
which nothing was fitted. The first row counts, with all on, those that are answered right, that are shown
other words, that are shown right words as what comes closest, and that are refused as nothing answers
them. Each further row tells how many more or fewer these are without a rule, how many answers are other
ones in anything, and how much more is quoted: a rule gains what its row loses. What decides is not
fitted anew without it, which may make up for a part of that.

Vectors and readings of pairs are kept from rule to rule, as no rule changes them. So are the steps of
queries, for rules that change but what is searched for. A run over a part of them is in ``rules.txt``.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.quality import study
from benchmarks.quality.examples import STUDIES
from benchmarks.quality.keeping import Keeping, KeepingEngine
from benchmarks.quality.passage_rules import PASSAGE_RULES
from benchmarks.quality.question_rules import QUESTION_RULES
from benchmarks.quality.switches import Rule
from hyqa import Engine, open_index
from hyqa.config import Settings
from hyqa.maintenance.evaluation import LabelledQuestion, read_questions
from hyqa.maintenance.evaluation import ask as ask_labelled
from hyqa.maintenance.evaluation.metrics import answer_inside
from hyqa.models import load_encoder
from hyqa.models.encoder import pair_reading
from hyqa.types import Answer, Quote, Status
from hyqa.types.errors import EncoderError

ROOT = Path(__file__).parents[2]
GOLDEN = ("held_out", "colloquial_held_out")
"""Files of ``tests/golden`` on which nothing is fitted."""
GROUPS = ("fitted", "fitted talks", "unseen", "unseen talks", "golden")
FIGURES = {"right": "right", "other": "wrong", "closest": "close", "refused": "no"}
"""What is counted, and how a column of it is headed."""
RULES = (*QUESTION_RULES, *PASSAGE_RULES)
ALL_ON = Rule("all on", "nothing is switched off", 0, "hyqa.engine", (), None, early=True)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a question.

    Attributes:
        group: of questions, one of ``GROUPS``.
        figure: one of ``FIGURES``, or another word for what counts as none of them.
        words: a checksum of all that the answer tells.
        quoted: characters of its quotes.
    """

    group: str
    figure: str
    words: str
    quoted: int


class Asker:
    """Asks a part of all questions, again and again.

    Args:
        index: whose documents answer.
        part: which questions, of every so many.
        parts: how many.
        every: asks one in so many of all.
    """

    def __init__(self, index: Path, part: int, parts: int, every: int = 1) -> None:
        settings = replace(Settings.from_environment(), threads=1)
        encoder = pair_reading(load_encoder(settings=settings))
        if not encoder:
            raise EncoderError("Rules are measured with the bundled encoder in its fast form.")
        self._engine = KeepingEngine(open_index(index), Keeping(encoder))
        self._questions = all_questions()[::every][part::parts]

    def told(self, rule: Rule) -> list[Told]:
        """Ask all without a rule."""
        undo, self._engine.keeps = rule.off(), rule.early
        try:
            return [ask(self._engine) for ask in self._questions]
        finally:
            undo()


def all_questions() -> list[Callable[[Engine], Told]]:
    """All questions, each as what asks an engine."""
    lines = study.FILE.read_text(encoding="utf-8").splitlines()
    asked = [partial(_of_study, json.loads(line)) for line in lines]
    golden = (ROOT / "tests" / "golden" / f"{name}.jsonl" for name in GOLDEN)
    labelled = [one for path in golden for one in read_questions(path)[0]]
    return [*asked, *(partial(_of_golden, one) for one in labelled)]


def _of_study(read: Mapping[str, Any], engine: Engine) -> Told:
    answer, figure = study.ask(engine, read)
    if read["held"] == "no" and not answer.quotes:
        figure = "refused"
    group = "fitted" if read["study"] in STUDIES else "unseen"
    return _told(f"{group} talks" if len(read["turns"]) > 1 else group, figure, answer)


def _of_golden(question: LabelledQuestion, engine: Engine) -> Told:
    day = question.request.as_of or study.DAY
    dated = replace(question, request=replace(question.request, as_of=day))
    answer = ask_labelled(engine, dated).answer
    return _told("golden", _golden_figure(answer, question), answer)


def _golden_figure(answer: Answer, question: LabelledQuestion) -> str:
    """How an answer counts, as :mod:`tests.golden.test_investors` counts what is right and refused."""

    def inside(quotes: Sequence[Quote]) -> bool:
        texts = [quote.text for quote in quotes]
        return question.answerable and answer_inside(question.groups, texts)

    if answer.quotes:
        return "right" if inside(answer.quotes) else "other"
    if not question.answerable and answer.status is not Status.CLARIFY:
        return "refused"
    return "closest" if inside(answer.closest) else ""


def _told(group: str, figure: str, answer: Answer) -> Told:
    shown = [(one.citation.document_id, one.start, one.end) for one in answer.shown]
    near = [one.document_id for one in answer.nearest]
    said = (answer.status, answer.missing, answer.choices, answer.pointer, answer.intent)
    words = repr((shown, near, said, answer.differs, answer.related)).encode()
    quoted = sum(len(one.text) for one in answer.quotes)
    return Told(group, figure, blake2b(words, digest_size=8).hexdigest(), quoted)


_ASKERS: list[Asker] = []
"""The one of a process that asks."""


def begin(index: Path, part: int, parts: int, every: int) -> None:
    """Make ready to ask, in a process of its own."""
    _ASKERS.append(Asker(index, part, parts, every))


def told_without(name: str) -> list[Told]:
    """Ask without the rule of a name."""
    return _ASKERS[0].told(next(rule for rule in (ALL_ON, *RULES) if rule.name == name))


def row(rule: Rule, told: Sequence[Told], before: Sequence[Told]) -> str:
    """A row of the table: with all on the figures themselves, else by how much they are others."""
    now, then = (Counter((one.group, one.figure) for one in some) for some in (told, before))
    cells = [(group, figure) for group in GROUPS for figure in FIGURES]
    if rule is ALL_ON:
        quoted = sum(one.quoted for one in told) / max(1, sum(one.quoted > 0 for one in told))
        told_apart, numbers = f"{len(told):>6} {quoted:>6.0f}", [f"{now[one]:>5}" for one in cells]
    else:
        more = sum(one.quoted for one in told) / max(1, sum(one.quoted for one in before)) - 1
        others = sum(one.words != was.words for one, was in zip(told, before, strict=True))
        told_apart = f"{others or '·':>6} {more:>+6.1%}"
        numbers = [f"{now[one] - then[one]:>+5}".replace("   +0", "    ·") for one in cells]
    groups = (" ".join(numbers[at : at + 4]) for at in range(0, len(numbers), 4))
    return " | ".join([f"{rule.name:<26} {rule.lines:>4}", *groups, told_apart])


def chosen_rules(names: Sequence[str], *, parts: bool) -> list[Rule]:
    """The rules of some names or modules, or all of them; parts of others only where they are asked for."""
    if not names:
        return [rule for rule in RULES if parts or not rule.part]
    if unknown := [one for one in names if not any(_is_of(rule, one) for rule in RULES)]:
        raise SystemExit(f"There is no rule {', '.join(unknown)}; --list names them.")
    return [rule for rule in RULES if any(_is_of(rule, one) for one in names)]


def _is_of(rule: Rule, name: str) -> bool:
    return name in (rule.name, rule.name.split(".")[0])


def main() -> None:
    """Ask with all on, then without each rule, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("index", type=Path)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="rules, or modules")
    parser.add_argument("--parts", action="store_true", help="rules that are parts of others, too")
    parser.add_argument(
        "--list", action="store_true", help="say what each rule is for, ask nothing"
    )
    parser.add_argument("--every", type=int, default=1, help="ask one in so many questions")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    chosen = chosen_rules(options.only, parts=options.parts)
    if options.list:
        for rule in chosen:
            print(f"{rule.name:<26} {rule.lines:>4}  {rule.about}")
        return
    for library in ("OMP", "OPENBLAS", "MKL"):  # before the processes load them: one has a core
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    print(_head())
    with ExitStack() as stack:
        askers = [
            stack.enter_context(_process(options.index, part, options.processes, options.every))
            for part in range(options.processes)
        ]
        asked = [
            (rule, [asker.submit(told_without, rule.name) for asker in askers])
            for rule in (ALL_ON, *chosen)
        ]
        before: list[Told] = []
        for rule, answers in asked:
            try:
                told = [one for answer in answers for one in answer.result()]
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                if not before:
                    raise
                print(f"{rule.name:<26} {rule.lines:>4} | fails without it: {error!r}", flush=True)
                continue
            before = before or told
            print(row(rule, told, before), flush=True)


def _process(index: Path, part: int, parts: int, every: int) -> ProcessPoolExecutor:
    """A process that asks its part of the questions, whatever the rule."""
    given = (index, part, parts, every)
    context = get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=begin, initargs=given)


def _head() -> str:
    groups = " | ".join(f"{group:<23}" for group in GROUPS)
    figures = " | ".join([" ".join(f"{name:>5}" for name in FIGURES.values())] * len(GROUPS))
    return f"{'':<31} | {groups} |\n{'rule':<25} lines | {figures} | others quoted"


if __name__ == "__main__":
    main()
