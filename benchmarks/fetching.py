"""Fetches from a host that misbehaves, a kind at a time: ``python -m benchmarks.fetching``.

Prints a line for each kind with what came of it, and counts the faults: a hang, a version that was
lost, a wrong one in force, a request to an address that is not public.

Measured in November 2026: 87 kinds; 0 hangs, 0 lost, 0 wrong, 0 private.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from sources.cases import CASES
from sources.proving import Proof, prove

from hyqa.parsing import Readers

FAULTS = ("hangs", "lost", "wrong", "private")


def _line(proof: Proof) -> str:
    faults = [name for name in FAULTS if getattr(proof, name)]
    came = proof.looked.reason or proof.looked.outcome if proof.looked else "nothing"
    verdict = ", ".join(faults) or "ok"
    return f"| {proof.case.name} | {came} | {proof.seconds:.1f} | {verdict} |"


def main() -> int:
    """Run all kinds; 1 where one of them ends in a fault."""
    print("| what the host does | what came of it | seconds | verdict |\n| --- | --- | --- | --- |")
    proofs: list[Proof] = []
    with Readers() as readers:
        for case in CASES:
            with tempfile.TemporaryDirectory() as folder:
                proofs.append(prove(case, Path(folder), readers))
            print(_line(proofs[-1]), flush=True)
    counts = ", ".join(f"{sum(getattr(one, name) for one in proofs)} {name}" for name in FAULTS)
    print(f"\n{len(proofs)} kinds of misbehaviour: {counts}")
    return 0 if all(proof.is_good for proof in proofs) else 1


if __name__ == "__main__":
    sys.exit(main())
