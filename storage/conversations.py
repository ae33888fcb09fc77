"""What was asked in a chat, kept for as long as its follow-up questions may need it."""

from sqlalchemy.orm import Session

from hyqa import Conversation, Turn
from storage.masking import masked
from storage.retention import CONVERSATION_KEPT
from storage.schema import Dialogue


def recall(session: Session, chat_id: int, now: float) -> Conversation:
    """The conversation of a chat; an empty one after a long silence."""
    row = session.get(Dialogue, chat_id)
    if row is None or row.updated_at < now - CONVERSATION_KEPT:
        return Conversation()
    return Conversation(tuple(Turn(question, query) for question, query in row.turns))


def remember(session: Session, chat_id: int, conversation: Conversation, now: float) -> None:
    """Keep the conversation of a chat."""
    turns = [[masked(turn.question), masked(turn.query)] for turn in conversation.turns]
    row = session.get(Dialogue, chat_id)
    if row is None:
        session.add(Dialogue(chat_id=chat_id, turns=turns, updated_at=now))
    else:
        row.turns, row.updated_at = turns, now
