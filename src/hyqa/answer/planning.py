"""Plan the queries of a message: how it is answered as one question, and what it asks further.

A message that only asks for another language repeats the question before.

What a message asks of several parks is answered from the table of parks, where it holds it.

A message may compare things, ask the same of several, hold several questions, or leave open of
which thing it asks. Each further question is answered like the first, and their answers are merged
once. There are at most ``MOST_NAMES``, ``MOST_QUESTIONS`` or ``MOST_TRIED`` of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Protocol

from hyqa.answer.clarification import ask_back, possible_choices
from hyqa.answer.coverage import share_spoken_of
from hyqa.answer.holdings import answer_from_table
from hyqa.answer.localization import repeat_in_language
from hyqa.answer.merging import (
    merge_comparison,
    merge_questions,
    open_questions,
    shows_all,
)
from hyqa.index.build import Index
from hyqa.models import Encoder
from hyqa.question.ambiguity import (
    AmbiguousSubject,
    OpenPart,
    ambiguous_subject,
    is_mentioned,
    may_be_new_subject,
)
from hyqa.question.analysis import analyse
from hyqa.question.comparison import Comparison, enumeration
from hyqa.question.decomposition import questions_in
from hyqa.question.follow_ups import Conversation
from hyqa.question.query import make_query
from hyqa.question.understanding import Question, Understood
from hyqa.reading.reader import Reader
from hyqa.types import Answer, Query, Ranking, Step

WHOLE = "the question"
IN_ANOTHER_LANGUAGE = "the question before, in another language"
ONE_COMPARED = "the same of one of the things"
ONE_OF_SEVERAL = "one question of the message"
ONE_CHOICE = "a question that may be meant"
FROM_TABLE = "the table of parks"
_NAMED = (OpenPart.NAME, OpenPart.KIND)
_TALKED_OF = 3
"""Hits of the question before that tell what kind of thing is talked of."""


def _as_it_is(whole: Answer, answers: Sequence[Answer]) -> Answer:
    """The answer to the whole, where there are no further questions."""
    return whole


@dataclass(frozen=True, slots=True)
class Plan:
    """Further questions, what they are asked for, and how their answers become one.

    ``merge`` takes the answer to the whole and one for each question, in their order.
    """

    purpose: str = WHOLE
    questions: tuple[Question, ...] = ()
    merge: Callable[[Answer, Sequence[Answer]], Answer] = _as_it_is


class Finder(Protocol):
    """Searches and reads, without answering."""

    reader: Reader

    @property
    def encoder(self) -> Encoder:
        """The one that made the index."""
        ...

    def find(self, query: Query, *, top_k: int = ..., as_of: date | None = ...) -> Ranking:
        """The best hits for a query."""
        ...


def answer_alone(
    index: Index, understood: Understood, answer: Callable[[Query, str], Step], purpose: str
) -> tuple[tuple[Step, ...], Step]:
    """Answer one question.

    Args:
        index: where the documents are.
        understood: the question.
        answer: answers a query for a purpose.
        purpose: what the question is asked for.

    Returns:
        The steps that it took, and the one of them that answers it.
    """
    steps: tuple[Step, ...] = ()
    if understood.before and understood.language:
        step = answer(understood.before, IN_ANOTHER_LANGUAGE)
        told = repeat_in_language(index, step, understood.language)
        steps = (replace(step, answer=told or step.answer),)
        if told:
            return steps, steps[0]
    whole = answer(understood.query, purpose)
    return (*steps, whole), whole


def plan_of(index: Index, understood: Understood, whole: Step, finder: Finder) -> Plan:
    """Plan the further questions of a message.

    Args:
        index: whose names and documents tell.
        understood: the message.
        whole: how it was answered as one question.
        finder: looks up what a vague question may be about.
    """
    if whole.purpose == IN_ANOTHER_LANGUAGE:
        return Plan()
    question, answer = understood.question, whole.answer
    asked = index.park_questions.asked(question, finder.encoder)
    if asked and (told := answer_from_table(index, asked, answer)):
        return Plan(FROM_TABLE, (), lambda whole, answers: told)
    listed = None if understood.compared else enumeration(question, index.names)
    if listed and shows_all(answer, listed.names):
        listed = None
    if compared := understood.compared or listed:
        return _comparing(compared, understood.as_of)
    if several := questions_in(question):
        return _dividing(index, several, understood, answer)
    if not _is_sure(whole) and (vague := _vague(index, understood, answer, finder)):
        return _clarifying(index, understood, vague, whole, finder)
    return Plan()


def _is_sure(whole: Step) -> bool:
    """Whether a question is answered and not asked back, whatever it leaves open.

    What has seen foreseen questions is sure of all that it shows; by words alone, each of several
    things answers as surely.
    """
    return bool(whole.ranking.foreseen and whole.answer.quotes)


def _comparing(compared: Comparison, as_of: date | None) -> Plan:
    questions = tuple(Question(one, Conversation(), as_of) for one in compared.questions)
    return Plan(ONE_COMPARED, questions, partial(merge_comparison, compared))


def _dividing(index: Index, several: Sequence[str], understood: Understood, answer: Answer) -> Plan:
    """Ask those questions of a message by themselves that the answer to all of it leaves open."""

    def spoken_of(question: str, answer: Answer) -> float:
        quoted = [quote.citation.document_id for quote in answer.quotes]
        return share_spoken_of(index, question, index.names, quoted)

    places = open_questions(several, answer, spoken_of)
    questions = tuple(
        Question(
            several[place],
            understood.conversation.asked(several[:place], index.sparse),
            understood.as_of,
        )
        for place in places
    )
    asked = [several[place] for place in places]
    return Plan(
        ONE_OF_SEVERAL,
        questions,
        lambda whole, answers: merge_questions(asked, whole, answers),
    )


def _vague(
    index: Index, understood: Understood, answer: Answer, finder: Finder
) -> AmbiguousSubject | None:
    """What a question leaves open of its subject, and the conversation, too.

    A thing that is named, and that the conversation led to no answer about, is open again.
    """
    question, conversation = understood.question, understood.conversation
    vague = ambiguous_subject(question, index.lexicon, index.sparse)
    if vague is None or not conversation.turns:
        return vague
    if vague.openness in _NAMED and not answer.quotes:
        return vague
    if not may_be_new_subject(vague, resolved=answer.query != question):
        return None
    last = make_query(conversation.turns[-1].query)
    hits = finder.find(last, top_k=_TALKED_OF, as_of=understood.as_of).hits
    found = [index.store.document(hit.chunk.document_id).text for hit in hits]
    return None if is_mentioned(vague, [*conversation.words, *found]) else vague


def _clarifying(
    index: Index, understood: Understood, vague: AmbiguousSubject, whole: Step, finder: Finder
) -> Plan:
    """Try the questions that may be meant, to ask back with those that are answered."""
    question = understood.question
    readings = whole.readings
    if whole.answer.query != question:
        query = make_query(question, as_of=understood.as_of)
        ranking = finder.find(query, as_of=understood.as_of)
        readings = finder.reader.read(query, analyse(query, index), ranking)
    tried = possible_choices(index, question, vague, readings)
    return Plan(
        ONE_CHOICE,
        tuple(Question(one.question, Conversation(), understood.as_of) for one in tried),
        lambda whole, answers: ask_back(vague, tried, answers, whole),
    )
