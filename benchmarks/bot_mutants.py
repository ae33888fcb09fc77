"""Mutants of the branches that meet errors: ``python -m benchmarks.bot_mutants``.

Each mutant breaks one line of what the bot does when something fails (``bot_branches.py``), and a
run of the simulation breaks a rule by it: ``bot_mutants.json`` names the seed of one for each. A
mutant that its seed does not find tells of a simulation that has changed: ``--search 200`` looks
for another seed and writes it down; it may be broken off and taken up again. A mutant that no seed
finds tells of a branch that the simulation does not reach, or of a rule that is missing.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import alembic.command  # noqa: F401 - what takes long to import is imported once, for all mutants
import sqlalchemy.orm  # noqa: F401
import telegram.request  # noqa: F401

import hyqa
from benchmarks.bot_branches import MUTANTS, Mutant

ROOT = Path(__file__).parents[1]
SEEDS = Path(__file__).with_suffix(".json")
PARTS = ("bot", "storage", "tests/bot")
"""Folders of the copy that mutants are made in."""
PATIENCE = 30.0
"""Seconds of work for a run, which takes less than one: a mutant that makes it endless is found, too."""
REFUSED = 0.2
"""Share of formatted messages that are refused for good in a run of refusals."""


class Run(NamedTuple):
    """A run of the simulation."""

    seed: int
    refused: float = 0.0
    """Share of formatted messages that Telegram refuses for good."""


class Finding(NamedTuple):
    """A run that breaks a rule by a mutant."""

    seed: int
    refused: float
    rule: str


def recorded() -> dict[str, Finding]:
    """What found which mutant, by its name."""
    kept = json.loads(SEEDS.read_text("utf-8")) if SEEDS.exists() else {}
    return {name: Finding(*found) for name, found in kept.items()}


def record(findings: dict[str, Finding]) -> None:
    """Write down what found which mutant; what is no mutant any more is left out."""
    lines = [
        f"  {json.dumps(one.name)}: {json.dumps(list(findings[one.name]))}"
        for one in MUTANTS
        if one.name in findings
    ]
    SEEDS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def runs_of(name: str, search: int) -> list[Run]:
    """Runs that may find a mutant: the one that did; to search, those that found others come next.

    Of all seeds, each fourth one runs once more in a world that refuses messages for good.
    """
    known = recorded()
    runs = [Run(known[name].seed, known[name].refused)] if name in known else []
    if search:
        runs += sorted({Run(one.seed, one.refused) for one in known.values()})
        for seed in range(search):
            runs += [Run(seed)] + [Run(seed, REFUSED)] * (seed % 4 == 2)
    return list(dict.fromkeys(runs))


def try_out(folder: Path, runs: list[Run], told: Connection) -> None:
    """Make runs over the code of a folder, in a process of its own; tell of the first that fails."""
    sys.path[:0] = [str(folder), str(folder / "tests" / "bot")]
    from simulation.stage import stage  # the mutant's, as all that it imports

    def give_up(number: int, frame: FrameType | None) -> None:
        told.send(Finding(run.seed, run.refused, "it never ends"))
        os._exit(0)

    signal.signal(signal.SIGVTALRM, give_up)
    with stage() as made:
        for run in runs:
            signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
            if broken := made.run(*run)[1]:
                told.send(Finding(run.seed, run.refused, broken[0][0]))
                return


def found(mutant: Mutant, runs: list[Run], folder: Path) -> Finding | None:
    """The first run that breaks a rule by a mutant; None if none does.

    Raises:
        SystemExit: The mutant is none: its line is gone, or the simulation does not even start.
    """
    text = (ROOT / mutant.path).read_text("utf-8")
    if mutant.line not in text:
        raise SystemExit(f"{mutant.path} no longer says: {mutant.line}")
    target = folder / mutant.path
    target.write_text(text.replace(mutant.line, mutant.instead, 1), encoding="utf-8")
    forking = get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    process = forking.Process(target=try_out, args=(folder, runs, theirs))
    process.start()
    theirs.close()
    finding = _heard(ours)
    process.join()
    target.write_text(text, encoding="utf-8")
    if process.exitcode:
        raise SystemExit(f"The simulation ends by an error: {mutant.name}")
    return finding


def _heard(ours: Connection) -> Finding | None:
    try:
        told: Finding = ours.recv()
    except EOFError:
        return None
    return told


def copied(folder: Path) -> None:
    """Copy what the simulation is made of."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))


def missed(mutants: list[Mutant], search: int) -> int:
    """Try mutants and print what found each; gives how many are not found."""
    count = 0
    with tempfile.TemporaryDirectory() as name:
        copied(Path(name))
        print("| branch | seed | refused | rule |\n| --- | --- | --- | --- |", flush=True)
        for mutant in mutants:
            runs = runs_of(mutant.name, search)
            finding = found(mutant, runs, Path(name)) if runs else None
            if finding and search:
                record(recorded() | {mutant.name: finding})
            seed, refused, rule = finding or ("", "", "**nothing**")
            count += finding is None
            print(f"| {mutant.name} | {seed} | {refused} | {rule} |", flush=True)
    return count


def main() -> int:
    """Try all mutants, and print which are found by what."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--search", type=int, default=0, help="look for seeds, among so many")
    parser.add_argument("--new", action="store_true", help="those that no seed is known of")
    parser.add_argument("--only", default="", help="mutants whose name contains this")
    options = parser.parse_args()
    for name in ("Engine", "build_index"):  # loaded when they are first named: here, for all
        getattr(hyqa, name)
    known = recorded() if options.new else {}
    chosen = [one for one in MUTANTS if options.only in one.name and one.name not in known]
    return 1 if missed(chosen, options.search) else 0


if __name__ == "__main__":
    sys.exit(main())
