"""How long things are kept, and forgetting them at once."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from storage.outbox import WAITING
from storage.page_schema import PageLetter, PageTalk
from storage.reader_schema import Draft, Follow, PassageChange, Watch
from storage.schema import (
    Album,
    CampaignVisit,
    DeskMessage,
    DeskThread,
    Dialogue,
    EndedTopic,
    Feedback,
    Gap,
    HandledUpdate,
    Outgoing,
    Person,
    Question,
)
from storage.visitors import is_visitor

DAY = 24 * 60 * 60
UPDATES_KEPT = 2 * DAY
"""Telegram hands an update over again for a day at most."""
CONVERSATION_KEPT = 30 * 60
"""Seconds of silence after which a conversation is over."""
SUBSCRIPTION_KEPT = 365 * DAY
"""Who follows something is told of it for a year, however seldom they write."""
CHANGES_KEPT = 180 * DAY
"""Seconds that a change is kept: feeds are read by people who come back after months."""


def purge(session: Session, now: float, days: int) -> None:
    """Delete what is older than it may be: ``days`` for all that was said."""
    before = now - days * DAY
    session.execute(delete(HandledUpdate).where(HandledUpdate.at < now - UPDATES_KEPT))
    session.execute(delete(Dialogue).where(Dialogue.updated_at < now - CONVERSATION_KEPT))
    session.execute(delete(Album).where(Album.at < now - UPDATES_KEPT))
    session.execute(delete(CampaignVisit).where(CampaignVisit.at < before))
    session.execute(delete(Outgoing).where(Outgoing.created_at < before, Outgoing.state != WAITING))
    threads = select(DeskThread.id).where(
        DeskThread.closed_at.is_not(None), DeskThread.opened_at < before
    )
    _delete_threads(session, list(session.scalars(threads)), now)
    kept = select(DeskThread.question_id).where(DeskThread.question_id.is_not(None))
    questions = select(Question.id).where(Question.asked_at < before, Question.id.not_in(kept))
    _delete_questions(session, list(session.scalars(questions)))
    for table in (Follow, Watch):
        session.execute(delete(table).where(table.since < now - SUBSCRIPTION_KEPT))
    session.execute(delete(PassageChange).where(PassageChange.at < now - CHANGES_KEPT))
    session.execute(delete(Draft).where(Draft.at < before))
    told = (select(Follow.person_id), select(Watch.person_id))
    unheard = (Person.last_seen < before, *(Person.id.not_in(ids) for ids in told))
    session.execute(delete(Person).where(*unheard))


def forget(session: Session, person_id: int, now: float) -> None:
    """Delete all that is held of somebody, what waits to be told to the desk as well.

    That is also what the person asked in groups: the latest conversation of these groups, which
    holds it, is deleted, and so is what the bot keeps of its answers there. What waits to be sent
    to him still goes out and is deleted with what is too old.
    """
    on_pages = select(PageTalk.thread_id).where(PageTalk.person_id == person_id)
    threads = select(DeskThread.id).where(
        or_(DeskThread.chat_id == person_id, DeskThread.id.in_(on_pages))
    )
    _delete_threads(session, list(session.scalars(threads)), now)
    mine = select(Question).where(
        or_(Question.person_id == person_id, Question.chat_id == person_id)
    )
    asked = list(session.scalars(mine))
    ids, chats = [one.id for one in asked], {one.chat_id for one in asked}
    session.execute(
        delete(Outgoing).where(Outgoing.question_id.in_(ids), Outgoing.state != WAITING)
    )
    _delete_questions(session, ids)
    for table in (Feedback, CampaignVisit, Follow, Watch, Draft):
        session.execute(delete(table).where(table.person_id == person_id))
    session.execute(delete(Dialogue).where(Dialogue.chat_id.in_({person_id, *chats})))
    session.execute(delete(Album).where(Album.chat_id == person_id))
    session.execute(
        delete(Outgoing).where(Outgoing.chat_id == person_id, Outgoing.state != WAITING)
    )
    session.execute(delete(Person).where(Person.id == person_id))


def forget_talk(session: Session, thread: DeskThread, now: float) -> None:
    """Delete a talk of the page, and the question that it is about."""
    question = thread.question_id
    _delete_threads(session, [thread.id], now)
    _delete_questions(session, [question] if question else [])


def _delete_threads(session: Session, ids: list[int], now: float) -> None:
    """Delete talks; of their topics only that they were some, to tell staff who write there.

    Staff are told by themselves, too, where nobody else does: of an open talk of the page, and of one
    that was closed while something still waits to be said there, which is deleted with it.
    """
    threads = list(session.scalars(select(DeskThread).where(DeskThread.id.in_(ids))))
    waiting = set(session.scalars(
        select(Outgoing.desk_id).where(Outgoing.desk_id.in_(ids), Outgoing.state == WAITING)
    ))  # fmt: skip
    for thread in threads:
        if thread.topic_id is not None:
            is_open = thread.closed_at is None
            to_tell = is_visitor(thread.chat_id) if is_open else thread.id in waiting
            session.merge(EndedTopic(topic_id=thread.topic_id, at=now, to_tell=to_tell))
    for table in (PageLetter, PageTalk, DeskMessage):
        session.execute(delete(table).where(table.thread_id.in_(ids)))
    pages = [thread.chat_id for thread in threads if is_visitor(thread.chat_id)]
    session.execute(
        delete(Outgoing).where(or_(Outgoing.desk_id.in_(ids), Outgoing.chat_id.in_(pages)))
    )
    session.execute(delete(DeskThread).where(DeskThread.id.in_(ids)))


def _delete_questions(session: Session, ids: list[int]) -> None:
    for table in (Feedback, Gap):
        session.execute(delete(table).where(table.question_id.in_(ids)))
    session.execute(
        update(DeskThread).where(DeskThread.question_id.in_(ids)).values(question_id=None)
    )
    session.execute(delete(Question).where(Question.id.in_(ids)))
