"""The bot in a simulated world: ``python -m benchmarks.bot_simulation``.

The bot's own code answers simulated people through a simulated Telegram, over a disk that fills
and a clock that jumps, in a time that is made up: a run of minutes takes a tenth of a second.
All that happens in a run follows from its seed, so that ``--seed N`` shows a run again: what
happened, what the bot logged, and which rules did not hold. Without it many seeds are run, and
those that broke a rule are listed. The rules stand in tests/bot/simulation/checking.py.
"""

import argparse
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "bot"))

from simulation.checking import OUTSTANDING, RULES, named  # noqa: E402 - the tests' modules are no package
from simulation.stage import Broken, stage  # noqa: E402

CHUNK = 250
"""Seeds that a process runs over one corpus."""


def tell(seed: int) -> bool:
    """Print the story of a run; says whether all held."""
    with stage() as made:
        world, broken = made.run(seed)
    print("\n".join(world.story))
    print("\nThe bot's log:\n" + world.log.getvalue())
    for rule, found in broken:
        print(f"broken: {rule}: {found}")
    return not broken


def run(seeds: range) -> dict[int, Broken]:
    """Run seeds; gives those that broke a rule."""
    with stage() as made:
        found = {seed: made.run(seed)[1] for seed in seeds}
    return {seed: broken for seed, broken in found.items() if broken}


def report(found: dict[int, Broken], count: int, seconds: float) -> None:
    """Print how often which rule was broken, and by which seeds."""
    seeds: dict[str, list[int]] = defaultdict(list)
    for seed, broken in found.items():
        for rule in dict(broken):
            seeds[rule].append(seed)
    print("| rule | seeds that broke it | the first of them |\n| --- | --- | --- |")
    for name in map(named, RULES):
        first = ", ".join(map(str, sorted(seeds[name])[:8]))
        mark = " (outstanding)" if name in OUTSTANDING else ""
        print(f"| {name}{mark} | {len(seeds[name])} | {first} |")
    print(f"\n{count} seeds in {seconds:.0f} s")


def main() -> int:
    """Run one seed or many."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, help="show this run")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    if options.seed is not None:
        return 0 if tell(options.seed) else 1
    began, end = time.monotonic(), options.first + options.seeds
    chunks = [range(at, min(at + CHUNK, end)) for at in range(options.first, end, CHUNK)]
    found: dict[int, Broken] = {}
    with ProcessPoolExecutor(options.processes) as pool:
        for part in pool.map(run, chunks):
            found |= part
    report(found, options.seeds, time.monotonic() - began)
    broken = {rule for one in found.values() for rule, _ in one} - set(OUTSTANDING)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
