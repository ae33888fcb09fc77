"""Measure what the tests would notice: the share of small faults, made on purpose, that they find.

    python -m benchmarks.mutants TREE --modules PATH [PATH ...] --tests PATH [PATH ...] [--number N]

TREE is a checkout of its own (a copy or `git worktree add`), for its files are changed and put back.
Of all mutants that cosmic-ray makes of the modules (extra `mutation`), N are drawn by a fixed seed
and each is tested with those of the tests that need no model; a mutant is killed where they fail or take longer than TIMEOUT.
What remains is printed, to be read: a mutant may be the same program in other words.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

TIMEOUT = 300.0
"""Seconds after which a mutant counts as killed: it runs on for ever."""
SEED = 16
_CONFIG = """\
[cosmic-ray]
module-path = {modules}
timeout = {timeout}
excluded-modules = []
test-command = {command}

[cosmic-ray.distributor]
name = "local"
"""


def measure(
    tree: Path, modules: Sequence[str], tests: Sequence[str], number: int, session: Path
) -> tuple[int, list[str]]:
    """Draw mutants and test each.

    Args:
        tree: the checkout that is mutated.
        modules: files and folders in it that mutants are made of.
        tests: what pytest is given.
        number: how many mutants are drawn.
        session: a file that is made, of cosmic-ray's own form.

    Returns:
        How many were killed, and a line for each that survived.
    """
    command = (
        f"{sys.executable} -m pytest -x -q -p no:cacheprovider -m 'not model' {' '.join(tests)}"
    )
    config = session.with_suffix(".toml")
    config.write_text(
        _CONFIG.format(
            modules=json.dumps(list(modules)), timeout=TIMEOUT, command=json.dumps(command)
        ),
        encoding="utf-8",
    )
    _run(tree, "init", str(config), str(session))
    _draw(session, number)
    _run(tree, "exec", str(config), str(session))
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "select module_path, operator_name, start_pos_row, test_outcome from mutation_specs"
            " join work_results using (job_id)"
        ).fetchall()
    survived = [f"{path}:{row} {name}" for path, name, row, outcome in rows if "SURV" in outcome]
    return len(rows) - len(survived), survived


def _draw(session: Path, number: int) -> None:
    """Keep a random sample of the mutants of a session."""
    with sqlite3.connect(session) as database:
        jobs = [job for (job,) in database.execute("select job_id from work_items order by job_id")]
        specs = database.execute(
            "select module_path, start_pos_row, start_pos_col, operator_name, occurrence, job_id"
            " from mutation_specs order by 1, 2, 3, 4, 5"
        ).fetchall()
        kept = {spec[-1] for spec in random.Random(SEED).sample(specs, min(number, len(specs)))}
        dropped = [(job,) for job in jobs if job not in kept]
        database.executemany("delete from mutation_specs where job_id = ?", dropped)
        database.executemany("delete from work_items where job_id = ?", dropped)


def _run(tree: Path, *arguments: str) -> None:
    subprocess.run(["cosmic-ray", *arguments], cwd=tree, check=True)


def main() -> None:
    """Measure, and print the share and what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("tree", type=Path)
    parser.add_argument("--modules", nargs="+", required=True)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--number", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        session = Path(folder) / "session.sqlite"
        killed, survived = measure(
            options.tree.resolve(), options.modules, options.tests, options.number, session
        )
    print("\n".join(sorted(survived)))
    print(f"{killed} of {killed + len(survived)} mutants killed")


if __name__ == "__main__":
    main()
