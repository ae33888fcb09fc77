"""Opening a snapshot of an index."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hyqa.index.calibration import Calibration, calibration_of
from hyqa.index.dense import DenseIndex
from hyqa.index.foreseen import ForeseenIndex, ParkQuestions
from hyqa.index.gazetteer import homes_of, read_gazetteer
from hyqa.index.lexicon import Lexicon
from hyqa.index.snapshots import snapshot_name
from hyqa.index.snapshots.directories import CHAINS, PARKS, read_directory
from hyqa.index.snapshots.manifest import Manifest
from hyqa.index.snapshots.staleness import whole_snapshot
from hyqa.index.sparse import SparseIndex
from hyqa.index.store import Store, Validity
from hyqa.index.translation import Translations
from hyqa.models import Vectors
from hyqa.text.names import Gazetteer, Names
from hyqa.types import Directory
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

_opening = threading.Lock()
"""Held while files are opened: numpy reads their heads by ``ast.literal_eval``, of which CPython 3.11
may fail two in two threads (SystemError: AST constructor recursion depth mismatch)."""


@dataclass(frozen=True, slots=True)
class Index:
    """An opened snapshot; it stays whole when another becomes current."""

    manifest: Manifest
    store: Store
    dense: DenseIndex
    sparse: SparseIndex
    validity: Validity
    translations: Translations
    lexicon: Lexicon
    gazetteer: Gazetteer
    foreseen: ForeseenIndex
    language_gap: Vectors
    """Mean vector of the Chinese chunks less that of the English ones; 0 where one is missing. Its
    product with a question's vector is what the one language gains for being itself."""
    calibration: Calibration
    parks: Directory
    chains: Directory
    park_questions: ParkQuestions
    names: Names = field(init=False)
    """The proper names of the corpus in both languages."""
    homes: tuple[str, ...] = field(init=False)
    """The corpus's own places: those that much of it names, so that any question means them."""

    def __post_init__(self) -> None:
        names = (*self.lexicon.proper, *self.translations.terms.values())
        object.__setattr__(self, "names", Names(names))
        object.__setattr__(self, "homes", homes_of(self.gazetteer, self.sparse))


def open_index(root: Path, snapshot: str | None = None) -> Index:
    """Open the snapshot in force, or another one.

    Args:
        root: folder of the index.
        snapshot: name of another one than that in force, or how it begins.

    Raises:
        SnapshotError: when there is none, it is damaged, or was made with another tokenizer.
    """
    if snapshot is not None:
        return load_index(whole_snapshot(root, snapshot), root)
    name = snapshot_name(root)
    try:
        return load_index(whole_snapshot(root), root)
    except SnapshotError:
        if snapshot_name(root) == name:
            raise
    return open_index(root)  # another one came into force meanwhile, and the first was removed


def load_index(folder: Path, root: Path) -> Index:
    """Open a snapshot in its folder, or in the one where it is being written.

    Args:
        folder: of the snapshot.
        root: of the index, where a calibration of its own may be.

    Raises:
        SnapshotError: when parts of it are missing or do not fit.
    """
    with _opening:
        return _load(folder, root)


def _load(folder: Path, root: Path) -> Index:
    manifest = Manifest.load(folder)
    store = Store(folder)
    dense, sparse = DenseIndex.load(folder), SparseIndex.load(folder)
    translations = Translations(folder, sparse)
    validity = store.validity()
    gap = _language_gap(dense, validity)
    calibration = calibration_of(root)
    gazetteer = read_gazetteer(folder)
    lexicon = Lexicon(folder, gazetteer)
    index = Index(
        manifest=manifest,
        store=store,
        dense=dense,
        sparse=sparse,
        validity=validity,
        translations=translations,
        lexicon=lexicon,
        gazetteer=gazetteer,
        foreseen=ForeseenIndex(folder, store.chunk_count),
        language_gap=gap,
        calibration=calibration,
        parks=(parks := read_directory(folder, PARKS)),
        park_questions=ParkQuestions(folder, parks),
        chains=read_directory(folder, CHAINS),
    )
    sizes: Sequence[int] = (index.store.chunk_count, len(index.dense), len(index.sparse))
    if set(sizes) != {manifest.chunks} or index.dense.dimension != manifest.dimension:
        raise SnapshotError(DAMAGED_INDEX)
    return index


def _language_gap(dense: DenseIndex, validity: Validity) -> Vectors:
    chinese, english = np.flatnonzero(validity.chinese), np.flatnonzero(~validity.chinese)
    if not len(chinese) or not len(english) or len(validity.chinese) != len(dense):
        return np.zeros(dense.dimension, dtype=np.float32)
    return dense.centre(chinese) - dense.centre(english)
