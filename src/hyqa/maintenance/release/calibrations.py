"""What becomes of the models of confidence when an index is built anew: they are kept, by rule.

They belong to the folder of an index, not to one of its snapshots: a rollback leaves them as they are.
A build never fits them: it would be fitted on what it is judged by. Other documents hardly move them, as
their features are relative to the corpus; another encoder or another way to cut passages does.
"""

from pathlib import Path

from hyqa.index.build import Index
from hyqa.index.calibration import FILE, NAMES
from hyqa.index.snapshots.manifest import Manifest

REFIT = "fit it again by `hyqa calibrate QUESTIONS`"


def calibration_kept(root: Path, before: Manifest | None, index: Index) -> str:
    """Say in a sentence what becomes of the calibration.

    Args:
        root: folder of the index.
        before: of the snapshot in force, None where there is none.
        index: the new snapshot.
    """
    if not (root / FILE).exists():
        return f"kept: the one that comes with hyqa, as there is no {FILE} beside the index"
    after = index.manifest
    fitted = ", ".join(f"{name} on {index.calibration.models[name].questions}" for name in NAMES)
    told = f"kept: fitted by `hyqa calibrate` ({fitted} questions)"
    if before and before.encoder != after.encoder:
        return f"{told}, but with the encoder {before.encoder}: {REFIT}"
    if before and before.chunking != after.chunking:
        return f"{told}, but on passages cut as {before.chunking}: {REFIT}"
    return told
