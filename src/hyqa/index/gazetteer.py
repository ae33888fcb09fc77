"""The gazetteer of a corpus's glossary, as an index keeps it."""

import json
from dataclasses import asdict
from pathlib import Path

from hyqa.errors import DAMAGED_INDEX, SnapshotError
from hyqa.text.names import Gazetteer

_FILE = "gazetteer.json"


def write_gazetteer(folder: Path, gazetteer: Gazetteer) -> None:
    """Store a gazetteer in a snapshot's folder."""
    record = {name: list(words) for name, words in asdict(gazetteer).items()}
    record["places"].sort()  # a set has no order, and the snapshot is named by its content
    (folder / _FILE).write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read what :func:`write_gazetteer` wrote.

    Raises:
        SnapshotError: when the file is missing or damaged.
    """
    try:
        record = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        words = {name: tuple(map(str, words)) for name, words in record.items()}
        return Gazetteer(places=frozenset(words.pop("places")), **words)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SnapshotError(DAMAGED_INDEX) from error
