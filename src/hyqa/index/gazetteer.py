"""The gazetteer of a corpus's glossary, as an index keeps it, and which places are the corpus's own."""

import json
from dataclasses import asdict
from pathlib import Path

from hyqa.index.sparse import SparseIndex
from hyqa.text.names import Gazetteer
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

HOME_SHARE = 0.2
"""A place that more of the chunks name is where the corpus is at home: each question means it."""
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


def is_home(name: str, sparse: SparseIndex) -> bool:
    """Say whether a name is the corpus's own: more than ``HOME_SHARE`` of the chunks hold it."""
    token = sparse.token_of(name) if name.isascii() else f"_{name[:2]}"
    return sparse.share(token) > HOME_SHARE


def homes_of(gazetteer: Gazetteer, sparse: SparseIndex) -> tuple[str, ...]:
    """Find the corpus's own places, in both scripts; () where it has none."""
    return tuple(sorted(name for name in gazetteer.places if is_home(name, sparse)))
