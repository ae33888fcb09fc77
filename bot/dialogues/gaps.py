"""Questions that the documents do not answer: collected, grouped, asked again of a new index."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialogues.buttons import Press, button
from bot.dialogues.few import FEWEST, shown
from bot.dialogues.similarity import grouped
from bot.dialogues.withheld import is_withheld
from bot.languages import Tongue, of_text
from bot.library import Shelf
from bot.rendering.answers import render
from bot.rendering.markup import escape, shorten
from bot.scene import Scene, message_parameters
from bot.texts import TEXTS
from hyqa import Status
from storage import questions
from storage.desk import audit, current_chat
from storage.outbox import put
from storage.retention import DAY
from storage.schema import Gap, Outgoing, Person, Question

DAYS = 30
"""Days that the list of gaps looks back."""
SHOWN = 15
_LINE = 200


def agree(scene: Scene, question_id: str) -> None:
    """Note that somebody wants to be told when there is an answer."""
    question = questions.of_chat(scene.session, question_id, scene.chat.id)
    gap = scene.session.get(Gap, question.id) if question else None
    if gap is None:
        scene.say_plain(scene.texts.gone)
        return
    if question and question.person_id != scene.user.id:
        scene.say_plain(scene.texts.not_yours)
        return
    gap.agreed = True
    scene.say_plain(scene.texts.will_tell)


def show(scene: Scene) -> None:
    """List the questions without an answer, grouped by what they ask; those of few not at all."""
    audit(scene.session, scene.user.id, "gaps", "", scene.now)
    groups = grouped((row.text, row) for row in _open(scene.session, scene.now - DAYS * DAY))
    asked = [(text, len(rows), len({row.person_id for row in rows})) for text, rows in groups]
    lines = [
        scene.texts.gaps_line.format(
            count=count, people=people, question=shorten(" ".join(text.split()), _LINE)
        )
        for text, count, people in asked
        if people >= FEWEST
    ]
    if not lines:
        scene.say_plain(scene.texts.gaps_none)
        return
    title = scene.texts.gaps_title.format(days=DAYS)
    rest = scene.texts.gaps_few.format(limit=FEWEST)
    scene.say(escape("\n".join([title, *lines[:SHOWN], rest])))


def replay(session: Session, shelf: Shelf, now: float, day: date, desk_chat: int) -> int:
    """Ask the open questions of a new index; gives how many it answers.

    The desk is asked whether to tell those who agreed; without a desk they are told.
    """
    found = [
        row
        for row in _open(session, 0.0)
        if shelf.engine.ask(row.query, as_of=day).status is Status.ANSWERED
    ]
    for row in found:
        session.get_one(Gap, row.id).answered_at = now
    session.flush()
    agreed = {row.person_id for _, row in _to_tell(session)}
    desk_chat = current_chat(session, desk_chat)
    if desk_chat and found:
        texts = TEXTS[Tongue.SIMPLIFIED]
        asked = shown(texts, len(found), len({row.person_id for row in found}))
        told = shown(texts, len(agreed), len(agreed))
        text = escape(texts.gaps_replayed.format(count=asked, agreed=told))
        rows = [[button(texts.gaps_tell, Press.TELL_THEM)]] if agreed else []
        payload = message_parameters(desk_chat, text, rows)
        put(session, Outgoing(
            chat_id=desk_chat, method="sendMessage", payload=payload, created_at=now
        ))  # fmt: skip
    elif agreed:
        tell(session, shelf, now, day)
    return len(found)


def press_tell(scene: Scene) -> None:
    """Tell those who agreed, as a member of the staff."""
    if scene.chat.id != scene.desk_chat:
        return
    people = tell(scene.session, scene.shelf, scene.now, scene.today)
    audit(scene.session, scene.user.id, "gaps tell", "", scene.now)
    scene.say_plain(scene.texts.gaps_told.format(count=shown(scene.texts, people, people)))


def tell(session: Session, shelf: Shelf, now: float, day: date) -> int:
    """Send their answer to all who agreed to be told; gives how many."""
    people = set()
    for gap, row in _to_tell(session):
        answer = shelf.engine.ask(row.query, as_of=day)
        if any(is_withheld(session, one.citation.document_id) for one in answer.quotes):
            continue  # told when the subject is switched on again
        gap.told_at = now
        if answer.status is not Status.ANSWERED:
            continue
        person = session.get(Person, row.person_id)
        tongue = _tongue(person, row)
        lead = TEXTS[tongue].now_answered.format(question=shorten(row.text, _LINE))
        told = render(replace(answer, related=()), tongue, as_of=day)  # no buttons to offer them
        for text in (escape(lead), *told):
            payload = message_parameters(row.chat_id, text)
            put(session, Outgoing(
                chat_id=row.chat_id, method="sendMessage", payload=payload, created_at=now
            ))  # fmt: skip
        people.add(row.person_id)
    return len(people)


def _tongue(person: Person | None, row: Question) -> Tongue:
    if person and person.language:
        return Tongue(person.language)
    return of_text(row.text, person.code if person else None)


def _open(session: Session, since: float) -> list[Question]:
    return list(
        session.scalars(
            select(Question)
            .join(Gap, Gap.question_id == Question.id)
            .where(Gap.answered_at.is_(None), Question.asked_at >= since)
            .order_by(Question.id)
        )
    )


def _to_tell(session: Session) -> list[tuple[Gap, Question]]:
    rows = session.execute(
        select(Gap, Question)
        .join(Question, Gap.question_id == Question.id)
        .where(Gap.agreed.is_(True), Gap.answered_at.is_not(None), Gap.told_at.is_(None))
    )
    return [(gap, question) for gap, question in rows]
