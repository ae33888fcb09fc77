"""Who wrote."""

from sqlalchemy.orm import Session

from storage.schema import Person


def meet(session: Session, number: int, code: str, now: float) -> Person:
    """The row of somebody who wrote just now; who writes has not blocked the bot.

    Args:
        session: of the database.
        number: by which Telegram knows the person.
        code: of the person's language, as the app says it; "" where it says none.
        now: seconds since 1970.
    """
    person = session.get(Person, number)
    if person is None:
        person = Person(id=number, first_seen=now, language="", code="")
        session.add(person)
    person.last_seen, person.blocked = now, False
    person.code = code[:16]
    return person
