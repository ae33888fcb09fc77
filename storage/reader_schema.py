"""The tables of what changed in the documents, who wants to be told, and what is to be published."""

from typing import Any

from sqlalchemy import BigInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class ChangesRead(Base):
    """One row: the snapshot and the day up to which changes are recorded."""

    __tablename__ = "changes_read"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    snapshot: Mapped[str]
    day: Mapped[str]
    """ISO 8601; documents end by their days alone, too."""
    at: Mapped[float]
    told: Mapped[str] = mapped_column(default="", server_default="")
    """The snapshot and the day of which those were told who watch quotes."""


class PassageChange(Base):
    """Words of a document that are new, changed or ended, as :class:`hyqa.Change` has them."""

    __tablename__ = "passage_changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(index=True)
    kind: Mapped[str]
    document_id: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    language: Mapped[str]
    headings: Mapped[list[Any]]
    day: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    whole: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[str]


class Follow(Base):
    """That somebody wants to be told of changes of a subject, or of a park."""

    __tablename__ = "follows"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(primary_key=True)
    """Name of a subject, or ``park:`` and the key of a park."""
    since: Mapped[float] = mapped_column(index=True)
    seen: Mapped[int]
    """The last change that was looked at for this person."""
    told_at: Mapped[float | None]


class Watch(Base):
    """Words that were quoted to somebody who wants to be told once if they change."""

    __tablename__ = "watches"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    document_id: Mapped[str]
    words: Mapped[str]
    """As they stand in the document, not what was asked."""
    since: Mapped[float] = mapped_column(index=True)
    has_ended: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the document was no longer in force when it was quoted."""


class Draft(Base):
    """A document that a maintainer sent to have it published."""

    __tablename__ = "drafts"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[float] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    """``sent``, ``checked``, ``approved``; deleted when it is done."""
    source: Mapped[str]
    """The number of a file at Telegram, or an address."""
    name: Mapped[str]
    """What it is called: the file, then the document that it is to be."""
    sha256: Mapped[str] = mapped_column(default="", server_default="")
    """Of what was looked at: nothing else is published."""
    tongue: Mapped[str]
