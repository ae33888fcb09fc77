"""Questions and their answers; an edited question changes its answer."""

import time
from dataclasses import replace
from typing import NamedTuple

from telegram import Message

from bot.dialogues import desk, keyboards, small_talk, withheld
from bot.dialogues.starting import QUESTION_LIMIT
from bot.library import subject_of
from bot.metrics import Metrics
from bot.rendering.answers import offered, render
from bot.rendering.markup import escape, units
from bot.rendering.quoting import LIMIT
from bot.scene import Rows, Scene
from hyqa import Answer, Conversation, Status, Turn, cited
from storage import questions
from storage.albums import first_of
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
    number = _number(scene, message) if message else 0
    before = questions.of_message(scene.session, scene.chat.id, number) if number else None
    conversation = _conversation(scene, message, before)
    answer = _look_up(scene, question, conversation, metrics)
    if before:
        questions.withdraw_answer(scene.session, before)
    if answer.status is not Status.SMALL_TALK:
        remember(scene.session, scene.chat.id, conversation.add(question, answer), scene.now)
        row = _record(scene, question, answer, number, before)
        _show(scene, answer, row, number)
        return
    if before:  # a question was edited into it; of other small talk nothing is kept
        remember(scene.session, scene.chat.id, conversation, scene.now)
        _record(scene, question, answer, number, before)
    _talk(scene, answer.intent, number)


def is_asked(scene: Scene, message: Message) -> bool:
    """Whether a message has asked something that was answered."""
    number = _number(scene, message)
    return questions.of_message(scene.session, scene.chat.id, number) is not None


class Besides(NamedTuple):
    """An answer that is shown beside what goes to the staff."""

    question: str
    answer: Answer
    conversation: Conversation


def find_besides(scene: Scene, question: str, message: Message, metrics: Metrics) -> Besides | None:
    """Look up what an investor writes to the staff; None where the documents do not answer it."""
    scene.speak_as(question)
    if _objection(scene, question):
        return None
    conversation = _conversation(scene, message, None)
    answer = _look_up(scene, question, conversation, metrics)
    return Besides(question, answer, conversation) if answer.quotes else None


def show_besides(scene: Scene, found: Besides, message: Message) -> bool:
    """Show an answer, told apart from what the staff will say; says whether it was shown."""
    if withheld.of_documents(scene, (one.citation.document_id for one in found.answer.quotes)):
        return False
    turns = found.conversation.add(found.question, found.answer)
    remember(scene.session, scene.chat.id, turns, scene.now)
    number = _number(scene, message)
    row = _record(scene, found.question, found.answer, number, None)
    scene.say_plain(scene.texts.desk_besides)
    _show(scene, found.answer, row, number)
    return True


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


def _number(scene: Scene, message: Message) -> int:
    """The message that counts as what asked: of pictures that came together, the first one.

    A second caption of an album asks for itself.
    """
    number, group = message.message_id, message.media_group_id
    if group is None or questions.of_message(scene.session, scene.chat.id, number):
        return number
    first = first_of(scene.session, scene.chat.id, group, number, scene.now)
    is_asked = questions.of_message(scene.session, scene.chat.id, first) is not None
    return number if is_asked and scene.update.edited_message is None else first


def _conversation(scene: Scene, message: Message | None, before: Question | None) -> Conversation:
    """What was said before a question: up to what it replies to, or to what it changes."""
    conversation = recall(scene.session, scene.chat.id, scene.now)
    if before:
        return _without(conversation, before)
    replied = message.reply_to_message if message else None
    turn = _turn_of(scene, replied) if replied else None
    if turn is None:
        return conversation
    turns = conversation.turns
    return Conversation(turns[: turns.index(turn) + 1] if turn in turns else (turn,))


def _turn_of(scene: Scene, replied: Message) -> Turn | None:
    """What a message that is replied to asks or answers; of others, what they wrote."""
    chat, number = scene.chat.id, replied.message_id
    row = questions.of_answer(scene.session, chat, number)
    row = row or questions.of_message(scene.session, chat, number)
    if row:
        return Turn(row.text, row.query)
    words = (replied.text or replied.caption or "").strip()
    if not words or len(words) > QUESTION_LIMIT or replied.from_user is None:
        return None
    return None if replied.from_user.id == scene.me.id else Turn(words, words)


def _without(conversation: Conversation, question: Question) -> Conversation:
    """The conversation up to a question that is asked anew."""
    turn = Turn(question.text, question.query)
    turns = conversation.turns
    return Conversation(turns[: turns.index(turn)]) if turn in turns else conversation


def _record(
    scene: Scene, question: str, answer: Answer, number: int, row: Question | None
) -> Question:
    """Keep a question, in place of the one that it changes, and note it if it has no answer."""
    documents = cited(answer)
    values = {
        "text": masked(question),
        "query": masked(answer.query),
        "language": answer.language.value,
        "status": answer.status.value,
        "subject": subject_of(documents[0].document_id) if documents else "",
        "passages": [[one.citation.document_id, one.start, one.end] for one in answer.quotes],
        "choices": list(answer.choices),
        "related": list(offered(answer)),
        "nearest": list(dict.fromkeys(one.document_id for one in answer.nearest)),
    }
    if row is None:
        row = Question(
            chat_id=scene.chat.id,
            person_id=scene.user.id,
            message_id=number,
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


def _show(scene: Scene, answer: Answer, row: Question, number: int) -> None:
    """Send an answer."""
    off = withheld.of_documents(scene, (one.document_id for one in cited(answer, near=1)))
    texts = (
        [escape(off)]
        if off
        else render(answer, scene.tongue, as_of=scene.today, site=scene.settings.web_url)
    )
    rows = keyboards.person(scene, row) if off else keyboards.of_answer(scene, answer, row)
    if answer.status in _REFUSED and (over := desk.after_close(scene)):
        texts = _led(escape(over[0]), texts)
        others = keyboards.person(scene, row)
        rows = [*over[1], *(one for one in rows if one not in others)]
    _reply(scene, texts, rows, number, row.id)


def _led(word: str, texts: list[str]) -> list[str]:
    """Texts with a word in front: in the first message, where it fits."""
    together = f"{word}\n\n{texts[0]}"
    return [together, *texts[1:]] if units(together) <= LIMIT else [word, *texts]


def _talk(scene: Scene, intent: str, number: int) -> None:
    """Reply to small talk; who asks for a person gets one."""
    if intent == small_talk.PERSON:
        _reply(scene, [], (), number)
        desk.ask_person(scene)
        return
    text, rows = small_talk.reply(scene, intent)
    _reply(scene, [text], rows, number)


def _reply(
    scene: Scene, texts: list[str], rows: Rows, number: int, question_id: int | None = None
) -> None:
    """Send texts, in place of those that answered the message before it was edited.

    Args:
        scene: where to.
        texts: as HTML, each of one message.
        rows: of buttons below the last one.
        number: of the message that is answered; 0 where a button was pressed.
        question_id: that they answer, if it is kept.
    """
    replaced: list[Outgoing] = []
    if number:
        replaced = questions.answers_to(scene.session, scene.chat.id, number)
    for position, text in enumerate(texts):
        below: Rows = rows if position == len(texts) - 1 else ()
        if position < len(replaced):
            scene.edit(replaced[position], text, below, answers=number, question_id=question_id)
            replaced[position].question_id = question_id
        else:
            scene.say(text, below, answers=number or None, question_id=question_id)
    for surplus in replaced[len(texts) :]:
        scene.call("deleteMessage", {"chat_id": scene.chat.id}, edits=surplus.id)
        surplus.answers = None
