"""Who wrote to the bot."""

from sqlalchemy.orm import Session
from telegram import User

from bot.state.schema import Person


def meet(session: Session, user: User, now: float) -> Person:
    """The row of somebody who wrote just now; who writes has not blocked the bot."""
    person = session.get(Person, user.id)
    if person is None:
        person = Person(id=user.id, first_seen=now, language="", code="")
        session.add(person)
    person.last_seen, person.blocked = now, False
    person.code = (user.language_code or "")[:16]
    return person
