"""What becomes of documents that the snapshot in force holds: kept, changed, moved, or lost."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hyqa.index.duplicates import STANDS_FOR, Twin
from hyqa.index.snapshots.manifest import Kept, Manifest
from hyqa.index.snapshots.staleness import whole_snapshot
from hyqa.index.store import Store
from hyqa.parsing.formats import find_format
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import DocumentError, SnapshotError

LOST_SHARE, LOST_LEAST = 0.1, 5
"""More than this share of the documents, and no fewer than this number, vanish by mistake rather
than by will: a folder that was not mounted, a disk that was not synced."""
_REMARK = "its file cannot be read any more, and this is its last good version"


@dataclass(frozen=True, slots=True)
class Loss:
    """Documents that a snapshot does not hold any more, ``lost`` of ``known``."""

    lost: tuple[str, ...] = ()
    known: int = 0

    @property
    def is_great(self) -> bool:
        """Whether so many vanish by mistake rather than by will."""
        return len(self.lost) >= LOST_LEAST and len(self.lost) > LOST_SHARE * self.known


class Before:
    """The documents of the snapshot in force, as a build finds them.

    Where there is none that this hyqa reads, there are no documents. Close it after use.

    Args:
        root: folder of the index.
    """

    def __init__(self, root: Path) -> None:
        self._store: Store | None = None
        self._made: tuple[str, Path] | None = None
        try:
            folder = whole_snapshot(root)
            self._made = Manifest.load(folder).encoder, folder
            self._store = Store(folder)
            self.ids = frozenset(self._store.document_ids())
        except SnapshotError:
            self.ids = frozenset()

    def folder_by(self, encoder: str) -> Path | None:
        """The snapshot's folder where an encoder of this name made its vectors; None elsewhere."""
        return self._made[1] if self._made and self._made[0] == encoder else None

    def close(self) -> None:
        """Close its files."""
        if self._store:
            self._store.close()

    def last_good(
        self, read: Sequence[Document | ParseFailure]
    ) -> tuple[list[Document], list[ParseFailure], list[Kept]]:
        """Put the last good version in the place of each document that cannot be read any more.

        A record of JSON lines cannot be told by its line. Those that are gone while any such file
        fails stay as well.

        Args:
            read: what was read of the corpus, in its order.

        Returns:
            The documents in that order, what failed and has no last good version, and what was
            kept.
        """
        there = {one.id for one in read if isinstance(one, Document)}
        documents: list[Document] = []
        failures: list[ParseFailure] = []
        for one in read:
            if isinstance(one, Document):
                documents.append(one)
                continue
            stand_ins = list(self._stand_ins(one, there))
            there |= {document.id for document in stand_ins}
            documents += stand_ins
            failures += [] if stand_ins else [one]
        return documents, failures, [_kept(one) for one in documents if one.meta.kept_since]

    def _stand_ins(self, failure: ParseFailure, there: Collection[str]) -> Iterator[Document]:
        names = [failure.source]
        if _is_lines(failure.source):
            names += sorted(name for name in self.ids if find_format(name) is None)
        for name in names:
            if name in self.ids and name not in there and self._store:
                document = self._unlinked(self._store.document(name))
                yield _marked(document, failure.reason)

    def _unlinked(self, document: Document) -> Document:
        """A document without what another one said of it, which is linked anew."""
        meta = document.meta
        if not meta.repealed_by or not self._store:
            return document
        newer = self._store.metadata(meta.repealed_by)
        linked = meta.repealed == (newer.effective or newer.issued)
        own = replace(meta, repealed="" if linked else meta.repealed, repealed_by="")
        return replace(document, meta=own)

    def loss(self, documents: Iterable[Document], twins: Iterable[Twin]) -> Loss:
        """Find what is gone: neither there under its name, nor under another one, nor a twin's."""
        after = list(documents)
        there = {one.id for one in after} | {twin.left_out.id for twin in twins}
        contents = {one.sha256 for one in after}
        gone = (name for name in sorted(self.ids - there) if self._content(name) not in contents)
        return Loss(tuple(gone), len(self.ids))

    def _content(self, name: str) -> str:
        try:
            return self._store.document(name).sha256 if self._store else ""
        except DocumentError:
            return ""


def _is_lines(source: str) -> bool:
    """Whether a failure is of a file of JSON lines, or of a line of one."""
    entry = find_format(source.rpartition(":")[0] or source)
    return entry is not None and entry.parse is None


def _marked(document: Document, reason: str) -> Document:
    """A document that is kept, with the day since when and, as its last remark, the reason."""
    meta, remarks = document.meta, document.remarks
    since = meta.kept_since or datetime.fromtimestamp(time.time(), UTC).date().isoformat()
    own = [text for text in remarks if not text.startswith((_REMARK, STANDS_FOR))]
    return replace(
        document,
        meta=replace(meta, kept_since=since),
        remarks=(*own, f"{_REMARK}: {reason}"),
    )


def _kept(document: Document) -> Kept:
    reason = document.remarks[-1].removeprefix(f"{_REMARK}: ")
    return Kept(document.id, reason, document.meta.kept_since)
