"""A question on its way to an answer: checked, understood with those before it, and kept."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from hyqa import Answer, ConfigError, Conversation, Status, cited, read_day
from storage.masking import masked
from storage.schema import Gap, Person, Question
from web.library import Shelf, subject_of
from web.visit import Fields, Site, last
from web.withheld import instead, switched_off

QUESTION_LIMIT = 500
"""Characters of a question; the bot's limit."""
MOST_AFTER = 4
"""Questions before it that a form or a link carries: a chain of follow-ups keeps its first and
its last, so that more would hardly be read."""
_REFUSED = (Status.NOT_FOUND, Status.OUT_OF_SCOPE)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form or a link asks."""

    question: str
    after: tuple[str, ...] = ()
    as_of: date | None = None
    is_bad_day: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a question.

    ``off`` is said instead of an answer on a subject that is switched off; ``row`` is the number
    under which it was kept, 0 where it was not.
    """

    answer: Answer
    off: str = ""
    row: int = 0


def read(fields: Fields) -> Asked:
    """Read what is asked; a choice that was pressed counts before what stands in the field."""
    pressed, typed = last(fields, "pick").strip(), last(fields, "q").strip()
    before = [one.strip() for one in fields.get("after", [])]
    after = tuple(one for one in before if one and len(one) <= QUESTION_LIMIT)[-MOST_AFTER:]
    day, is_bad = _day(last(fields, "as_of").strip())
    return Asked(" ".join((pressed or typed).split()), after, day, is_bad)


def objection(asked: Asked) -> str:
    """Which text says what keeps a question from being looked up; '' where nothing does."""
    if asked.is_bad_day:
        return "as_of_bad"
    if len(asked.question) > QUESTION_LIMIT:
        return "too_long"
    return "" if any(char.isalnum() for char in asked.question) else "nothing_asked"


async def look_up(
    site: Site, shelf: Shelf, asked: Asked, usual_off: str, visitor: int | None = None
) -> Found:
    """Answer a question, and keep it.

    Args:
        site: what pages work with.
        shelf: answers it.
        asked: the question.
        usual_off: said of a subject that is switched off without words of its own.
        visitor: who asks; None where the question is not to be kept.
    """
    day = asked.as_of or site.today

    def work() -> Answer:
        conversation = _conversation(shelf, asked.after, day)
        return shelf.engine.ask(asked.question, conversation=conversation, as_of=day)

    key = (asked.question, asked.after, day)
    answer = await shelf.answers.get(key, partial(site.questions.take, work))

    def finish() -> Found:  # at once: each way to a thread and back waits for those who look up
        found = Found(answer, _instead(site, answer, usual_off))
        return found if visitor is None else _keep(site, found, asked, visitor)

    return await run_in_threadpool(finish)


def _instead(site: Site, answer: Answer, usual_off: str) -> str:
    """What a subject that is switched off now says instead, kept answers included."""
    documents = (one.document_id for one in cited(answer, near=1))
    return instead(switched_off(site.database), documents, usual_off)


def _keep(site: Site, found: Found, asked: Asked, visitor: int) -> Found:
    """Keep a question as the bot keeps it; of small talk, and where it cannot be, nothing."""
    if found.answer.status is Status.SMALL_TALK:
        return found
    try:
        with site.database.session() as session:
            number = record(session, found.answer, asked, visitor, site.clock()).id
    except SQLAlchemyError as error:  # an answer that is not kept is better than none
        _log.error("A question could not be kept: %s", type(error).__name__)
        return found
    site.written_at = site.clock()
    return replace(found, row=number)


def record(session: Session, answer: Answer, asked: Asked, visitor: int, now: float) -> Question:
    """Add a question to what is kept; one without an answer is a gap, too."""
    row = _row(answer, asked, visitor, now)
    if person := session.get(Person, visitor):  # only who came by a campaign is one
        row.campaign_id, person.last_seen = person.campaign_id, now
    session.add(row)
    session.flush()
    if answer.status in _REFUSED:
        session.add(Gap(question_id=row.id))
    return row


def _conversation(shelf: Shelf, after: Sequence[str], day: date) -> Conversation:
    """The conversation before a question; the last one before it is answered anew.

    A follow-up may ask about its answer, or choose from what it asked back.
    """
    if not after:
        return Conversation()
    *earlier, latest = after
    history = [{"role": "user", "text": one} for one in earlier]
    conversation = shelf.engine.conversation(history)
    answer = shelf.engine.ask(latest, conversation=conversation, as_of=day)
    if answer.status is Status.SMALL_TALK:
        return conversation
    return conversation.add(latest, answer)


def _row(answer: Answer, asked: Asked, visitor: int, now: float) -> Question:
    documents = cited(answer)
    return Question(
        chat_id=visitor,
        person_id=visitor,
        message_id=0,
        asked_at=now,
        text=masked(asked.question),
        query=masked(answer.query),
        language=answer.language.value,
        status=answer.status.value,
        subject=subject_of(documents[0].document_id) if documents else "",
        passages=[[one.citation.document_id, one.start, one.end] for one in answer.quotes],
        nearest=list(dict.fromkeys(one.document_id for one in answer.nearest)),
        choices=[masked(one) for one in answer.choices],
        related=list(answer.related),
    )


def _day(value: str) -> tuple[date | None, bool]:
    try:
        return (read_day(value) if value else None), False
    except ConfigError:
        return None, True
