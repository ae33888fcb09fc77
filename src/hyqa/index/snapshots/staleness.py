"""Whether the snapshot in force is still what its corpus gives, without opening more than its manifest.

A command that finds nothing to do loads this, and neither search nor encoders.
"""

from dataclasses import replace
from pathlib import Path

from hyqa.index.snapshots.manifest import Kept, Manifest
from hyqa.index.snapshots.pointer import current_snapshot, find_snapshot
from hyqa.index.snapshots.writing import check_whole
from hyqa.parsing.corpus.fingerprint import corpus_fingerprint
from hyqa.parsing.formats import parser_versions
from hyqa.types.errors import SnapshotError


def is_stale(
    corpus: Path,
    root: Path,
    encoder_name: str,
    *,
    glossary: Path | None = None,
    snapshot: str | None = None,
    originals: Path | None = None,
) -> bool:
    """Say whether an index of a corpus would be another one if it were built now.

    Args:
        corpus: a folder of documents, or one file.
        root: folder of snapshots.
        encoder_name: name of the encoder that would be used.
        glossary: a glossary in the place of the corpus's own.
        snapshot: name of another snapshot than that in force.
        originals: a folder of originals that is indexed with it.
    """
    try:
        manifest = Manifest.load(whole_snapshot(root, snapshot))
    except SnapshotError:
        return True
    fresh = Manifest(
        encoder=encoder_name,
        dimension=manifest.dimension,
        corpus=corpus_fingerprint(corpus, glossary, originals),
        documents=manifest.documents,
        chunks=manifest.chunks,
        parsers=dict(parser_versions()),
    )
    return replace(manifest, kept=()) != fresh


def whole_snapshot(root: Path, snapshot: str | None = None) -> Path:
    """Find the folder of the snapshot in force, or of another one, and make sure that it is whole.

    Raises:
        SnapshotError: when there is none, it is damaged, or was made with another tokenizer.
    """
    folder = current_snapshot(root) if snapshot is None else find_snapshot(root, snapshot)
    Manifest.load(folder)  # one of another hyqa is refused as that, rather than as damaged
    check_whole(folder)
    return folder


def kept_documents(root: Path) -> tuple[Kept, ...]:
    """List the documents of the snapshot in force whose files could not be read any more.

    Raises:
        SnapshotError: when there is none, it is damaged, or was made with another tokenizer.
    """
    return Manifest.load(current_snapshot(root)).kept
