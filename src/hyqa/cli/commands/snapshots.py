"""``hyqa snapshots`` and ``hyqa rollback``: what an index was, and going back to it."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime

from hyqa.answer.contract import Record
from hyqa.cli.arguments import Commands
from hyqa.cli.output import say, say_json
from hyqa.index.snapshots import SnapshotInfo, list_snapshots, rollback
from hyqa.types.errors import SnapshotError

_SNAPSHOTS_EPILOG = """\
The snapshot that was built last stands first. Each has its name, when it was built, when it came
into force last, documents, passages, what it is, and what made it so. The one in force and the one
before it stay; so do the five newest, and the newest of each of the last seven days with any.
"""
_ROLLBACK_EPILOG = """\
It takes effect at once: running bots and pages follow without a restart. `hyqa index --if-stale`
then builds nothing, and says so, until documents, encoder or readers change.
"""


def add_snapshots(commands: Commands) -> None:
    """Add ``hyqa snapshots``."""
    parser = commands.add(
        "snapshots", snapshots, "list the snapshots of the index", epilog=_SNAPSHOTS_EPILOG,
        encoder=False,
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print a line of JSON a snapshot")


def add_rollback(commands: Commands) -> None:
    """Add ``hyqa rollback``."""
    parser = commands.add(
        "rollback", roll_back, "put an older snapshot in force again", epilog=_ROLLBACK_EPILOG,
        encoder=False,
    )  # fmt: skip
    parser.add_argument(
        "snapshot",
        metavar="SNAPSHOT",
        nargs="?",
        help="its name, or how that begins: `hyqa snapshots` (the one before)",
    )


def snapshots(options: Namespace) -> int:
    """Print a line a snapshot; a damaged one makes the exit code 1."""
    found = list_snapshots(options.index)
    if not found:
        raise SnapshotError(f"There is no index in {options.index}: run `hyqa index` to build one.")
    for one in found:
        if options.json:
            say_json(_record(one))
        else:
            say(_line(one))
    return 0 if all(one.whole for one in found) else 1


def roll_back(options: Namespace) -> int:
    """Put an older snapshot in force."""
    name = rollback(options.index, options.snapshot, origin="hyqa rollback")
    say(f"The snapshot {name} is in force in {options.index}.")
    return 0


def _record(one: SnapshotInfo) -> Record:
    published = one.published.isoformat(timespec="seconds") if one.published else None
    times: Record = {"built": one.built.isoformat(timespec="seconds"), "published": published}
    return {**asdict(one), **times}


def _line(one: SnapshotInfo) -> str:
    parts = [
        one.name,
        f"built {_minute(one.built)}",
        f"in force from {_minute(one.published)}" if one.published else "never in force",
        f"{one.documents} documents",
        f"{one.passages} passages",
        _standing(one),
        one.origin,
    ]
    return "  ".join(filter(None, parts))


def _standing(one: SnapshotInfo) -> str:
    standings = [
        "in force" if one.in_force else "",
        "the one before" if one.before else "",
        "" if one.whole else "damaged",
    ]
    return ", ".join(filter(None, standings))


def _minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
