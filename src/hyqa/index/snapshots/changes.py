"""What changed between two snapshots, for readers: words that are new, that changed, that ended.

Documents are told apart by their hashes, so that only those that differ are read. Of these,
paragraphs are told apart by theirs: one that only moved has not changed. What is left on both sides
is paired by likeness, and of a pair the sentences are shown that differ.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from hyqa.index.snapshots.paragraphs import Paragraph, apart, differing, paired, paragraphs_of, runs
from hyqa.index.store import Store
from hyqa.index.validity import Force, has_ended, status_on
from hyqa.text.sentences import Span, sentence_spans
from hyqa.types import Document, Language, Metadata
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

_NAME = re.compile("[0-9a-f]{16}")
OPENING = 300
"""Characters of a whole document's beginning that stand for it."""


class ChangeKind(StrEnum):
    """What became of words."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"


class Reason(StrEnum):
    """Why words do not hold any more."""

    REMOVED = "removed"
    EXPIRED = "expired"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a document that are new, changed or ended.

    Attributes:
        kind: which of the three.
        document_id: where the words stand, or stood.
        title: of the document.
        language: of the document.
        heading_path: of the section that they stand in, or stood in.
        day: ISO 8601: the last day in force or the first without, as it is stated of a document
            that expired or was repealed; else the day on which the change was found.
        old: the words before; "" of new ones. Of a document that ended as a whole, its opening.
        new: the words now; "" of ended ones. Of a document that is new as a whole, its opening.
        span: where the new words stand in the document's text, else where the old ones stood.
        whole: whether it is the whole document that is new or has ended.
        reason: why they ended; None of others.
        by: title of the document that repealed this one, as far as it is known.
    """

    kind: ChangeKind
    document_id: str
    title: str
    language: Language
    heading_path: tuple[str, ...]
    day: str
    old: str = ""
    new: str = ""
    span: Span = (0, 0)
    whole: bool = False
    reason: Reason | None = None
    by: str = ""


def snapshot_changes(
    root: Path, before: str, after: str, *, since: date, until: date
) -> tuple[Change, ...]:
    """What changed from one snapshot of an index to another, and from one day to another.

    Args:
        root: folder of the index.
        before: name of the snapshot that was compared last.
        after: name of the other one; it may be the same, as days alone end documents, too.
        since: the day on which the first was compared.
        until: the day of today.

    Raises:
        SnapshotError: one of them is not there any more, or damaged.
    """
    with closing(_store(root, before)) as old, closing(_store(root, after)) as new:
        return changes_between(old, new, since=since, until=until)


def changes_between(before: Store, after: Store, *, since: date, until: date) -> tuple[Change, ...]:
    """What changed from the documents of one opened index (``index.store``) to those of another.

    Returns:
        The changes in the order of the later index, then what it does not hold any more. A document
        that only has another id has not changed; one with the 文号 or the title and publisher of
        one that is gone is that one in other words.
    """
    old, new = dict(before.metadata_of_all()), dict(after.metadata_of_all())
    old_hash, new_hash = before.hashes(), after.hashes()
    known = _counterparts(old, new, old_hash, new_hash)
    found: list[Change] = []
    for id_, meta in new.items():
        held = known.get(id_)
        if held is None:
            if not has_ended(meta, until):  # of what has ended already, nothing is news
                found.append(_whole(after.document(id_), ChangeKind.NEW, until))
            continue
        if ended := _ended(after, (old[held], meta), id_, (since, until)):
            found.append(ended)
        elif old_hash[held] != new_hash[id_] and not has_ended(meta, until):
            found += _compared(before.document(held), after.document(id_), until)
    gone = [id_ for id_ in old if id_ not in known.values()]
    found += [
        replace(_whole(before.document(id_), ChangeKind.ENDED, until), reason=Reason.REMOVED)
        for id_ in gone
        if not has_ended(old[id_], since)
    ]
    return tuple(found)


def _store(root: Path, name: str) -> Store:
    if not _NAME.fullmatch(name):  # it becomes part of a path
        raise SnapshotError(DAMAGED_INDEX)
    return Store(root / name)


