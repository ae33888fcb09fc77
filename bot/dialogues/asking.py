"""Questions and their answers; an edited question changes its answer."""

import time
from dataclasses import replace

from telegram import Message

from bot.dialogues import desk, keyboards, small_talk, withheld
from bot.dialogues.starting import QUESTION_LIMIT
from bot.library import subject_of
from bot.metrics import Metrics
from bot.rendering.answers import offered, render
from bot.rendering.markup import escape
from bot.scene import Rows, Scene
from hyqa import Answer, Conversation, Status, Turn
from storage import questions
from storage.conversations import recall, remember
from storage.masking import masked
from storage.schema import Gap, Outgoing, Question

_REFUSED = (Status.NOT_FOUND, Status.OUT_OF_SCOPE)


def ask(scene: Scene, question: str, metrics: Metrics, *, message: Message | None = None) -> None:
    """Answer a question, unless something has to be said about it first.

    Args:
        scene: where it was asked.
        question: the words of it.
        metrics: told of what became of it.
        message: what asked it; None where a button did.
    """
    scene.speak_as(question)
    if objection := _objection(scene, question):
        scene.say_plain(objection, keyboards.subjects(scene))
        return
    conversation = recall(scene.session, scene.chat.id, scene.now)
    before = (
        questions.of_message(scene.session, scene.chat.id, message.message_id) if message else None
    )
    if before:
        conversation = _without(conversation, before)
    answer = _look_up(scene, question, conversation, metrics)
    if before:
        questions.withdraw_answer(scene.session, before)
    if answer.status is not Status.SMALL_TALK:
        remember(scene.session, scene.chat.id, conversation.add(question, answer), scene.now)
        row = _record(scene, question, answer, message, before)
        _show(scene, answer, row, message)
        return
    if before:  # a question was edited into it; of other small talk nothing is kept
        remember(scene.session, scene.chat.id, conversation, scene.now)
        _record(scene, question, answer, message, before)
    _talk(scene, answer.intent, message)


def choice(scene: Scene, question_id: str, number: str) -> str:
    """The question of a button that offers one; '' where there is none."""
    row = questions.of_chat(scene.session, question_id, scene.chat.id)
    position = int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else -1
    buttons = [*row.choices, *row.related] if row else []
    return str(buttons[position]) if 0 <= position < len(buttons) else ""


def _look_up(scene: Scene, question: str, conversation: Conversation, metrics: Metrics) -> Answer:
    started = time.monotonic()
    answer = scene.shelf.engine.ask(question, conversation=conversation, as_of=scene.today)
    metrics.lookup.observe(time.monotonic() - started)
    metrics.answers.labels(answer.status.value).inc()
    return _masked(answer)


def _masked(answer: Answer) -> Answer:
    """The answer without numbers of people in what it repeats of the question: it is kept."""
    return replace(
        answer,
        missing=tuple(masked(part) for part in answer.missing),
        choices=tuple(masked(choice) for choice in answer.choices),
    )


def _objection(scene: Scene, question: str) -> str:
    """Say what keeps a question from being looked up; empty if nothing does."""
    if not question:
        return scene.texts.ask_what
    if len(question) > QUESTION_LIMIT:
        return scene.texts.too_long.format(length=len(question), limit=QUESTION_LIMIT)
    return "" if any(char.isalnum() for char in question) else scene.texts.nothing_asked


def _without(conversation: Conversation, question: Question) -> Conversation:
    """The conversation up to a question that is asked anew."""
    turn = Turn(question.text, question.query)
    turns = conversation.turns
    return Conversation(turns[: turns.index(turn)]) if turn in turns else conversation


def _record(
    scene: Scene, question: str, answer: Answer, message: Message | None, row: Question | None
) -> Question:
    """Keep a question, in place of the one that it changes, and note it if it has no answer."""
    cited = [quote.citation for quote in answer.quotes] or list(answer.nearest)
    values = {
        "text": masked(question),
        "query": masked(answer.query),
        "language": answer.language.value,
        "status": answer.status.value,
        "subject": subject_of(cited[0].document_id) if cited else "",
        "passages": [[one.citation.document_id, one.start, one.end] for one in answer.quotes],
        "choices": list(answer.choices),
        "related": list(offered(answer)),
        "nearest": list(dict.fromkeys(one.document_id for one in answer.nearest)),
    }
    if row is None:
        row = Question(
            chat_id=scene.chat.id,
            person_id=scene.user.id,
            message_id=message.message_id if message else 0,
            asked_at=scene.now,
            campaign_id=scene.person.campaign_id if scene.person else None,
        )
        scene.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    scene.session.flush()
    if answer.status in _REFUSED:
        scene.session.add(Gap(question_id=row.id))
    return row


def _show(scene: Scene, answer: Answer, row: Question, message: Message | None) -> None:
    """Send an answer."""
    cited = [one.citation for one in answer.quotes] or list(answer.nearest[:1])
    off = withheld.of_documents(scene, (one.document_id for one in cited))
    texts = [escape(off)] if off else render(answer, scene.tongue, as_of=scene.today)
    rows = keyboards.person(scene, row) if off else keyboards.of_answer(scene, answer, row)
    _reply(scene, texts, rows, message)


def _talk(scene: Scene, intent: str, message: Message | None) -> None:
    """Reply to small talk; who asks for a person gets one."""
    if intent == small_talk.PERSON:
        _reply(scene, [], (), message)
        desk.ask_person(scene)
        return
    text, rows = small_talk.reply(scene, intent)
    _reply(scene, [text], rows, message)


def _reply(scene: Scene, texts: list[str], rows: Rows, message: Message | None) -> None:
    """Send texts, in place of those that answered the message before it was edited."""
    answers = message.message_id if message else None
    replaced: list[Outgoing] = []
    if message:
        replaced = questions.answers_to(scene.session, scene.chat.id, message.message_id)
    for position, text in enumerate(texts):
        below: Rows = rows if position == len(texts) - 1 else ()
        if message and position < len(replaced):
            scene.edit(replaced[position], text, below, answers=message.message_id)
        else:
            scene.say(text, below, answers=answers)
    for surplus in replaced[len(texts) :]:
        scene.call("deleteMessage", {"chat_id": scene.chat.id}, edits=surplus.id)
        surplus.answers = None
