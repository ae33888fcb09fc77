"""Who wants to be told of what: of subjects, parks, and words that were quoted to them."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.reader_schema import Follow, Watch
from storage.schema import Person

MOST_FOLLOWED, MOST_WATCHED = 20, 60
"""Subjects and quotes of one person: more than anybody reads about."""


def follow(session: Session, person_id: int, subject: str, seen: int, now: float) -> bool:
    """Tell somebody of a subject from now on; says whether there was room.

    Args:
        session: of the database.
        person_id: who is told.
        subject: that is followed.
        seen: number of the last change that is no news any more.
        now: seconds since the epoch.
    """
    held = session.get(Follow, (person_id, subject))
    if held:
        held.since = now
        return True
    if len(followed(session, person_id)) >= MOST_FOLLOWED:
        return False
    session.add(Follow(person_id=person_id, subject=subject, since=now, seen=seen, told_at=None))
    session.flush()
    return True


def unfollow(session: Session, person_id: int, subject: str) -> bool:
    """Tell somebody of a subject no more; says whether they were told before."""
    held = session.get(Follow, (person_id, subject))
    if held is None:
        return False
    session.delete(held)
    session.flush()
    return True


def followed(session: Session, person_id: int) -> list[str]:
    """The subjects that somebody follows, in the order in which they began."""
    found = select(Follow.subject).where(Follow.person_id == person_id)
    return list(session.scalars(found.order_by(Follow.since, Follow.subject)))


def followers(session: Session) -> list[Follow]:
    """All that is followed by people whom the bot can reach, person by person."""
    reached = select(Follow).join(Person, Person.id == Follow.person_id)
    found = reached.where(Person.blocked.is_(False))
    return list(session.scalars(found.order_by(Follow.person_id, Follow.since)))


def watch(session: Session, person_id: int, words: list[tuple[str, str, bool]], now: float) -> bool:
    """Tell somebody once if words change; says whether there was room for all of them.

    Args:
        session: of the database.
        person_id: who is told.
        words: of each quote the document's id, its words, and whether it has ended already.
        now: seconds since the epoch.
    """
    known = {(one.document_id, one.words) for one in watched(session, person_id)}
    fresh = [one for one in dict.fromkeys(words) if one[:2] not in known]
    if len(known) + len(fresh) > MOST_WATCHED:
        return False
    session.add_all(
        Watch(person_id=person_id, document_id=id_, words=text, since=now, has_ended=over)
        for id_, text, over in fresh
    )
    session.flush()
    return True


def watched(session: Session, person_id: int) -> list[Watch]:
    """The words that somebody is told of, in the order in which they were quoted."""
    found = select(Watch).where(Watch.person_id == person_id)
    return list(session.scalars(found.order_by(Watch.id)))


def watches(session: Session) -> list[Watch]:
    """All words that are watched for people whom the bot can reach, person by person."""
    reached = select(Watch).join(Person, Person.id == Watch.person_id)
    found = reached.where(Person.blocked.is_(False))
    return list(session.scalars(found.order_by(Watch.person_id, Watch.id)))


def unwatch(session: Session, person_id: int) -> int:
    """End all that somebody is told of quotes; gives how many there were."""
    mine = Watch.person_id == person_id
    count = session.scalar(select(func.count()).select_from(Watch).where(mine)) or 0
    session.execute(delete(Watch).where(mine))
    return count
