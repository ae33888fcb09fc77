"""What the bot's transactions have written: which calls came of which update."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, event, inspect, select, true
from sqlalchemy.orm import ORMExecuteState, Session

from storage.outbox import FAILED, WAITING
from storage.schema import DeskThread, HandledUpdate, Outgoing


@dataclass(frozen=True)
class Put:
    """A call that was put into the outbox."""

    at: float
    chat_id: int
    method: str
    payload: dict[str, Any]
    apology: str
    following: tuple[dict[str, Any], ...] = ()
    """Calls that are put once this one was made, or refused: columns by their names."""


@dataclass(frozen=True)
class GivenUp:
    """A call that was marked as not to be made any more."""

    at: float
    method: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Withdrawn:
    """A call that was deleted with its talk before it was made."""

    at: float
    who: int
    """Whose talk it was."""
    method: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Handled:
    """An update that was handled, and the calls that came of it."""

    at: float
    update_id: int
    puts: tuple[Put, ...]


class Ledger:
    """Notes what is committed, as one transaction at a time goes on in a run."""

    def __init__(self) -> None:
        self.handled: list[Handled] = []
        self.puts: list[Put] = []
        self.given_up: list[GivenUp] = []
        self.withdrawn: list[Withdrawn] = []
        self.now = 0.0
        self._open: list[Put | GivenUp | Withdrawn | int] = []
        """Calls and numbers of updates that the open transaction has written."""

    def commit(self) -> None:
        """Note what was written since the last commit as safe."""
        puts = tuple(one for one in self._open if isinstance(one, Put))
        self.puts += puts
        for one in self._open:
            if isinstance(one, GivenUp):
                self.given_up.append(one)
            if isinstance(one, Withdrawn):
                self.withdrawn.append(one)
            if isinstance(one, int):
                self.handled.append(Handled(self.now, one, puts))
        self._open.clear()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch all sessions."""
        hooks = (
            ("before_flush", self._flush),
            ("do_orm_execute", self._delete),
            ("after_commit", lambda session: self.commit()),
            ("after_rollback", lambda session: self._open.clear()),
        )
        for name, hook in hooks:
            event.listen(Session, name, hook)
        try:
            yield
        finally:
            for name, hook in hooks:
                event.remove(Session, name, hook)

    def _flush(self, session: Session, context: Any, instances: Any) -> None:
        for one in [*session.new, *session.dirty]:
            if isinstance(one, HandledUpdate):
                self._open.append(one.id)
            elif isinstance(one, Outgoing) and _is_given_up(one):
                self._open.append(GivenUp(self.now, one.method, dict(one.payload)))
            elif isinstance(one, Outgoing) and one in session.new:
                payload = dict(one.payload)
                then = tuple(following([*(one.on_sent or ()), *(one.on_failed or ())]))
                self._open.append(
                    Put(self.now, one.chat_id, one.method, payload, one.apology or "", then)
                )

    def _delete(self, state: ORMExecuteState) -> None:
        """Note what waits still and is about to be deleted."""
        deletion = state.statement
        if not isinstance(deletion, Delete) or state.bind_mapper is not inspect(Outgoing):
            return
        where = true() if deletion.whereclause is None else deletion.whereclause
        waiting = (
            select(DeskThread.chat_id, Outgoing.method, Outgoing.payload)
            .join(DeskThread, Outgoing.desk_id == DeskThread.id)
            .where(where, Outgoing.state == WAITING)
        )
        for who, method, payload in state.session.execute(waiting).all():
            self._open.append(Withdrawn(self.now, who, method, dict(payload)))


def _is_given_up(row: Outgoing) -> bool:
    """Whether the open transaction marks a call as not to be made any more."""
    return row.state == FAILED and bool(inspect(row).attrs.state.history.has_changes())


def following(calls: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Calls, and those that follow them in turn."""
    for call in calls:
        yield call
        yield from following([*call.get("on_sent", ()), *call.get("on_failed", ())])
