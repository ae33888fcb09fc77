"""Questions that were asked, and the messages that answer them."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.outbox import SENT, WAITING
from storage.schema import Feedback, Gap, Outgoing, Question


def of_message(session: Session, chat_id: int, message_id: int) -> Question | None:
    """The question that a message asked, if it did."""
    return session.scalars(
        select(Question)
        .where(Question.chat_id == chat_id, Question.message_id == message_id)
        .order_by(Question.id.desc())
        .limit(1)
    ).one_or_none()


def of_answer(session: Session, chat_id: int, message_id: int) -> Question | None:
    """The question that a message of the bot answers, if it is kept."""
    number = session.scalars(
        select(Outgoing.question_id).where(
            Outgoing.chat_id == chat_id,
            Outgoing.message_id == message_id,
            Outgoing.question_id.is_not(None),
        )
    ).first()
    return session.get(Question, number) if number else None


def of_chat(session: Session, question_id: str, chat_id: int) -> Question | None:
    """The question of a button's data, if it was asked in this chat."""
    if not question_id.isascii() or not question_id.isdecimal() or len(question_id) > 9:
        return None
    question = session.get(Question, int(question_id))
    return question if question and question.chat_id == chat_id else None


def withdraw_answer(session: Session, question: Question) -> None:
    """Take back what was said of an answer, and that there was none."""
    for table in (Feedback, Gap):
        session.execute(delete(table).where(table.question_id == question.id))


def answers_to(session: Session, chat_id: int, message_id: int) -> list[Outgoing]:
    """The messages that answer one.

    They may still wait, or be under way: a call that edits one finds its number when it is made,
    behind it in the same chat.
    """
    return list(
        session.scalars(
            select(Outgoing)
            .where(
                Outgoing.chat_id == chat_id,
                Outgoing.answers == message_id,
                Outgoing.method == "sendMessage",
                Outgoing.state.in_((WAITING, SENT)),
            )
            .order_by(Outgoing.id)
        )
    )
