"""Audit published answers: ``python -m benchmarks.audit [ANSWERS]``, or ``make audit``.

ANSWERS are lines as ``hyqa ask --batch`` prints them, ``-`` for standard input; ``--questions`` prints
those of the blind studies for it. Without them, the answers that somebody has
graded (``sample.jsonl``) are audited, which tells how far the audit is to be believed: of the wrong
ones it should find fault with many, of the right ones with few. Nothing of the library is used.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.audit.checking import Auditor, Published
from benchmarks.audit.documents import read_sources

SAMPLE = Path(__file__).with_name("sample.jsonl")
"""Shown answers to questions of a blind study, each graded right, partly or wrong by a reader."""
QUESTIONS = Path(__file__).parent.parent / "quality" / "study.jsonl"
MOST = 0.25
"""Share of shown answers with a fault up to which the audit passes: sound answers to the blind studies
reach .09 to .17, answers below another one's question .40."""


def main() -> None:
    """Audit, print what was found, and end with 1 where too much is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers", type=Path, nargs="?")
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--questions", action="store_true", help="print questions to be answered")
    options = parser.parse_args()
    if options.questions:
        print("\n".join(map(_request, _lines(QUESTIONS))))
        return
    auditor = Auditor(read_sources(options.corpus))
    graded = _lines(SAMPLE)
    print(_rates(auditor, graded))
    published = _lines(options.answers) if options.answers else graded
    share, told = audit(auditor, [_published(one) for one in published if one.get("quotes")])
    print(told)
    swapped, _ = audit(auditor, _degraded(graded))
    print(f"the graded answers, each below another one's question: {swapped:.2f} with a fault")
    raise SystemExit(share > MOST or swapped <= MOST)


def audit(auditor: Auditor, answers: Sequence[Published]) -> tuple[float, str]:
    """Share of answers with a fault, and a sentence on what was found."""
    found = [auditor.faults(one) for one in answers]
    kinds = Counter(fault for faults in found for fault in faults)
    share = sum(map(bool, found)) / len(found) if found else 0.0
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or "none"
    return share, f"{len(found)} shown answers, {share:.2f} with a fault: {told}"


def _rates(auditor: Auditor, graded: Sequence[Mapping[str, object]]) -> str:
    flagged = [(bool(auditor.faults(_published(one))), one["grade"] == "wrong") for one in graded]
    wrong = [found for found, is_wrong in flagged if is_wrong]
    right = [found for found, is_wrong in flagged if not is_wrong]
    return (
        f"of {len(wrong)} wrong answers of the sample {len(wrong) - sum(wrong)} pass;"
        f" of {len(right)} right ones {sum(right)} are found fault with"
    )


def _degraded(graded: Sequence[Mapping[str, object]]) -> list[Published]:
    """What a broken index would show: each question with the quotes of another."""
    order = list(range(len(graded)))
    Random(0).shuffle(order)
    return [
        Published(_published(one).turns, _published(graded[other]).quotes)
        for one, other in zip(graded, order, strict=True)
    ]


def _request(line: Mapping[str, object]) -> str:
    """A line of the studies as ``hyqa ask --batch`` reads it."""
    turns = line["turns"]
    assert isinstance(turns, list)
    history = [{"role": "user", "text": turn} for turn in turns[:-1]]
    return json.dumps({"id": line["id"], "question": turns[-1], "history": history})


def _published(line: Mapping[str, object]) -> Published:
    turns, quotes = line.get("turns"), line["quotes"]
    if not isinstance(
        turns, list
    ):  # as it is published: the query of a follow-up has a line a turn
        turns = [*str(line["query"]).split("\n")[:-1], str(line["question"])]
    assert isinstance(quotes, list)
    return Published(turns, quotes)


def _lines(path: Path) -> list[Mapping[str, object]]:
    text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


if __name__ == "__main__":
    main()
