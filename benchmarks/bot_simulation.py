"""The bot in a simulated world: ``python -m benchmarks.bot_simulation``.

The bot's own code answers simulated people through a simulated Telegram, over a disk that fills
and a clock that jumps, in a time that is made up: a run of minutes takes a tenth of a second.
All that happens in a run follows from its seed, so that ``--seed N`` shows a run again: what
happened, what the bot logged, and which rules did not hold. Without it many seeds are run, and
those that broke a rule are listed. The rules stand in tests/bot/simulation/checking.py. A night of
it may be broken off and taken up again::

    python -m benchmarks.bot_simulation --seeds 20000 --processes 2 --keep seeds.jsonl
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "bot"))

from simulation.checking import OUTSTANDING, RULES, named  # noqa: E402 - the tests' modules are no package
from simulation.stage import Broken, stage  # noqa: E402

Found = dict[int, Broken]
"""Seeds that broke a rule, and what did not hold."""
DIGEST = "all of it, as one number: "
CHUNK = 100
"""Seeds that a process runs over one corpus; then they are noted, where that is asked for."""


def tell(seed: int, refused: float) -> bool:
    """Print the story of a run; says whether all held."""
    with stage() as made:
        world, broken = made.run(seed, refused)
    print("\n".join(world.story))
    print("\nThe bot's log:\n" + world.log.getvalue())
    print(f"\n{DIGEST}{world.digest()}")
    for rule, found in broken:
        print(f"broken: {rule}: {found}")
    return not broken


def run(first: int, end: int) -> Found:
    """Run seeds; gives those that broke a rule."""
    with stage() as made:
        found = {seed: made.run(seed)[1] for seed in range(first, end)}
    return {seed: broken for seed, broken in found.items() if broken}


class Notes:
    """What was run already: a line of JSON for each chunk, so that a night may be broken off.

    Args:
        path: of the file; None to keep nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.chunks: dict[tuple[int, int], Found] = {}
        """What was found by the first seed and the one after the last."""
        if path is not None and path.exists():
            for line in path.read_text("utf-8").splitlines():
                kept = json.loads(line)
                found = {int(seed): broken for seed, broken in kept["found"].items()}
                self.chunks[kept["first"], kept["end"]] = found

    def add(self, first: int, end: int, found: Found) -> None:
        """Note what came of a chunk."""
        self.chunks[first, end] = found
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"first": first, "end": end, "found": found}) + "\n")


def run_all(chunks: list[tuple[int, int]], processes: int, until: float, notes: Notes) -> None:
    """Run chunks, each noted when it is done; none begins after a time."""
    left = iter(chunks)
    with ProcessPoolExecutor(processes) as pool:
        begun: dict[Future[Found], tuple[int, int]] = {}
        while True:
            while len(begun) < processes and time.monotonic() < until and (one := next(left, None)):
                begun[pool.submit(run, *one)] = one
            if not begun:
                return
            for done in wait(begun, return_when=FIRST_COMPLETED).done:
                notes.add(*begun.pop(done), done.result())


def report(notes: Notes, wanted: list[tuple[int, int]]) -> bool:
    """Print how often which rule was broken, and by which seeds; says whether all held."""
    seeds: dict[str, list[int]] = defaultdict(list)
    done = [one for one in wanted if one in notes.chunks]
    for one in done:
        for seed, broken in notes.chunks[one].items():
            for rule in dict(broken):
                seeds[rule].append(seed)
    print("| rule | seeds that broke it | the first of them |\n| --- | --- | --- |")
    for name in map(named, RULES):
        first = ", ".join(map(str, sorted(seeds[name])[:8]))
        mark = " (outstanding)" if name in OUTSTANDING else ""
        print(f"| {name}{mark} | {len(seeds[name])} | {first} |")
    print(f"\n{sum(end - first for first, end in done)} seeds were run")
    return not set(seeds) - set(OUTSTANDING)


def main() -> int:
    """Run one seed or many."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, help="show this run")
    parser.add_argument("--refused", type=float, default=0.0, help="share of messages, with --seed")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin nothing after")
    parser.add_argument("--keep", type=Path, help="file of what was run: it is not run once more")
    options = parser.parse_args()
    if options.seed is not None:
        return 0 if tell(options.seed, options.refused) else 1
    began, end = time.monotonic(), options.first + options.seeds
    wanted = [(at, min(at + CHUNK, end)) for at in range(options.first, end, CHUNK)]
    notes = Notes(options.keep)
    left = [one for one in wanted if one not in notes.chunks]
    run_all(left, options.processes, began + options.minutes * 60, notes)
    fresh = sum(last - first for first, last in left if (first, last) in notes.chunks)
    held = report(notes, wanted)
    seconds = time.monotonic() - began
    print(f"{fresh} of them just now, in {seconds:.0f} s: {60 * fresh / seconds:.0f} a minute")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
