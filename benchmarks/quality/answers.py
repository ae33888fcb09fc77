"""Show that a change leaves every answer as it was.

    python -m benchmarks.quality.answers write SETS FILE [--investors FILE] [--indexes DIR]
    python -m benchmarks.quality.answers compare EARLIER LATER

The first asks all golden questions, the investors' questions and those of each set in SETS, and
keeps every answer whole, with the documents in the order in which they were ranked: a line of JSON
a question. The second prints each answer that differs, field by field, and exits with 1 if any
does. Other people's sets are asked, never stored: keep FILE out of the repository.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.quality.__main__ import open_or_build, open_set
from benchmarks.quality.investors import investor_questions
from benchmarks.vectors import cached_encoder
from hyqa import Engine
from hyqa.maintenance.evaluation import LabelledQuestion, ask, read_questions

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
MOST_SHOWN = 20
"""Differing answers that are printed in full."""
Record = Mapping[str, object]


def records(engine: Engine, name: str, questions: list[LabelledQuestion]) -> Iterator[Record]:
    """What becomes of each question: the answer's fields, and the ranked documents."""
    for number, question in enumerate(questions):
        trace = ask(engine, question)
        yield {
            "id": f"{name}/{number}",
            "documents": trace.documents,
            **asdict(trace.answer),
        }


def write(sets: Path, file: Path, investors: Path | None, indexes: Path) -> None:
    """Ask everything, and keep the answers."""
    encoder = cached_encoder()
    with file.open("w", encoding="utf-8") as out:

        def keep(engine: Engine, name: str, questions: list[LabelledQuestion]) -> None:
            for record in records(engine, name, questions):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()

        shipped = open_or_build(ROOT / "docs_corpus", indexes / "shipped", encoder)
        for path in sorted(GOLDEN.glob("*.jsonl")):
            keep(shipped, path.stem, read_questions(path)[0])
        if investors:
            keep(shipped, "investors' questions", investor_questions(investors))
        for folder in sorted(path.parent for path in sets.glob("*/questions.jsonl")):
            engine = open_set(folder, indexes, encoder)
            for key in ("question", "question_zh"):
                questions, failures = read_questions(folder / "questions.jsonl", key=key)
                if not failures:
                    keep(engine, f"{folder.name}, {key}", questions)


def compare(earlier: Path, later: Path) -> int:
    """Print what differs; how many answers do, or are in one file alone."""
    before, after = _read(earlier), _read(later)
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    for name in differing[:MOST_SHOWN]:
        print(name, after.get(name, before.get(name, {})).get("question"))
        for line in _differences(before.get(name, {}), after.get(name, {})):
            print(f"    {line}")
    print(f"{len(differing)} of {len({**before, **after})} answers differ.")
    return len(differing)


def _differences(before: Record, after: Record) -> Iterator[str]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield f"{key}: {before.get(key)!r:.300} -> {after.get(key)!r:.300}"


def _read(path: Path) -> dict[str, Record]:
    return {(one := json.loads(line))["id"]: one for line in path.read_text("utf-8").splitlines()}


def main() -> None:
    """Write a run, or compare two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    steps = parser.add_subparsers(dest="step", required=True)
    writing = steps.add_parser("write", help="ask everything and keep the answers")
    writing.add_argument("sets", type=Path)
    writing.add_argument("file", type=Path)
    writing.add_argument("--investors", type=Path, help="investors' questions with their facts")
    writing.add_argument("--indexes", type=Path, default=ROOT / "build" / "benchmarks")
    comparing = steps.add_parser("compare", help="print which answers differ")
    comparing.add_argument("earlier", type=Path)
    comparing.add_argument("later", type=Path)
    options = parser.parse_args()
    if options.step == "write":
        write(options.sets, options.file, options.investors, options.indexes)
    else:
        sys.exit(compare(options.earlier, options.later) > 0)


if __name__ == "__main__":
    main()
