"""Recognise small talk: a greeting, thanks, a wish for a person, a question about the program itself.

In a conversation, some of it is about the last answer: doubt, which is met by the quote again with its
source, and the wish for another language.
"""

from hyqa.index.build import Index
from hyqa.index.foreseen import NONE
from hyqa.models import Encoder, encode_questions
from hyqa.question.follow_ups import Conversation
from hyqa.question.query import make_query
from hyqa.question.understanding import Question
from hyqa.text.names import names_in
from hyqa.types import Answer, Status, TopicKind

TALK, IN_CONVERSATION = 0.5, 0.9
"""Share of the nearest keys of all that must be examples of small talk for a message to be such. In a
conversation more is asked, for what follows up is short."""
THE_SAME = 1.0
"""Likeness to an example from which a message in a conversation is small talk. A less like one must be
less like any foreseen question, the message read below the question that it follows."""
LIKENESS = 0.9
"""Likeness of the nearest example, without which no message is small talk: 4 of 400 questions reach .89,
and 285 of 300 examples, each left out, .92."""
LIKENESS_IN_CONVERSATION = 0.96
"""The same in a conversation, where fragments such as 前一年呢 come near many examples: .93 to .95."""
SURE = 0.4
"""Share of those of one kind of small talk from which the kind is sure."""
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
    turns = asked.conversation.turns
    before = turns[-1].query.split("\n")[-1] if turns else ""
    talk = small_talk_in(index, encoder, asked.words, before)
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


def small_talk_in(index: Index, encoder: Encoder, message: str, before: str = "") -> Answer | None:
    """Answer a message that asks nothing of the documents; None for any other.

    It goes by the nearest of all keys: examples of small talk against foreseen questions, near misses
    and what the corpus lacks.

    Args:
        index: holds the keys.
        encoder: encodes the message.
        message: its own words, without those of the conversation before it.
        before: the question before it, if there is one.
    """
    if names_in(message, index.names):
        return None  # who names a park or a program talks of that
    query = make_query(message)
    texts = [query.encoded, f"{before}\n{query.encoded}"] if before else [query.encoded]
    vector, *following = encode_questions(encoder, texts).asking
    likeness = index.foreseen.of_questions(vector, query.tokens)
    if likeness.max(initial=NONE) < (LIKENESS_IN_CONVERSATION if before else LIKENESS):
        return None
    shares = index.foreseen.votes(likeness).of_topics
    talk = {
        index.foreseen.topics[number].name: share
        for number, share in shares.items()
        if index.foreseen.topics[number].kind is TopicKind.SMALL_TALK
    }
    if sum(talk.values()) < (IN_CONVERSATION if before else TALK):
        return None
    if following and likeness.max() < THE_SAME:
        foreseen = index.foreseen.likeness(following[0], query.tokens)
        if foreseen.answered.max() >= likeness.max():
            return None
    nearest = max(talk, key=lambda name: talk[name])
    intent = nearest if talk[nearest] >= SURE else UNSURE
    return Answer(message, message, Status.SMALL_TALK, query.language, 1.0, intent=intent)
