"""Kills the bot at random moments under load: ``python -m benchmarks.bot_kill``.

People ask all the time through the strict stand-in for Telegram that the tests use; the bot, in
a process of its own, is killed with SIGKILL so often, and started again each time. At the end it
is counted whose question was never answered, who was answered twice because of which kill, and
what in the database does not fit together.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "bot"), str(ROOT / "tests")]

from corpus import write_documents  # noqa: E402 - the tests' modules are no package
from killing import Outcome, kill_at_random  # noqa: E402
from standin.server import TelegramServer  # noqa: E402

from hyqa import HashEncoder, build_index  # noqa: E402


async def run(folder: Path, kills: int, seed: int) -> Outcome:
    """Kill so often over a small corpus."""
    build_index(write_documents(folder / "documents"), folder / "index", HashEncoder())
    server = TelegramServer()
    await server.start()
    try:
        database = f"sqlite:///{folder}/bot.sqlite"
        return await kill_at_random(server, folder / "index", database, kills=kills, seed=seed)
    finally:
        await server.stop()


def main() -> None:
    """Run, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(Path(folder), options.kills, options.seed))
    print("| figure | asked for | reached |\n| --- | --- | --- |")
    doubled = outcome.doubled
    print(f"| questions asked, kills | | {outcome.asked}, {options.kills} |")
    print(f"| lost | 0 | {outcome.lost} |")
    print(f"| answered twice, most of one kill | 1 | {max(doubled)} |")
    print(f"| answered twice over all | at most {options.kills} | {sum(doubled)} |")
    print(f"| contradictions in the database | 0 | {len(outcome.contradictions)} |")
    for line in outcome.contradictions:
        print(line)


if __name__ == "__main__":
    main()
