"""Investors' questions about the shipped corpus, each with the fact that answers it."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hyqa import Engine
from hyqa.answer.contract import Request
from hyqa.maintenance.evaluation import LabelledQuestion

_NOTE = re.compile(r"（(?:错字|拼音|地名写错)）| \(typo\)")
"""Remarks of the collectors, which no asker types."""
_ASIDE = re.compile(r"（.*?）|\(.*?\)|\bHY-\d+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WORD_SHARE = 0.5
"""Share of a fact's Chinese pairs or English words that the quotes must hold."""


@dataclass(frozen=True, slots=True)
class InvestorOutcome:
    """What became of one question; ``fact`` is empty for one that must not be answered."""

    question: str
    fact: str
    answered: bool
    quoted: str

    @property
    def fact_found(self) -> bool:
        """Whether the quotes hold the fact's figures and half of its words.

        Stricter than a reader on figures (dates must be written the same way), so what it misses
        is printed to be read.
        """
        fact = _ASIDE.sub(" ", self.fact)
        shown = self.quoted.lower().replace(" ", "")
        figures = {figure.lstrip("0") for figure in _FIGURE.findall(fact.replace(",", ""))}
        shown_figures = {figure.lstrip("0") for figure in _FIGURE.findall(shown.replace(",", ""))}
        words = re.findall("[a-z]{3,}", fact.lower())
        words += [
            run[i : i + 2]
            for run in re.findall("[\u4e00-\u9fff]+", fact)
            for i in range(len(run) - 1)
        ]
        held = sum(word in shown for word in words)
        return figures <= shown_figures and held >= _WORD_SHARE * len(words)


@dataclass(frozen=True, slots=True)
class InvestorFigures:
    """Counts over investors' questions."""

    answerable: int
    answered: int
    fact_found: int
    unanswerable: int
    refused: int

    @classmethod
    def of(cls, outcomes: Sequence[InvestorOutcome]) -> "InvestorFigures":
        """Count outcomes."""
        answerable = [one for one in outcomes if one.fact]
        others = [one for one in outcomes if not one.fact]
        return cls(
            answerable=len(answerable),
            answered=sum(one.answered for one in answerable),
            fact_found=sum(one.answered and one.fact_found for one in answerable),
            unanswerable=len(others),
            refused=sum(not one.answered for one in others),
        )

    def record(self) -> dict[str, int]:
        """The counts as JSON."""
        return asdict(self)


def investor_questions(path: Path) -> list[LabelledQuestion]:
    """All questions of a file, to fit on."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        LabelledQuestion(
            Request(record["id"], _NOTE.sub("", record["question"]), tuple(record["history"])),
            record["answerable"],
        )
        for record in records
    ]


def ask_investors(engine: Engine, path: Path) -> list[InvestorOutcome]:
    """Ask all questions of a file."""
    outcomes = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        question = _NOTE.sub("", record["question"])
        conversation = engine.conversation(record.get("history", []))
        answer = engine.ask(question, conversation=conversation)
        outcomes.append(
            InvestorOutcome(
                question=question,
                fact=record["fact"] if record["answerable"] else "",
                answered=bool(answer.quotes),
                quoted="\n".join(quote.text for quote in answer.quotes),
            )
        )
    return outcomes


def report_reading(outcomes: Sequence[InvestorOutcome]) -> str:
    """What a reader should judge: answers whose fact was not found as written."""
    return "".join(
        f"\n{one.question}\n  fact: {one.fact or '(must not be answered)'}\n"
        f"  shown: {one.quoted or '(nothing)'}\n"
        for one in outcomes
        if (one.fact and not (one.answered and one.fact_found)) or (not one.fact and one.answered)
    )
