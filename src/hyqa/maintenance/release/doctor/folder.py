"""What is wrong with the folder of an index: torn snapshots, a lost pointer, what nobody needs."""

import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from hyqa.index.calibration import FILE as CALIBRATION
from hyqa.index.snapshots import SnapshotInfo, list_snapshots, snapshot_name
from hyqa.index.snapshots.files import TEMPORARY
from hyqa.index.snapshots.manifest import Manifest
from hyqa.index.snapshots.writing import STAGE
from hyqa.maintenance.release.doctor.findings import Ailment, Finding, advice, fault
from hyqa.maintenance.release.doctor.remedies import remedy
from hyqa.maintenance.release.keeping import FOLDER as OUTCOMES
from hyqa.maintenance.release.keeping import forgotten
from hyqa.types.errors import SnapshotError

ABANDONED = 3600
"""Seconds after which what a build writes into is what one left that was killed."""
_OWN = {"CURRENT", CALIBRATION, OUTCOMES, "history.jsonl"}
_OWN |= {f"{lock}.{kind}" for lock in ("build", "switch") for kind in ("lock", "holder")}
_PASSING = (STAGE, TEMPORARY, "CURRENT", CALIBRATION)
"""How names begin of what a build or a switch writes for a moment."""


def folder_findings(root: Path, encoder: str, moment: datetime) -> Iterator[Finding]:
    """Look at the folder of an index and at its snapshots, whether they can be opened or not.

    Args:
        root: the folder.
        encoder: name of the encoder that would be used.
        moment: the present, in UTC.
    """
    snapshots = list_snapshots(root)
    current = snapshot_name(root)
    if not any(one.name == current for one in snapshots):
        yield _without_index(root, current, snapshots)
    for one in snapshots:
        yield from _snapshot(root, one, encoder)
    names = {one.name for one in snapshots}
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if path.name not in names | _OWN:
            yield from _stranger(path, moment.timestamp())
    for path in forgotten(root):
        sentence = "it tells what a snapshot replied that is no longer there"
        yield advice(Ailment.ORPHAN, str(path), sentence, f"rm {shlex.quote(str(path))}")


def _without_index(root: Path, current: str, snapshots: tuple[SnapshotInfo, ...]) -> Finding:
    """That no snapshot is in force, with the way to one."""
    whole = [one.name for one in snapshots if one.whole]
    if not whole:
        sentence = "no snapshot is in force, and there is none: nothing can be asked"
        return fault(Ailment.NO_INDEX, str(root), sentence, remedy("index", index=root))
    named = f"CURRENT names {current}, which is not there" if current else "CURRENT names none"
    sentence = f"no snapshot is in force, as {named}: nothing can be asked"
    return fault(Ailment.NO_INDEX, str(root), sentence, remedy("rollback", whole[0], index=root))


def _snapshot(root: Path, one: SnapshotInfo, encoder: str) -> Iterator[Finding]:
    if not one.whole:
        yield _torn(root, one)
        return
    try:
        manifest = Manifest.load(root / one.name)
    except SnapshotError as error:
        command = remedy("index", index=root) if one.in_force else _remove(root / one.name)
        make = fault if one.in_force else advice
        yield make(Ailment.OTHER_FORMAT, one.name, str(error), command)
        return
    if one.in_force and manifest.encoder != encoder:
        sentence = (
            f"it was made with {manifest.encoder}, and {encoder} is chosen: it cannot be asked"
        )
        yield fault(Ailment.FOREIGN_ENCODER, one.name, sentence, remedy("index", index=root))


def _torn(root: Path, one: SnapshotInfo) -> Finding:
    if one.in_force:
        sentence = "it is in force, and its files are not what was written: it is refused"
        return fault(Ailment.TORN, one.name, sentence, remedy("index", index=root))
    sentence = "its files are not what was written: nothing can go back to it"
    return advice(Ailment.TORN, one.name, sentence, _remove(root / one.name))


def _stranger(path: Path, seconds: float) -> Iterator[Finding]:
    passing = path.name.startswith(_PASSING)
    if not passing:
        yield advice(Ailment.ORPHAN, str(path), "it is nothing of hyqa's: move it elsewhere")
    elif seconds - path.stat().st_mtime > ABANDONED:
        yield advice(Ailment.ORPHAN, str(path), "a build that was killed left it", _remove(path))


def _remove(path: Path) -> str:
    return f"rm -r {shlex.quote(str(path))}"
