"""Understand a message: correct its spelling, resolve what it follows, and make its query."""

from dataclasses import dataclass, replace
from datetime import date

from hyqa.index.build import Index
from hyqa.models.encoder import encodable
from hyqa.question.comparison import Comparison, comparison, substitute_name
from hyqa.question.follow_ups import Conversation, asked_language, resolve, with_year_told
from hyqa.question.listed import name_listed
from hyqa.question.query import MAX_QUESTION, make_query, question_language
from hyqa.question.slots import without_introduction
from hyqa.question.spelling import Speller
from hyqa.text.names import names_in
from hyqa.text.scripts import simplify
from hyqa.types import Language, Query, Understanding


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked: its words, the conversation before it, and as of which day (None: today)."""

    words: str
    conversation: Conversation
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Understood:
    """A question after its spelling was corrected and its follow-up resolved.

    Attributes:
        question: its words, spelling mended, without what only introduces it.
        conversation: what it follows; empty where it turns to another subject.
        as_of: the day as of which it is asked; None for today.
        query: what is searched for.
        spelled: its words with the spelling mended.
        before: the question before, where the message only asks for it in another language.
        language: the language that such a message asks for.
        compared: what the question compares, None where it compares nothing.
    """

    question: str
    conversation: Conversation
    as_of: date | None
    query: Query
    spelled: str
    before: Query | None = None
    language: Language | None = None
    compared: Comparison | None = None

    def told(self, message: str) -> Understanding:
        """Summarise it for a trace."""
        names = self.compared.names if self.compared else ()
        return Understanding(message, self.spelled, self.query.text, self.query.language, names)


def understand(
    asked: Question, index: Index, speller: Speller, *, part: bool = False
) -> Understood:
    """Understand a question.

    Args:
        asked: the question.
        index: whose names and words tell what is meant.
        speller: mends its spelling.
        part: whether it is one of the questions that a message was divided into, which compares
            nothing further.
    """
    words, spelled, question = _mended(asked.words, speller)
    conversation = asked.conversation
    if question != spelled and names_in(question, index.names):
        conversation = Conversation()  # who asks to be told of a thing has changed to that
    own, question = question, with_year_told(question, conversation)
    question = name_listed(question, conversation, index.names)
    compared = None if part else comparison(question, conversation, index.names)
    named = compared.text if compared else substitute_name(question, conversation, index.names)
    text = named or resolve(question, conversation, index.sparse)
    wanted = asked_language(words)
    query = make_query(
        text,
        wanted or question_language(_worded(own, text)),
        as_of=asked.as_of,
        context=conversation.context if "\n" in text else "",
        earlier=conversation.earlier if text == question else (),
        followed=() if named or _stands_for_all(text, question) else conversation.questions,
    )
    query = replace(query, told=conversation.told)
    again = text if wanted and question_language(text) is not wanted else ""
    return Understood(
        question=question,
        conversation=conversation,
        as_of=asked.as_of,
        query=query,
        spelled=spelled,
        before=_alone(again, speller, index, asked.as_of),
        language=wanted,
        compared=compared,
    )


def _stands_for_all(text: str, question: str) -> bool:
    """Whether a question was resolved into another one that needs nothing before it."""
    return "\n" not in text and text != question


def _mended(words: str, speller: Speller) -> tuple[str, str, str]:
    """Words as they are read, with the spelling mended, and without what only introduces them."""
    read = simplify(encodable(words).strip()[:MAX_QUESTION])
    spelled = speller.mend(read)
    return read, spelled, without_introduction(spelled)


def _alone(words: str, speller: Speller, index: Index, as_of: date | None) -> Query | None:
    """The query of words that follow nothing; None where there are none."""
    if not words:
        return None
    _, _, question = _mended(words, speller)
    text = resolve(question, Conversation(), index.sparse)
    return make_query(text, question_language(_worded(question, text)), as_of=as_of)


def _worded(question: str, resolved: str) -> str:
    """A question, or what it was resolved to where it has no letters: a number picks a choice."""
    return question if any(map(str.isalpha, question)) else resolved
