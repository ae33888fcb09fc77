"""Measure quality on question sets, and write the README's table.

    python -m benchmarks.quality SETS [--investors QUESTIONS.jsonl] [--indexes DIR] [--readme]

SETS is a folder with a folder a set, each with docs.jsonl and questions.jsonl of the shape that
`hyqa eval` reads. An index is built for each under --indexes, which takes minutes, and kept. The
sets are other people's: measured here, never stored or republished. The run is kept in runs/, and
runs/README.md is written anew.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from benchmarks.quality.investors import InvestorFigures, ask_investors, report_reading
from benchmarks.quality.tables import FIGURES_END, FIGURES_START, quality_table, runs_table
from benchmarks.vectors import cached_encoder
from hyqa import Engine, build_index, is_stale, open_index
from hyqa.maintenance.evaluation import (
    Figures,
    figures_by_group,
    judge,
    read_questions,
    report_record,
)
from hyqa.models import Encoder

ROOT = Path(__file__).parents[2]
GLOSSARY = Path(__file__).with_name("glossary.toml")
"""What the public sets take from a glossary: the names of places, and how they end."""
RUNS = Path(__file__).parent / "runs"
"""A file a run: figures alone, by set and part of a set, with the commit they are of."""


def open_or_build(
    corpus: Path, root: Path, encoder: Encoder, *, glossary: Path | None = None
) -> Engine:
    """Open an engine over a corpus, its index built first where it is missing or stale."""
    if is_stale(corpus, root, encoder.name, glossary=glossary):
        with tqdm(desc=corpus.parent.name, unit=" chunks") as bar:

            def report(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            build_index(corpus, root, encoder, report=report, glossary=glossary)
    return Engine(open_index(root), encoder)


def open_set(folder: Path, indexes: Path, encoder: Encoder) -> Engine:
    """Open an engine over a public set, which has no glossary of its own."""
    root = indexes / folder.name
    return open_or_build(folder / "docs.jsonl", root, encoder, glossary=GLOSSARY)


def measure(folder: Path, root: Path, encoder: Encoder, key: str = "question") -> list[Figures]:
    """Figures of one set, over all its questions first and then over their parts."""
    engine = open_set(folder, root, encoder)
    questions, failures = read_questions(folder / "questions.jsonl", key=key)
    assert not failures, failures
    return figures_by_group([judge(engine, question) for question in tqdm(questions)])


def measure_all(folders: Sequence[Path], root: Path, encoder: Encoder) -> dict[str, list[Figures]]:
    """Figures of all sets, and of their questions in Chinese where they hold these, too."""
    figures = {folder.name: measure(folder, root, encoder) for folder in folders}
    for folder in folders:
        if not read_questions(folder / "questions.jsonl", key="question_zh")[1]:
            name = f"{folder.name}, asked in Chinese"
            figures[name] = measure(folder, root, encoder, "question_zh")
    return figures


def main() -> None:
    """Measure all sets, print the table, store the results, and write the README's table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", type=Path)
    parser.add_argument("--investors", type=Path, help="investors' questions with their facts")
    parser.add_argument("--indexes", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--only", nargs="*", help="names of the sets to measure; all by default")
    parser.add_argument("--readme", action="store_true", help="write the README's table")
    options = parser.parse_args()
    encoder = cached_encoder()
    folders = sorted(path.parent for path in options.sets.glob("*/questions.jsonl"))
    chosen = [folder for folder in folders if not options.only or folder.name in options.only]
    figures = measure_all(chosen, options.indexes, encoder)
    investors: InvestorFigures | None = None
    if options.investors:
        engine = open_or_build(ROOT / "docs_corpus", options.indexes / "shipped", encoder)
        outcomes = ask_investors(engine, options.investors)
        sys.stderr.write(report_reading(outcomes))
        investors = InvestorFigures.of(outcomes)
    table = quality_table({name: groups[0] for name, groups in figures.items()}, investors)
    print(table)
    _store(figures, investors)
    if options.readme:
        _write_readme(table)


def _store(figures: Mapping[str, Sequence[Figures]], investors: InvestorFigures | None) -> None:
    command = ["git", "-C", str(ROOT), "show", "-s", "--format=%h %cI"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    commit, day = shown or ["unknown", ""]
    record = {
        "commit": commit,
        "date": day[:10],
        "sets": {name: report_record(groups)["groups"] for name, groups in figures.items()},
        "investors": investors.record() if investors else None,
    }
    RUNS.mkdir(exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    (RUNS / f"{commit}.json").write_text(text + "\n", encoding="utf-8")
    runs = [json.loads(path.read_text("utf-8")) for path in RUNS.glob("*.json")]
    (RUNS / "README.md").write_text(runs_table(runs) + "\n", encoding="utf-8")


def _write_readme(table: str) -> None:
    path = ROOT / "README.md"
    before, rest = path.read_text("utf-8").split(FIGURES_START)
    after = rest.split(FIGURES_END)[1]
    path.write_text(f"{before}{FIGURES_START}\n{table}\n{FIGURES_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
