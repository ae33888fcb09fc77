"""Recognise small talk: a greeting, thanks, a wish for a person, a question about the program itself.

In a conversation, some of it is about the last answer: doubt, which is met by the quote again with its
source, and the wish for another language.
"""

from functools import cache
from importlib.resources import files

from hyqa.index.build import Index
from hyqa.index.foreseen import NONE, ForeseenIndex
from hyqa.index.foreseen.keys import Floats
from hyqa.index.foreseen.small_talk import small_talk
from hyqa.models import Encoder, encode_questions
from hyqa.models.softmax import Softmax
from hyqa.question.follow_ups import Conversation
from hyqa.question.query import make_query
from hyqa.question.understanding import Question
from hyqa.text.names import names_in
from hyqa.text.tokens import normalize
from hyqa.types import Answer, Status, TopicKind

LEAST = 0.8
"""Probability from which a message is small talk, or share of the nearest keys of all. Of 280 messages
that somebody else wrote for a test, 248 are heard, 237 by their own kind, and 1 of 220 questions (at .6
250 and 3); of 410 last turns of the blind studies those that doubt or ask for a language. Likeness to the
nearest examples alone heard 179 of the 280, 152 by their own kind, and 2 questions."""
SURE = 0.4
"""Share of that from which its kind is sure."""
UNSURE = "capabilities"
"""The kind that is replied to where it is not sure: what can be asked fits any."""
LIKENESS = 0.9
"""Likeness of the nearest example, without which no message is small talk where no classifier was
fitted for the encoder, or nothing was foreseen: by the bundled one 4 of 400 questions reach .89."""
FILE = "small_talk.json"
"""The classifier that comes with hyqa, beside the encoder whose vectors it reads."""
NO_SMALL_TALK = "none"
"""The class of what is to be looked up."""
_IN_LANGUAGE = {"english": "in English", "chinese": "用中文说"}
"""Intents that ask for a language, and the words by which follow-ups do."""
_DOUBT = "doubt"


@cache
def shipped_classifier() -> Softmax:
    """Read the classifier that comes with hyqa, fitted by ``python -m benchmarks.quality.small_talk``."""
    return Softmax.from_json(
        files("hyqa.models.bundled").joinpath(FILE).read_text(encoding="utf-8")
    )


def hear(index: Index, encoder: Encoder, asked: Question) -> tuple[Question, Answer | None]:
    """Tell small talk from what is to be looked up.

    Returns:
        What is to be looked up: the question, or the last one again where small talk is about its
        answer; and the reply to any other small talk.
    """
    talk = small_talk_in(index, encoder, asked.words)
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


def small_talk_in(index: Index, encoder: Encoder, message: str) -> Answer | None:
    """Answer a message that asks nothing of the documents; None for any other.

    Args:
        index: holds examples of small talk among its keys.
        encoder: encodes the message.
        message: its own words, without those of the conversation before it.
    """
    if names_in(message, index.names):
        return None  # who names a park or a program talks of that
    query = make_query(message)
    if known := _examples().get(normalize(message)):
        return Answer(message, message, Status.SMALL_TALK, query.language, 1.0, intent=known)
    [vector] = encode_questions(encoder, [query.encoded]).asking
    classifier = shipped_classifier()
    likeness = index.foreseen.of_questions(vector, query.tokens)
    if classifier.about["encoder"] == encoder.name:
        talk = classifier.probabilities(vector)
        del talk[NO_SMALL_TALK]
        # It tells small talk from what was foreseen: of other documents it took 14 of 503 questions for it.
        if not len(index.foreseen.links) and likeness.max(initial=NONE) < LIKENESS:
            return None
    else:
        talk = _shares(index.foreseen, likeness)
    if sum(talk.values()) < LEAST:
        return None
    nearest = max(talk, key=lambda name: talk[name])
    intent = nearest if talk[nearest] >= SURE * sum(talk.values()) else UNSURE
    return Answer(message, message, Status.SMALL_TALK, query.language, 1.0, intent=intent)


@cache
def _examples() -> dict[str, str]:
    """The kind of each example, by its words: what is one of them needs no guess."""
    return {normalize(text): topic.name for topic in small_talk() for text in topic.wordings}


def _shares(foreseen: ForeseenIndex, likeness: Floats) -> dict[str, float]:
    """Which share of the nearest keys of all are examples of each kind; none where none is near."""
    if likeness.max(initial=NONE) < LIKENESS:
        return {}
    shares = foreseen.votes(likeness).of_topics
    return {
        foreseen.topics[number].name: share
        for number, share in shares.items()
        if foreseen.topics[number].kind is TopicKind.SMALL_TALK
    }
