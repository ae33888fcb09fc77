"""The tables of talks between the desk and readers of the page, who have no chat of Telegram."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class PageTalk(Base):
    """A talk of the desk that is read on a private page; its address is known by its hash alone."""

    __tablename__ = "page_talks"
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("desk_threads.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    """The visitor who began it; the talk's chat has a number of its own."""
    secret_hash: Mapped[str] = mapped_column(index=True, unique=True)
    revision: Mapped[int] = mapped_column(default=0)
    """Grows with each change of what the page shows."""


class PageLetter(Base):
    """What was written in such a talk; of the reader's letters, numbers of phones are masked."""

    __tablename__ = "page_letters"
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("desk_threads.id"), index=True)
    author: Mapped[str]
    """``reader``, ``staff``, or ``desk`` for the bot's own words."""
    text: Mapped[str]
    at: Mapped[float]
    edited_at: Mapped[float | None]
    waits: Mapped[bool] = mapped_column(default=False, index=True)
    """Whether the bot has still to bring it to the desk."""
    arrived_at: Mapped[float | None]
    """When it stood at the desk."""
    outgoing_id: Mapped[int | None] = mapped_column(index=True)
    """The call that brought it to the page: edits name it."""
