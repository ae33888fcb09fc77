"""Talks between the desk and readers of the page: what either side wrote, kept in the database.

The page writes what a reader says; the bot brings it to the desk, and what the desk says here.
"""

import hashlib
import html

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from storage.desk import STAFF as STAFFS_TURN
from storage.desk import turn
from storage.masking import masked
from storage.outbox import record_failed, record_sent
from storage.page_schema import PageLetter, PageTalk
from storage.schema import DeskThread, Outgoing
from storage.visitors import number_of

READER, STAFF, DESK = "reader", "staff", "desk"
TAKEN_AT_ONCE = 50
"""Letters that the bot takes in one transaction, which others wait for."""
_UNTAKEN = (
    select(PageLetter.id).where(PageLetter.waits).order_by(PageLetter.id).limit(TAKEN_AT_ONCE)
)
"""Made once, as it is asked every other second."""


def hash_of(secret: str) -> str:
    """What is kept of the secret in a private page's address."""
    return hashlib.sha256(b"page " + secret.encode()).hexdigest()


def find(session: Session, secret: str) -> tuple[PageTalk, DeskThread] | None:
    """The talk of a private page, if there is one."""
    row = session.execute(
        select(PageTalk, DeskThread)
        .join(DeskThread, PageTalk.thread_id == DeskThread.id)
        .where(PageTalk.secret_hash == hash_of(secret))
    ).first()
    return (row[0], row[1]) if row else None


def begin(
    session: Session, secret: str, person_id: int, tongue: str, question_id: int | None, now: float
) -> PageTalk:
    """Begin a talk with the desk.

    Args:
        session: of the database.
        secret: in the address of its page.
        person_id: of the visitor.
        tongue: the bot's name of the reader's language.
        question_id: of the question that it is about.
        now: seconds since 1970.
    """
    thread = DeskThread(
        chat_id=number_of(secret), question_id=question_id, tongue=tongue, opened_at=now,
        spoken_at=now,
    )  # fmt: skip
    turn(thread, STAFFS_TURN, now)
    session.add(thread)
    session.flush()
    talk = PageTalk(thread_id=thread.id, person_id=person_id, secret_hash=hash_of(secret))
    session.add(talk)
    session.flush()
    return talk


def write(session: Session, talk: PageTalk, text: str, now: float) -> None:
    """Keep what a reader writes, until the bot brings it to the desk and after."""
    session.add(
        PageLetter(thread_id=talk.thread_id, author=READER, text=masked(text), at=now, waits=True)
    )
    touch(session, talk.thread_id)


def letters_of(session: Session, thread_id: int) -> list[PageLetter]:
    """All letters of a talk, in order."""
    of_talk = select(PageLetter).where(PageLetter.thread_id == thread_id)
    return list(session.scalars(of_talk.order_by(PageLetter.id)))


def untaken(session: Session) -> list[int]:
    """Numbers of letters that wait to be brought to the desk, the oldest first."""
    return list(session.scalars(_UNTAKEN))


def take(session: Session, letter_id: int) -> PageLetter | None:
    """A letter to bring to the desk; None where another process has taken it."""
    taken = session.execute(
        update(PageLetter)
        .where(PageLetter.id == letter_id, PageLetter.waits)
        .values(waits=False)
        .returning(PageLetter.id)
    ).first()
    return session.get(PageLetter, letter_id) if taken else None


def touch(session: Session, thread_id: int) -> None:
    """Note that the page of a talk shows something else from now on."""
    session.execute(
        update(PageTalk)
        .where(PageTalk.thread_id == thread_id)
        .values(revision=PageTalk.revision + 1)
    )


def deliver(session: Session, call_id: int, now: float) -> None:
    """Carry out on a private page what a call of the outbox would do in a chat of Telegram.

    It is settled in the same transaction, so that nothing is shown twice. Where the talk is gone,
    the call has failed.
    """
    row = session.get(Outgoing, call_id)
    if row is None:
        return
    thread_id = session.scalars(
        select(PageTalk.thread_id)
        .join(DeskThread, PageTalk.thread_id == DeskThread.id)
        .where(DeskThread.chat_id == row.chat_id)
    ).first()
    if thread_id is None:
        record_failed(session, call_id, now)
        return
    _carry_out(session, row, thread_id, now)
    touch(session, thread_id)
    record_sent(session, call_id, None, now)


def _carry_out(session: Session, row: Outgoing, thread_id: int, now: float) -> None:
    """Show, change or remove a letter, or note that one has arrived; other calls do nothing here."""
    if row.method == "sendMessage":
        session.add(_letter(row, thread_id, now))
    elif row.method == "setMessageReaction":
        for letter in _letters(session, thread_id, PageLetter.id == row.payload["message_id"]):
            letter.arrived_at = now
    elif row.edits is not None:
        for letter in _letters(session, thread_id, PageLetter.outgoing_id == row.edits):
            if row.method == "deleteMessage":
                session.delete(letter)
            elif row.method == "editMessageText":
                letter.text, letter.edited_at = row.payload["text"], now


def _letters(session: Session, thread_id: int, which: ColumnElement[bool]) -> list[PageLetter]:
    found = select(PageLetter).where(PageLetter.thread_id == thread_id)
    return list(session.scalars(found.where(which)))


def _letter(row: Outgoing, thread_id: int, now: float) -> PageLetter:
    """A letter of the staff, as plain as they wrote it, or the bot's own words, which are HTML."""
    is_own = "parse_mode" in row.payload
    text = html.unescape(row.payload["text"]) if is_own else row.payload["text"]
    return PageLetter(
        thread_id=thread_id, author=DESK if is_own else STAFF, text=text, at=now,
        outgoing_id=row.id,
    )  # fmt: skip
