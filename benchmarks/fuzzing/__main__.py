"""Fuzzes the parsers in turn, each for its share of the time.

    python -m benchmarks.fuzzing FOLDER --minutes 60 [--formats .pdf .docx]

It takes one core. Inputs that found something are in FOLDER, each beside the reason why.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.fuzzing.seeds import seeds

ROUND = 150
"""Seconds that a format gets before it is the next one's turn."""


def _fuzz(suffix: str, seconds: int, folder: Path) -> dict[str, float]:
    """Fuzzes one format for a while, started anew whenever an input ends the process."""
    total = dict.fromkeys(("runs", "read", "cpu", "ended"), 0.0)
    until = time.monotonic() + seconds
    while (left := int(until - time.monotonic())) > 5:
        figures = folder / f"figures{suffix}.json"
        figures.unlink(missing_ok=True)
        with (folder / f"log{suffix}.txt").open("ab") as log:
            command = [
                sys.executable,
                "-m",
                "benchmarks.fuzzing.one",
                suffix,
                str(left),
                str(folder),
            ]
            ended = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
        if figures.exists():
            for name, value in json.loads(figures.read_text()).items():
                if name in total:
                    total[name] += value
        total["ended"] += ended != 0
    return total


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="folder of what is found")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--formats", nargs="+", default=[*seeds()], choices=[*seeds()])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.nice(10)
    totals = {
        suffix: dict.fromkeys(("runs", "read", "cpu", "ended"), 0.0) for suffix in options.formats
    }
    until = time.monotonic() + 60 * options.minutes
    while time.monotonic() < until:
        for suffix in options.formats:
            seconds = int(min(ROUND, until - time.monotonic()))
            for name, value in _fuzz(suffix, seconds, options.folder).items():
                totals[suffix][name] += value
            (options.folder / "totals.json").write_text(json.dumps(totals, indent=1))
    found = len(list(options.folder.glob("*.why")))
    for suffix, total in totals.items():
        print(suffix, *(f"{name} {value:.0f}" for name, value in total.items()))
    print(f"{sum(t['cpu'] for t in totals.values()) / 60:.1f} minutes of CPU, {found} findings")


if __name__ == "__main__":
    main()
