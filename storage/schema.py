"""The tables. Times are seconds since the epoch: the same in every database and time zone."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, MetaData, Text, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables; names of keys and indexes are given, so that migrations can name them."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, str: Text}  # noqa: RUF012


class HandledUpdate(Base):
    """An update of Telegram whose answer is safe: it is not answered again."""

    __tablename__ = "handled_updates"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(default="", server_default="")
    """What tells it from another update of the same number, of before a silent week."""
    at: Mapped[float] = mapped_column(index=True)


class Heartbeat(Base):
    """One row that is written again and again: what proves that writing works."""

    __tablename__ = "heartbeat"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float]


class Outgoing(Base):
    """A call of the Bot API that is to be made, in the order of ids within its chat."""

    __tablename__ = "outgoing"
    __table_args__ = (
        Index("ix_outgoing_waiting", "state", "chat_id", "id"),
        Index("ix_outgoing_message", "chat_id", "message_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting")
    """``waiting``, then ``sent`` or ``failed``."""
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[float] = mapped_column(index=True)
    settled_at: Mapped[float | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    answers: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """Message of the chat that this one answers: edited when that one is."""
    edits: Mapped[int | None]
    """Call before this one in the same chat whose message this one edits or deletes."""
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desk_threads.id"))
    """Thread of the desk whose topic this call makes, or is to go to."""
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_name: Mapped[str] = mapped_column(default="")
    apology: Mapped[str] = mapped_column(default="")
    """What to say instead where Telegram refuses this call."""
    question_id: Mapped[int | None] = mapped_column(index=True)
    """Question that this message answers: whoever replies to it speaks of that question."""
    on_sent: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Calls to make once this one was made, in any chat, as ``storage.following`` reads them."""
    on_failed: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Calls to make once it is certain that this one never will be."""


class Person(Base):
    """Somebody who wrote to the bot."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(default="")
    """The interface language that was chosen; empty: the one of the client."""
    code: Mapped[str] = mapped_column(default="")
    blocked: Mapped[bool] = mapped_column(default=False)
    first_seen: Mapped[float]
    last_seen: Mapped[float] = mapped_column(index=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaigns.id"))
    """The campaign by whose link the person came last: what is asked counts for it."""


class Dialogue(Base):
    """What was asked in a chat, to understand its follow-up questions."""

    __tablename__ = "conversations"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    turns: Mapped[list[Any]]
    """Pairs of a question and how it was searched for."""
    updated_at: Mapped[float] = mapped_column(index=True)


class Question(Base):
    """A question and what became of it; numbers of phones and ID cards are masked."""

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[float] = mapped_column(index=True)
    text: Mapped[str]
    query: Mapped[str]
    language: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(default="")
    passages: Mapped[list[Any]]
    """Of each quote: the document's id, start and end; then those of what else was near."""
    nearest: Mapped[list[Any]]
    """Ids of the documents that were named as near."""
    choices: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Questions that were offered to choose from where it was asked back."""
    related: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Questions that were offered besides, where there are no choices."""
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaigns.id"))
    asked_person: Mapped[bool] = mapped_column(default=False)


class Feedback(Base):
    """What somebody said of an answer; the last word counts."""

    __tablename__ = "feedback"
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    helpful: Mapped[bool]
    at: Mapped[float] = mapped_column(index=True)


class Gap(Base):
    """A question that the documents did not answer."""

    __tablename__ = "gaps"
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    agreed: Mapped[bool] = mapped_column(default=False)
    """Whether who asked wants to be told when there is an answer."""
    answered_at: Mapped[float | None]
    """When a later index was found to answer it."""
    told_at: Mapped[float | None]


class Campaign(Base):
    """A deep link that staff hand out; its id is opaque and goes into the link."""

    __tablename__ = "campaigns"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    topic: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[float]
    starts_at: Mapped[float | None]
    ends_at: Mapped[float | None]
    next_id: Mapped[str | None]
    """The campaign that follows: whoever comes by this one's link after its end is led there."""


class CampaignVisit(Base):
    """That somebody came by a campaign's link, each time anew."""

    __tablename__ = "campaign_visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[float] = mapped_column(index=True)


class DeskThread(Base):
    """A talk between an investor and the desk, in one topic of the staff's group."""

    __tablename__ = "desk_threads"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    topic_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    tongue: Mapped[str]
    opened_at: Mapped[float] = mapped_column(index=True)
    closed_at: Mapped[float | None]
    outcome: Mapped[str] = mapped_column(default="")
    waits_for: Mapped[str] = mapped_column(default="", server_default="")
    """Whose turn it is while it is open: ``staff``, ``investor``, or empty for nobody's yet."""
    spoken_at: Mapped[float | None]
    """When something was said last, by either side."""
    waits_since: Mapped[float | None]
    """When the one it waits for was first spoken to without a reply."""
    assignee: Mapped[str] = mapped_column(default="", server_default="")
    """Which of the staff has it, by the name that their group knows."""
    hours_told: Mapped[float | None]
    """The opening of the desk that the investor was told of."""
    listed_at: Mapped[float | None]
    """When it was last listed among what came in while the desk was closed."""


class DeskMessage(Base):
    """That something was said in a thread, by whom; what was said stays in Telegram."""

    __tablename__ = "desk_messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("desk_threads.id"), index=True)
    from_desk: Mapped[bool]
    author_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[float]
    outgoing_id: Mapped[int | None] = mapped_column(index=True)
    """The call that brings it to the other side; none for an internal note."""


class EndedTopic(Base):
    """A topic whose talk is not kept any more, so that staff who write there can be told."""

    __tablename__ = "ended_topics"
    topic_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[float]
    to_tell: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the staff are still to be told that the talk was deleted."""


class MovedChat(Base):
    """A group that has become a supergroup, under another number."""

    __tablename__ = "moved_chats"
    old_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    new_id: Mapped[int] = mapped_column(BigInteger)


class Album(Base):
    """Pictures that were sent together: each is a message of its own, and all get one reply."""

    __tablename__ = "albums"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
    """The message of it that came first; the reply answers that one."""
    at: Mapped[float] = mapped_column(index=True)


class Audit(Base):
    """What a member of the staff did."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(index=True)
    actor_id: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")


class Switch(Base):
    """A subject that is switched off, with what is said instead in each language."""

    __tablename__ = "switches"
    subject: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[float]
