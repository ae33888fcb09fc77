"""Which documents came, went and changed between two snapshots."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from hyqa.index.snapshots.files import side_by_side
from hyqa.index.store import Store
from hyqa.types import Document

SHRUNK = 0.7
"""Share of its text below which what is left of a document looks like a part of it. A new edition
seldom leaves out a third; a file that was cut off while it was copied usually holds less."""
_OF_DOCUMENT = (
    "id, sha256, meta, text, sections, pages, tables, evidence, remarks, outline, recognised,"
    " language, issued, expires"
)
# By row numbers, a document that came in before others would change all that follow.
_OF_CHUNK = (
    "document, row - min(row) OVER (PARTITION BY document), id, headings, first_page, last_page, start,"
    " end, lead_start, lead_end"
)
_OTHER_DOCUMENTS = (
    f"SELECT id FROM (SELECT {_OF_DOCUMENT} FROM new.documents"
    f" EXCEPT SELECT {_OF_DOCUMENT} FROM old.documents)"
)
_OTHER_CHUNKS = tuple(
    f"SELECT DISTINCT document FROM (SELECT {_OF_CHUNK} FROM {one}.chunks"
    f" EXCEPT SELECT {_OF_CHUNK} FROM {other}.chunks)"
    for one, other in (("new", "old"), ("old", "new"))
)


class Became(StrEnum):
    """What became of a document."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """Its text stands under another id."""
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is not as it was.

    Attributes:
        id: its id, the old one where it was moved.
        became: what became of it.
        characters: of its text, before and after; 0 where it is not there.
        passages: of it, before and after.
        fields: names of the metadata that differ.
        to: the new id of one that was moved.
    """

    id: str
    became: Became
    characters: tuple[int, int]
    passages: tuple[int, int]
    fields: tuple[str, ...] = ()
    to: str = ""

    @property
    def shrunk(self) -> bool:
        """Whether so much of its text is gone that it may have been cut off."""
        before, after = self.characters
        return self.became is Became.CHANGED and after < SHRUNK * before


def same_documents(old: Store, new: Store) -> frozenset[str]:
    """Ids of the documents of which two snapshots hold the same, passages included."""
    with side_by_side(old.file, new.file) as both:
        queries = (_OTHER_DOCUMENTS, *_OTHER_CHUNKS)
        others = {name for query in queries for (name,) in both.execute(query)}
    return frozenset(new.document_ids()) - others


def document_changes(
    old: Store, new: Store, same: frozenset[str] | None = None
) -> list[DocumentChange]:
    """Compare the documents of two snapshots; those that are the same are left out.

    Args:
        old: documents of one.
        new: documents of the other.
        same: what :func:`same_documents` says of them, where it was asked already.
    """
    same = same_documents(old, new) if same is None else same
    before, after = set(old.document_ids()), set(new.document_ids())
    found = [*_changed(old, new, sorted((before & after) - same))]
    added = {name: new.document(name) for name in sorted(after - before)}
    by_text = {document.text: name for name, document in added.items()}
    for name in sorted(before - after):
        document = old.document(name)
        lengths, rows = len(document.text), len(old.rows_of_document(name))
        to = by_text.pop(document.text, "")
        if to:
            del added[to]
            there = len(new.rows_of_document(to))
            found.append(
                DocumentChange(name, Became.MOVED, (lengths, lengths), (rows, there), to=to)
            )
        else:
            found.append(DocumentChange(name, Became.REMOVED, (lengths, 0), (rows, 0)))
    for name, document in added.items():
        rows = len(new.rows_of_document(name))
        found.append(DocumentChange(name, Became.ADDED, (0, len(document.text)), (0, rows)))
    return sorted(found, key=lambda one: one.id)


def _changed(old: Store, new: Store, names: list[str]) -> Iterator[DocumentChange]:
    for name in names:
        before, after = old.document(name), new.document(name)
        fields = _other_fields(before, after)
        rows = len(old.rows_of_document(name)), len(new.rows_of_document(name))
        if before.text != after.text or fields or rows[0] != rows[1]:
            lengths = len(before.text), len(after.text)
            yield DocumentChange(name, Became.CHANGED, lengths, rows, fields)


def _other_fields(before: Document, after: Document) -> tuple[str, ...]:
    old, new = asdict(before.meta), asdict(after.meta)
    return tuple(name for name in new if old[name] != new[name])
