"""Follow-up questions: finding in the conversation what a short question leaves out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyqa.chunking import text_width
from hyqa.encoding.base import encodable
from hyqa.simplified import simplify
from hyqa.sparse import SparseIndex
from hyqa.subjects import names_subject
from hyqa.types import Answer

MAX_TURNS = 8
"""Turns that are remembered; what was asked before them is no longer what is talked about."""
SHORT_QUESTION = 24
"""Width, in Chinese characters, up to which a question may be elliptical; a longer one says what it is about."""

_MARKERS = re.compile(
    r"^(?:那么?|还有|另外|此外|以及|它|他|她|其|这|该|所以|不是|不对|然后)|呢[？?。!！\s]*$|它们?|他们?|她们?|这个|那个|该园|该项目"
    r"|^\s*(?:and|but|so|or|then|also|what about|how about)\b"
    r"|\b(?:it|its|they|them|their|those|these|this|that|he|she|his|her|one|ones|same)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked, and how it was searched for."""

    question: str
    query: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked so far, oldest first; a value: adding a turn gives a new one."""

    turns: tuple[Turn, ...] = ()

    def add(self, question: str, answer: Answer) -> "Conversation":
        """The conversation with one more turn."""
        return self.with_turn(Turn(question, answer.query))

    def with_turn(self, turn: Turn) -> "Conversation":
        """The conversation with one more turn; the oldest is forgotten beyond ``MAX_TURNS``."""
        return Conversation((*self.turns, turn)[-MAX_TURNS:])

    @classmethod
    def from_history(
        cls, history: Sequence[Mapping[str, str]], sparse: SparseIndex
    ) -> "Conversation":
        """Rebuild a conversation from messages ``{"role": "user" | "assistant", "text": …}``.

        Messages of another shape are passed over: histories come from other programs.
        """
        conversation = cls()
        for message in history:
            if text := _asked(message):
                turn = Turn(text, resolve(text, conversation, sparse))
                conversation = conversation.with_turn(turn)
        return conversation


def resolve(question: str, conversation: Conversation, sparse: SparseIndex) -> str:
    """The question with its subject, taken from the conversation where it has none itself.

    A question is a follow-up when it says so (那…, …呢, it, and …) or is short and names nothing
    of its own. It then is searched together with the question that it follows; a chain of
    follow-ups keeps the one that opened it and the last.
    """
    question = " ".join(question.splitlines())  # line ends part the questions of a chain
    if not conversation.turns or not _is_follow_up(question, sparse):
        return question
    opening, *follow_ups = conversation.turns[-1].query.split("\n")
    return "\n".join([opening, *follow_ups[-1:], question])


def _asked(message: object) -> str:
    """What a message of a user asks; '' for any other."""
    if not isinstance(message, Mapping) or message.get("role") != "user":
        return ""
    text = message.get("text")
    return simplify(encodable(text).strip()) if isinstance(text, str) else ""


def _is_follow_up(question: str, sparse: SparseIndex) -> bool:
    short = text_width(question) <= SHORT_QUESTION
    if _MARKERS.search(question):
        return short or not names_subject(question, sparse)
    return short and not names_subject(question, sparse)
