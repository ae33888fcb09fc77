"""Resolve follow-up questions: take from the conversation what a short question leaves out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hyqa.index.chunking import text_width
from hyqa.index.sparse import SparseIndex
from hyqa.models.encoder import encodable
from hyqa.question.slots import chosen_option, substitute_value, without_correction
from hyqa.question.subjects import asks_property, bare_kind, names_subject, without_properties
from hyqa.text.dates import certain_years_in, years_in
from hyqa.text.relative_years import names_year_from_today, with_years_from
from hyqa.text.scripts import simplify
from hyqa.types import Answer, Language

MAX_TURNS = 8
"""Turns that are remembered; what was asked before them is no longer what is talked about."""
SHORT_QUESTION = 24
"""Width, in Chinese characters, up to which a question may be elliptical; a longer one says what it is about."""
REPLY = 100
"""Characters of an answer that a follow-up is taken to ask about: those that it begins with."""
MAX_REPLY = 2000
"""Characters of an answer that are remembered: they tell what was talked of."""

_MARKERS = re.compile(
    r"^(?:那么?|还有|另外|此外|以及|[离距](?!婚|职|岗|开|休)|它|他|她|其|这|该|所以|不是|不对|然后)|呢[？?。!！\s]*$|它们?|他们?|她们?|这个|那个|该园|该项目"
    r"|^都?(?:有|包括|开设|设有)(?:哪些|什么|啥|多少|几[个家种])[\u4e00-\u9fff]{0,4}[？?\s]*$"
    r"|^\s*(?:and|but|so|or|then|also|what about|how about)\b"
    r"|\b(?:it|its|they|them|their|those|these|this|that|he|she|his|her|one|ones|same)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"^\s*(?:另外|此外|还有|顺便|换个(?:话题|问题)|我?(?:还想|想再|再)?问(?:一?下|一句|个)|by the way|another question"
    r"|on another (?:topic|note)|changing the subject)[，,：:\s]*(?:我?(?:还想|想再|再)?问(?:一?下|一句|个)?)?[，,：:\s]*",
    re.IGNORECASE,
)
"""How a question says that it is about something else."""
_ONLY_LANGUAGE = re.compile(
    r"\s*(?:请|能|可以)*(?:and\s+)?(?:what about\s+)?(?:(?:can|could) you (?:say|tell me|show)\s+)?(?:(?:say|show|translate)\s+)?"
    r"(?:(?:that|this|it|the same|the answer)\s+)?(?:in(?:to)? (?:english|chinese)|(?:翻译成|换成|用)?(?:英文|英语|中文|汉语)(?:怎么说|再?说一[遍下]|回答|讲|说|版|呢|吗|行)*)"
    r"[\s?？。.!！]*(?:please[.?!]?)?\s*",
    re.IGNORECASE,
)
"""A question that asks for another language, and for nothing else."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, how it was searched for, what was answered or offered to choose from."""

    question: str
    query: str
    reply: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked so far, oldest first; immutable: adding a turn gives a new conversation."""

    turns: tuple[Turn, ...] = ()

    def add(self, question: str, answer: Answer) -> "Conversation":
        """Give the conversation with one more turn."""
        reply = "\n".join(quote.text for quote in answer.shown)[:MAX_REPLY]
        return self.with_turn(Turn(question, answer.query, reply, answer.choices))

    @property
    def context(self) -> str:
        """How the last answer begins."""
        return " ".join(self.turns[-1].reply[:REPLY].split()) if self.turns else ""

    @property
    def words(self) -> tuple[str, ...]:
        """All texts of the turns that are remembered."""
        return tuple(
            text for turn in self.turns for text in (turn.question, turn.query, turn.reply)
        )

    @property
    def earlier(self) -> tuple[str, ...]:
        """The question that opened the conversation, and the last."""
        if not self.turns:
            return ()
        opening, last = self.turns[0].query, self.turns[-1].query
        return tuple(dict.fromkeys([opening.split("\n")[0], last.split("\n")[-1]]))

    @property
    def questions(self) -> tuple[str, ...]:
        """All questions that are remembered, as they were asked."""
        return tuple(simplify(" ".join(turn.question.split())) for turn in self.turns)

    @property
    def told(self) -> str:
        """What the last answer showed."""
        return self.turns[-1].reply if self.turns else ""

    def with_turn(self, turn: Turn) -> "Conversation":
        """Give the conversation with one more turn; the oldest is forgotten beyond ``MAX_TURNS``."""
        return Conversation((*self.turns, turn)[-MAX_TURNS:])

    def asked(self, questions: Sequence[str], sparse: SparseIndex) -> "Conversation":
        """Give the conversation with some questions asked in it, and not yet answered."""
        conversation = self
        for question in questions:
            turn = Turn(question, resolve(question, conversation, sparse))
            conversation = conversation.with_turn(turn)
        return conversation

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
                conversation = conversation.asked([text], sparse)
            elif conversation.turns and (reply := _replied(message)):
                *turns, last = conversation.turns
                conversation = cls((*turns, replace(last, reply=reply)))
        return conversation


NOTHING = Conversation()
"""A conversation in which nothing was asked yet."""


def resolve(question: str, conversation: Conversation, sparse: SparseIndex) -> str:
    """Complete a question with the subject that it leaves out, from the conversation.

    A question is a follow-up when it says so (那…, …呢, it, and …) or is short and names nothing
    of its own. It then is searched together with the question that it follows; a chain of
    follow-ups keeps the one that opened it and the last; of what they asked for, nothing where the
    follow-up asks for another property of the same subject. One that only names another place, year,
    degree or phase is the earlier question with that in the place of its own.
    """
    question = " ".join(question.splitlines())  # line ends part the questions of a chain
    if not conversation.turns:
        return question
    if (turned := _CHANGE.match(question)) and names_subject(question[turned.end() :], sparse):
        return question[turned.end() :]
    if chosen := chosen_option(question, conversation.turns[-1].choices):
        return chosen
    last = conversation.turns[-1].query
    opening, *follow_ups = last.split("\n")
    if _ONLY_LANGUAGE.fullmatch(question):
        return last
    if instead := substitute_value(question, opening):
        return instead
    if follow_ups and (instead := substitute_value(question, follow_ups[-1])):
        return f"{opening}\n{instead}"
    if not _is_follow_up(question, sparse):
        return question
    own = without_correction(question)
    return "\n".join([*_carried([opening, *follow_ups[-1:]], own, sparse), own])


def _carried(lines: list[str], question: str, sparse: SparseIndex) -> list[str]:
    """What a follow-up takes from the lines before: of their properties none where it asks for one."""
    if not asks_property(question):
        return lines
    subjects = [bare for line in lines if names_subject(bare := without_properties(line), sparse)]
    return subjects or lines


def with_year_told(question: str, conversation: Conversation) -> str:
    """Write out a year that a question tells by its distance from the one that was talked of.

    That is the last one that was asked about, else the first that was shown. Without any, the question
    stays as it is, and so does one that names a year itself, from which it counts.

    Args:
        question: the user's words.
        conversation: what was asked and shown before.
    """
    if not conversation.turns or years_in(question) or names_year_from_today(question):
        return question
    last = conversation.turns[-1]
    years = years_in(last.query)[-1:] or certain_years_in(last.reply)
    return with_years_from(question, int(years[0])) if years else question


def refers_back(question: str) -> bool:
    """Say whether a question refers back to another by a word (那…, …呢, it, and …)."""
    return _MARKERS.search(question) is not None


def asked_language(question: str) -> Language | None:
    """Recognise a message that only asks for another language; None for any other."""
    if not _ONLY_LANGUAGE.fullmatch(question):
        return None
    return (
        Language.ENGLISH if re.search("英|english", question, re.IGNORECASE) else Language.CHINESE
    )


def _asked(message: object) -> str:
    """What a message of a user asks; '' for any other."""
    return simplify(_said(message, "user").strip())


def _replied(message: object) -> str:
    """What a message of an assistant says; '' for any other."""
    return simplify(_said(message, "assistant")[:MAX_REPLY]).strip()


def _said(message: object, role: str) -> str:
    if not isinstance(message, Mapping) or message.get("role") != role:
        return ""
    text = message.get("text")
    return encodable(text) if isinstance(text, str) else ""


def _is_follow_up(question: str, sparse: SparseIndex) -> bool:
    short = text_width(question) <= SHORT_QUESTION
    if refers_back(question):
        return short or not names_subject(question, sparse)
    return short and (bool(bare_kind(question, sparse)) or not names_subject(question, sparse))