def _counterparts(
    old: dict[str, Metadata], new: dict[str, Metadata],
    old_hash: dict[str, str], new_hash: dict[str, str],
) -> dict[str, str]:  # fmt: skip
    """The id that each later document had before; those without one are new."""
    known = {id_: id_ for id_ in new if id_ in old}
    free = {id_: meta for id_, meta in old.items() if id_ not in new}
    by_hash = {old_hash[id_]: id_ for id_ in free}
    for id_ in (one for one in new if one not in old):
        same = by_hash.get(new_hash[id_])
        held = same if same in free else _named_alike(new[id_], free)
        if held is not None:
            known[id_] = held
            del free[held]
    return known


def _named_alike(meta: Metadata, free: dict[str, Metadata]) -> str | None:
    """A document that is gone and was called the same, in the same language; None without one."""
    for id_, other in free.items():
        numbered = meta.number and meta.number == other.number
        named = (meta.title, meta.publisher) == (other.title, other.publisher)
        if meta.language is other.language and (numbered or named):
            return id_
    return None


def _ended(
    after: Store, metas: tuple[Metadata, Metadata], id_: str, days: tuple[date, date]
) -> Change | None:
    """That a document ended between two days, or is said to have by the later snapshot alone."""
    (earlier, later), (since, until) = metas, days
    if not has_ended(later, until) or has_ended(earlier, since):
        return None
    standing = status_on(later, until)
    reason = Reason.EXPIRED if standing.force is Force.EXPIRED else Reason.REPEALED
    by = later.superseded_by
    if not by and later.repealed_by:
        by = dict(after.metadata_of_all())[later.repealed_by].title
    change = _whole(after.document(id_), ChangeKind.ENDED, until)
    return replace(change, reason=reason, by=by, day=standing.day or until.isoformat())


def _whole(document: Document, kind: ChangeKind, day: date) -> Change:
    """A document that is new or has ended: its opening stands for it."""
    lines = paragraphs_of(document)
    long = [one for one in lines if len(one.key) > 20] or lines
    first = long[0] if long else None
    span = (
        (first.start, first.start + _opening(document.text[first.start : first.end]))
        if first
        else (0, 0)
    )
    words = document.text[slice(*span)]
    change = _change(document, kind, first.path if first else (), span, day)
    old, new = ("", words) if kind is ChangeKind.NEW else (words, "")
    return replace(change, old=old, new=new, whole=True)


def _opening(text: str) -> int:
    """How much of a paragraph is shown for a document: whole sentences, as far as there are some."""
    ends = [end for _, end in sentence_spans(text) if end <= OPENING]
    return ends[-1] if ends else min(len(text), OPENING)


def _change(
    document: Document, kind: ChangeKind, path: tuple[str, ...], span: Span, day: date
) -> Change:
    meta = document.meta
    title = meta.title or document.id
    return Change(kind, document.id, title, meta.language, path, day.isoformat(), span=span)


def _compared(before: Document, after: Document, day: date) -> Iterator[Change]:
    """What changed in one document, in the order of its text, then what ended in it."""
    old, new = apart(paragraphs_of(before), paragraphs_of(after))
    pairs = paired(old, new)
    changed = {id(two): one for one, two in pairs}
    fresh: list[Paragraph] = []
    for two in new:
        if id(two) in changed:
            yield from _new(after, fresh, day)
            fresh = []
            yield _changed((before, changed[id(two)]), (after, two), day)
        else:
            fresh.append(two)
    yield from _new(after, fresh, day)
    kept = {id(one) for one, _ in pairs}
    for run in runs(one for one in old if id(one) not in kept):
        span = (run[0].start, run[-1].end)
        change = _change(before, ChangeKind.ENDED, run[0].path, span, day)
        words = before.text[slice(*span)]
        yield replace(change, document_id=after.id, old=words, reason=Reason.REMOVED)


def _new(document: Document, lines: list[Paragraph], day: date) -> Iterator[Change]:
    for run in runs(lines):
        span = (run[0].start, run[-1].end)
        change = _change(document, ChangeKind.NEW, run[0].path, span, day)
        yield replace(change, new=document.text[slice(*span)])


def _changed(
    before: tuple[Document, Paragraph], after: tuple[Document, Paragraph], day: date
) -> Change:
    """A paragraph that changed, by the sentences that differ."""
    (old, one), (new, two) = before, after
    lines = (old.text[one.start : one.end], new.text[two.start : two.end])
    left, right = differing(*lines)
    span = (two.start + right[0], two.start + right[1])
    change = _change(new, ChangeKind.CHANGED, two.path, span, day)
    return replace(change, old=lines[0][slice(*left)], new=lines[1][slice(*right)])
