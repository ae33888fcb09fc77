"""Ask the blind studies: ``python -m benchmarks.quality.study INDEX``.

Their questions were typed by people who had read no document, and labelled against the corpus by
others. What decides is fitted on the first three, since they were graded; not on the fourth to tenth.
Of the ninth, two parts (years, elsewhere) were looked at while such questions were worked on.
Each counts by what is shown: words that answer, other words, words that answer as what comes closest
below a refusal, a pointer to what is not held, or nothing. ``held`` says whether the documents answer it: yes, partly, no, or talk for small talk.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hyqa.engine import Engine
from hyqa.question.follow_ups import Conversation
from hyqa.types import Answer, Quote

FILE = Path(__file__).with_suffix(".jsonl")
"""A line a question: `study`, `kind`, `turns` of which the last is judged, `held`, `answers` with
`document` and `words`, and the labeller's `note`."""
DAY = date(2026, 11, 29)


def main() -> None:
    """Ask all, and print a row for each study and kind of question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--each", action="store_true", help="a line for each question, too")
    options = parser.parse_args()
    engine = Engine.open(options.index)
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        answer, outcome = ask(engine, read)
        told = counts.setdefault((read["study"], read["kind"]), Counter())
        told[read["held"], outcome] += 1
        if options.each:
            shown = [quote.citation.document_id for quote in answer.quotes[:1]]
            turns = " >> ".join(read["turns"])
            print(read["id"], read["held"], outcome, f"{answer.confidence:.2f}", turns, shown)
    for (study, kind), told in counts.items():
        rows = (f"{held} {outcome} {count}" for (held, outcome), count in sorted(told.items()))
        print(f"{study} study, {kind}: {', '.join(rows)}")


def ask(engine: Engine, read: Mapping[str, Any]) -> tuple[Answer, str]:
    """Ask the turns of a line of ``FILE``: the last answer, and how it counts."""
    conversation = Conversation()
    for turn in read["turns"]:
        answer = engine.ask(turn, conversation=conversation, as_of=DAY)
        conversation = conversation.add(turn, answer)
    return answer, _outcome(answer, [one["words"] for one in read["answers"]])


def _outcome(answer: Answer, words: list[str]) -> str:
    if answer.quotes:
        return "right" if _hold(answer.quotes, words) else "other"
    if _hold(answer.closest, words):
        return "closest"
    return "pointer" if answer.pointer else "nothing"


def _hold(quotes: Sequence[Quote], words: Sequence[str]) -> bool:
    shown = "".join("".join(quote.text for quote in quotes).split())
    return any("".join(one.split()) in shown for one in words)


if __name__ == "__main__":
    main()
