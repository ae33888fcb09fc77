"""Questions foreseen for documents: written when a document is added, matched when one is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hyqa.types.documents import Language


@dataclass(frozen=True, slots=True)
class ForeseenQuestion:
    """A question that somebody wrote for a document, and what answers it there.

    Attributes:
        text: the question, as people type it.
        answers: for the id of each document that answers it, the words of that document that do,
            letter for letter. Empty for a near miss.
        unanswered: of a near miss, the ids of the documents that look as if they answered and do
            not; none where no document comes near it.
        lacks: what is lacking, in the question's language: of a near miss, and where the documents
            answer a part.
    """

    text: str
    answers: Mapping[str, str] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()
    lacks: str = ""

    @property
    def is_near_miss(self) -> bool:
        """Whether its documents do not answer it."""
        return not self.answers


class TopicKind(StrEnum):
    """What a topic is that no passage answers."""

    GAP = "gap"
    """Something that is often asked and that no document holds."""
    SMALL_TALK = "small_talk"
    """Something that people say to whom they talk with, such as a greeting."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that is asked or said in many wordings, and that no passage answers.

    Attributes:
        name: identifies it among those of its kind.
        kind: what it is.
        wordings: how people put it, in any language.
        texts: of a gap, what is said instead of an answer, in each language: that it is not held,
            who publishes it, whom to ask.
        nearest: of a gap, the ids of the documents that come nearest, each with the words of it that
            do, letter for letter; "" where no words of it do.
    """

    name: str
    kind: TopicKind
    wordings: tuple[str, ...]
    texts: Mapping[Language, str] = field(default_factory=dict)
    nearest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A foreseen question that is near the one that was asked.

    Attributes:
        text: the foreseen question.
        likeness: estimated probability, 0 to 1, that both are answered by the same words.
        start, end: where the words that answer it stand in the passage's document; 0 and 0 of a
            near miss.
        lacks: what its document lacks: of a near miss, and where it answers a part.
    """

    text: str
    likeness: float
    start: int = 0
    end: int = 0
    lacks: str = ""
