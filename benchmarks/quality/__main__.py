"""Measure quality on question sets, and write the README's table.

    python -m benchmarks.quality SETS [--investors QUESTIONS.jsonl] [--indexes DIR] [--readme]

SETS is a folder with a folder a set, each with docs.jsonl and questions.jsonl of the shape that
`hyqa eval` reads. An index is built for each under --indexes, which takes minutes, and kept. The
sets are other people's: measured here, never stored or republished.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tqdm import tqdm

from benchmarks.quality.investors import InvestorFigures, ask_investors, report_reading
from benchmarks.quality.tables import FIGURES_END, FIGURES_START, quality_table
from hyqa import Engine, build_index, is_stale, load_encoder, open_index
from hyqa.encoding import Encoder
from hyqa.evaluation import Figures, figures_by_group, judge, read_questions, report_record

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results.json"


def open_or_build(corpus: Path, root: Path, encoder: Encoder) -> Engine:
    """An engine over a corpus, its index built first where it is missing or stale."""
    if is_stale(corpus, root, encoder.name):
        with tqdm(desc=corpus.parent.name, unit=" chunks") as bar:

            def report(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            build_index(corpus, root, encoder, report=report)
    return Engine(open_index(root), encoder)


def measure(folder: Path, root: Path, encoder: Encoder) -> Figures:
    """Figures of one set over all its questions."""
    engine = open_or_build(folder / "docs.jsonl", root / folder.name, encoder)
    questions, failures = read_questions(folder / "questions.jsonl")
    assert not failures, failures
    return figures_by_group([judge(engine, question) for question in tqdm(questions)])[0]


def main() -> None:
    """Measure all sets, print the table, store the results, and write the README's table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", type=Path)
    parser.add_argument("--investors", type=Path, help="investors' questions with their facts")
    parser.add_argument("--indexes", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--only", nargs="*", help="names of the sets to measure; all by default")
    parser.add_argument("--readme", action="store_true", help="write the README's table")
    options = parser.parse_args()
    encoder = load_encoder()
    folders = sorted(path.parent for path in options.sets.glob("*/questions.jsonl"))
    chosen = [folder for folder in folders if not options.only or folder.name in options.only]
    figures = {folder.name: measure(folder, options.indexes, encoder) for folder in chosen}
    investors: InvestorFigures | None = None
    if options.investors:
        engine = open_or_build(ROOT / "docs_corpus", options.indexes / "shipped", encoder)
        outcomes = ask_investors(engine, options.investors)
        sys.stderr.write(report_reading(outcomes))
        investors = InvestorFigures.of(outcomes)
    table = quality_table(figures, investors)
    print(table)
    _store(figures, investors)
    if options.readme:
        _write_readme(table)


def _store(figures: dict[str, Figures], investors: InvestorFigures | None) -> None:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    record = {
        "commit": commit,
        "sets": {name: report_record([one])["groups"] for name, one in figures.items()},
        "investors": investors.record() if investors else None,
    }
    RESULTS.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_readme(table: str) -> None:
    path = ROOT / "README.md"
    before, rest = path.read_text("utf-8").split(FIGURES_START)
    after = rest.split(FIGURES_END)[1]
    path.write_text(f"{before}{FIGURES_START}\n{table}\n{FIGURES_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
