"""What became of questions, kept beside the snapshot that was asked: it need not be asked again."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from hyqa.answer.contract import dump
from hyqa.index.snapshots.files import write_whole
from hyqa.maintenance.release.replaying import Reply

FOLDER = "outcomes"
"""In the folder of an index: a file for each snapshot that was asked, named like it."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of questions by their keys, and the day as of which they were asked.

    ``whole`` names the rule by which all its passages were once cut again and found the same; '' where
    nobody looked. ``stood`` are the keys of answers for which nobody asked, as those of the snapshot
    before stood.
    """

    day: date
    replies: Mapping[str, Reply] = field(default_factory=dict)
    whole: str = ""
    stood: frozenset[str] = frozenset()


def read_kept(root: Path, snapshot: str) -> Kept | None:
    """Read what a snapshot replied; None where nobody asked it, or the file cannot be read.

    Args:
        root: folder of the index.
        snapshot: its name.
    """
    try:
        told = json.loads(_path(root, snapshot).read_text("utf-8"))
        replies = {key: _reply(fields) for key, fields in told["replies"].items()}
        whole, stood = str(told.get("whole", "")), frozenset(map(str, told.get("stood", ())))
        kept = Kept(date.fromisoformat(told["day"]), replies, whole, stood)
        return kept if told["format"] == _FORMAT else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def keep(root: Path, snapshot: str, kept: Kept) -> None:
    """Write what a snapshot replied, in one step, and forget what others that are gone did.

    What cannot be written costs time at the next build, and nothing else.
    """
    told: dict[str, object] = {
        "format": _FORMAT,
        "day": kept.day.isoformat(),
        "whole": kept.whole,
        "stood": sorted(kept.stood),
        "replies": {key: asdict(reply) for key, reply in kept.replies.items()},
    }
    with suppress(OSError):
        write_whole(_path(root, snapshot), f"{dump(told)}\n".encode())
        for path in forgotten(root):
            path.unlink(missing_ok=True)


def forgotten(root: Path) -> list[Path]:
    """List the files of snapshots that are no longer there."""
    folder = root / FOLDER
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in files if not (root / path.stem).is_dir()]


def _path(root: Path, snapshot: str) -> Path:
    return root / FOLDER / f"{snapshot}.json"


def _reply(fields: Mapping[str, object]) -> Reply:
    reply = Reply(**fields)  # type: ignore[arg-type]
    documents = tuple(map(str, reply.documents))
    return Reply(str(reply.status), documents, str(reply.words), reply.right, bool(reply.verbatim))
