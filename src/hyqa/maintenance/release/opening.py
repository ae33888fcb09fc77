"""Opening the snapshots that are compared, by whatever somebody calls them."""

from pathlib import Path

from hyqa.engine import Engine
from hyqa.index.build import open_index
from hyqa.index.snapshots import find_snapshot, list_snapshots, snapshot_name
from hyqa.maintenance.release.sides import Side
from hyqa.models import Encoder, Reranker
from hyqa.reading import reader_of
from hyqa.types.errors import HyqaError, SnapshotError

CURRENT, PREVIOUS = "current", "previous"
"""What the snapshot in force and the one before it may be called."""


def name_of(root: Path, called: str) -> str:
    """Find the whole name of a snapshot.

    Args:
        root: folder of the index.
        called: ``current``, ``previous``, or how the name begins.

    Raises:
        SnapshotError: when there is no such snapshot, or there are several.
    """
    if called == CURRENT:
        return find_snapshot(root, snapshot_name(root)).name
    if called == PREVIOUS:
        before = [one.name for one in list_snapshots(root, checked=False) if one.before]
        if not before:
            raise SnapshotError(f"No snapshot in {root} was in force before this one.")
        return before[0]
    return find_snapshot(root, called).name


def open_side(root: Path, name: str, encoder: Encoder, reranker: Reranker | None = None) -> Side:
    """Open a snapshot, with an engine where the encoder is the one that made it.

    Args:
        root: folder of the index.
        name: of the snapshot.
        encoder: the one at hand.
        reranker: a cross-encoder that was configured.

    Raises:
        SnapshotError: when it is damaged, or of another format.
    """
    index = open_index(root, name)
    made = index.manifest.encoder, index.manifest.dimension
    fits = made == (encoder.name, encoder.dimension)
    engine = Engine(index, encoder, reader_of(index, encoder, reranker)) if fits else None
    return Side(name, index, engine)


def side_in_force(
    root: Path, encoder: Encoder, reranker: Reranker | None = None
) -> tuple[Side | None, str]:
    """Open the snapshot in force, to compare another one with it.

    Returns:
        It, or None with the reason why it cannot be opened, '' where there is none.
    """
    name = snapshot_name(root)
    if not name:
        return None, ""
    try:
        return open_side(root, name, encoder, reranker), ""
    except HyqaError as error:
        return None, str(error)
