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
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import faiss

from benchmarks.bot_branches import MUTANTS, Mutant
from benchmarks.bot_swapping import swap

ROOT = Path(__file__).parents[1]
SEEDS = Path(__file__).with_suffix(".json")
sys.path.insert(0, str(ROOT / "tests" / "bot"))

from simulation.faults import OF_DATABASE, Fault, Lot, draw  # noqa: E402 - the tests' modules are no package
from simulation.stage import Stage, stage  # noqa: E402

WARM = 6
"""Runs before the first mutant: what takes long and is always the same is remembered from them."""
OCCASIONS: dict[str, Callable[[Lot], bool]] = {
    "": lambda lot: True,
    "nothing can be sent": lambda lot: lot.lasts(Fault.SENDING),
    "the database fails": lambda lot: lot.lasts(*OF_DATABASE),
    "polls fail": lambda lot: lot.lasts(Fault.CONFLICT, Fault.SILENT, Fault.BAD_GATEWAY),
    "a clock set back": lambda lot: any(seconds < 0 for _, seconds in lot.plan.jumps),
    "a silent week": lambda lot: lot.plan.anew is not None,
    "mishaps": lambda lot: lot.plan.mishap > 0,
    "a busy machine": lambda lot: lot.is_busy,
}
"""Kinds of runs by what their seed decides."""
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


def runs_of(mutant: Mutant, search: int) -> Iterator[Run]:
    """Runs that may find a mutant: the one that did; to search, those that found others come next.

    Of all seeds that suit it, each fourth one runs once more in a world that refuses for good.
    """
    known = recorded()
    if mutant.name in known:
        yield Run(known[mutant.name].seed, known[mutant.name].refused)
    if not search:
        return
    if not mutant.where:
        yield from sorted({Run(one.seed, one.refused) for one in known.values()})
    suits = OCCASIONS[mutant.where]
    suiting = (seed for seed in range(search * 100) if suits(draw(seed)))
    for number, seed in enumerate(islice(suiting, search)):
        yield from [Run(seed)] + [Run(seed, REFUSED)] * (number % 4 == 2)


def try_out(made: Stage, mutant: Mutant, search: int, told: Connection) -> None:
    """Make runs of a mutant, in a process of its own; tell of the first that breaks a rule."""

    def give_up(number: int, frame: FrameType | None) -> None:
        told.send(Finding(run.seed, run.refused, "it never ends"))
        os._exit(0)

    text = (ROOT / mutant.path).read_text("utf-8")
    if not swap(mutant.path, text.replace(mutant.line, mutant.instead, 1), ROOT):
        raise ValueError("nothing is changed")
    signal.signal(signal.SIGVTALRM, give_up)
    for run in runs_of(mutant, search):
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        if broken := made.run(*run)[1]:
            told.send(Finding(run.seed, run.refused, broken[0][0]))
            return


def found(made: Stage, mutant: Mutant, search: int) -> Finding | None:
    """The first run that breaks a rule by a mutant; None if none does.

    Raises:
        SystemExit: The mutant is none: its line is gone, or the simulation does not even start.
    """
    if mutant.line not in (ROOT / mutant.path).read_text("utf-8"):
        raise SystemExit(f"{mutant.path} no longer says: {mutant.line}")
    forking = get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    process = forking.Process(target=try_out, args=(made, mutant, search, theirs))
    process.start()
    theirs.close()
    finding = _heard(ours)
    process.join()
    if process.exitcode:
        raise SystemExit(f"The simulation ends by an error: {mutant.name}")
    return finding


def _heard(ours: Connection) -> Finding | None:
    try:
        told: Finding = ours.recv()
    except EOFError:
        return None
    return told


def missed(mutants: list[Mutant], search: int) -> int:
    """Try mutants and print what found each; gives how many are not found."""
    count = 0
    faiss.omp_set_num_threads(1)  # the threads of OpenMP do not outlive a fork
    with stage() as made:
        for seed in range(WARM):
            made.run(seed)
        made.close()
        print("| branch | seed | refused | rule |\n| --- | --- | --- | --- |", flush=True)
        for mutant in mutants:
            finding = found(made, mutant, search)
            if finding and search:
                record(recorded() | {mutant.name: finding})
            count += finding is None
            told = finding or ("", "", "**nothing**")
            print("|", mutant.name, "|", *(f"{one} |" for one in told), flush=True)
    return count


def main() -> int:
    """Try all mutants, and print which are found by what."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--search", type=int, default=0, help="look for seeds, among so many")
    parser.add_argument("--new", action="store_true", help="those that no seed is known of")
    parser.add_argument("--only", default="", help="mutants whose name contains this")
    options = parser.parse_args()
    known = recorded() if options.new else {}
    chosen = [one for one in MUTANTS if options.only in one.name and one.name not in known]
    return 1 if missed(chosen, options.search) else 0


if __name__ == "__main__":
    sys.exit(main())
