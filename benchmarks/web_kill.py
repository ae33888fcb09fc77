"""Kills the page at random moments while readers write to the desk: ``python -m benchmarks.web_kill``.

Eight readers put one question after another to the desk; the page, in a process of its own, is
killed with SIGKILL so often, and started again each time. The bot runs beside it over the same
database and brings letters to the strict stand-in for Telegram that the tests use. Half of the
readers send a form again whose answer never came. At the end it is counted which question that a
page said it had taken is not at the desk, or not on its private page, and which one is there twice.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "bot"), str(ROOT / "tests")]

from corpus import write_documents  # noqa: E402 - the tests' modules are no package
from dialogues.desk.page_killing import Outcome, kill_page_at_random  # noqa: E402
from standin.server import TelegramServer  # noqa: E402

from hyqa import HashEncoder, build_index  # noqa: E402


async def run(folder: Path, kills: int, seed: int) -> Outcome:
    """Kill so often over a small corpus."""
    build_index(write_documents(folder / "documents"), folder / "index", HashEncoder())
    server, state = TelegramServer(), folder / "state"
    state.mkdir()
    await server.start()
    try:
        return await kill_page_at_random(server, folder / "index", state, kills=kills, seed=seed)
    finally:
        await server.stop()


def main() -> None:
    """Run, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(Path(folder), options.kills, options.seed))
    print("| figure | asked for | reached |\n| --- | --- | --- |")
    print(
        f"| kills, questions written, taken | | {options.kills}, {outcome.asked}, {outcome.taken} |"
    )
    print(f"| forms sent a second time after a kill | | {outcome.again} |")
    print(f"| at the desk though a kill kept the page from saying so | | {outcome.unpromised} |")
    for name, found in (
        ("taken and not at the desk", outcome.lost),
        ("at the desk twice", outcome.doubled),
        ("taken and not on its private page", outcome.unopened),
        ("contradictions in the database", outcome.damage),
    ):
        print(f"| {name} | 0 | {len(found)} |", *found[:5])
    print(f"| pages of errors | 0 | {sum(outcome.statuses.values())} |", outcome.statuses or "")


if __name__ == "__main__":
    main()
