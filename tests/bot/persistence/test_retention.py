"""What is old is deleted, and all of somebody who asks for it."""

from running import NOON
from sqlalchemy import select

from persistence.rows import ask, count
from storage import retention
from storage.database import Database
from storage.schema import Dialogue, Gap, Outgoing, Person, Question

DAY = retention.DAY


def test_what_is_old_is_purged_and_what_waits_is_kept(database: Database) -> None:
    ask(database, 1, NOON - 91 * DAY)
    ask(database, 2, NOON - 89 * DAY)
    with database.session() as session:
        retention.purge(session, NOON, 90)
    assert count(database, Question) == count(database, Gap) == count(database, Person) == 1
    assert count(database, Outgoing) == 3  # what waits of the first, and both of the second
    database.close()


def test_forgetting_leaves_nothing_of_one_and_all_of_another(database: Database) -> None:
    ask(database, 1, NOON)
    ask(database, 2, NOON)
    with database.session() as session:
        retention.forget(session, 1, NOON)
    with database.session() as session:
        for column in (Person.id, Question.person_id, Dialogue.chat_id):
            assert list(session.scalars(select(column))) == [2]
    database.close()
