"""Recognise small talk: a greeting, thanks, a wish for a person, a question about the program itself.

In a conversation, some of it is about the last answer: doubt, which is met by the quote again with its
source, and the wish for another language.
"""

from hyqa.index.build import Index
from hyqa.models import Encoder
from hyqa.question.follow_ups import Conversation
from hyqa.question.query import make_query
from hyqa.question.understanding import Question
from hyqa.text.names import names_in
from hyqa.types import Answer, Status, TopicKind

LIKENESS, IN_CONVERSATION = 0.88, 0.93
"""Likeness to an example of small talk from which a message is such, if no other key is nearer: of the
examples, each left out in turn, .86 are taken for it, and of foreseen questions .002. In a conversation
more is asked, for what follows up is short and like nothing that was foreseen."""
AGREED, THE_SAME = 2, 1.02
"""Wordings of the three nearest that must be of the same kind of small talk for the kind to be sure,
unless the message is one of them word for word."""
UNSURE = "capabilities"
"""The kind that is replied to where it is not sure: what can be asked fits any."""
_IN_LANGUAGE = {"english": "in English", "chinese": "用中文说"}
"""Intents that ask for a language, and the words by which follow-ups do."""
_DOUBT = "doubt"


def hear(index: Index, encoder: Encoder, asked: Question) -> tuple[Question, Answer | None]:
    """Tell small talk from what is to be looked up.

    Returns:
        What is to be looked up: the question, or the last one again where small talk is about its
        answer; and the reply to any other small talk.
    """
    talk = small_talk_in(index, encoder, asked.words, follows=bool(asked.conversation.turns))
    again = _repeated(talk.intent, asked.conversation) if talk else None
    if again:
        return Question(*again, asked.as_of), None
    return asked, talk


def _repeated(intent: str, conversation: Conversation) -> tuple[str, Conversation] | None:
    """What is asked again, and the conversation before it; None where nothing is."""
    if not conversation.turns:
        return None
    if intent == _DOUBT:
        return conversation.turns[-1].query.split("\n")[-1], Conversation(conversation.turns[:-1])
    words = _IN_LANGUAGE.get(intent)
    return (words, conversation) if words else None


def small_talk_in(
    index: Index, encoder: Encoder, message: str, *, follows: bool = False
) -> Answer | None:
    """Answer a message that asks nothing of the documents; None for any other.

    It goes by the nearest of all keys: examples of small talk against foreseen questions, near misses
    and what the corpus lacks.

    Args:
        index: holds the keys.
        encoder: encodes the message.
        message: its own words, without those of the conversation before it.
        follows: whether there is one.
    """
    if names_in(message, index.names):
        return None  # who names a park or a program talks of that
    query = make_query(message)
    [vector] = encoder.encode_queries([query.encoded])
    likeness = index.foreseen.of_questions(vector, query.tokens)
    nearest = index.foreseen.nearest_topic(likeness)
    if nearest is None or nearest.topic.kind is not TopicKind.SMALL_TALK:
        return None
    least = max(IN_CONVERSATION if follows else LIKENESS, float(likeness.max()))
    sure = nearest.agreement >= AGREED or nearest.likeness >= THE_SAME
    if nearest.likeness < least or (follows and not sure):
        return None
    intent = nearest.topic.name if sure else UNSURE
    return Answer(message, message, Status.SMALL_TALK, query.language, 1.0, intent=intent)
