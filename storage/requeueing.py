"""Calls that wait are put behind others: they keep their order, and what refers to them."""

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from storage.outbox import WAITING, put
from storage.schema import DeskMessage, DeskThread, Outgoing


def waiting_for_topic(session: Session, thread: DeskThread) -> list[Outgoing]:
    """The calls that wait to be made in the topic of a talk, in their order."""
    waiting = select(Outgoing).where(Outgoing.desk_id == thread.id, Outgoing.state == WAITING)
    return list(session.scalars(waiting.order_by(Outgoing.id)))


def requeued(session: Session, calls: list[Outgoing]) -> None:
    """Put calls behind all that wait in their chat by now."""
    columns = [one.key for one in inspect(Outgoing).columns if one.key != "id"]
    for call in calls:
        again = Outgoing(**{name: getattr(call, name) for name in columns})
        put(session, again)
        session.flush()
        for table, column in ((Outgoing, Outgoing.edits), (DeskMessage, DeskMessage.outgoing_id)):
            session.execute(update(table).where(column == call.id).values({column: again.id}))
        session.delete(call)
    session.flush()
