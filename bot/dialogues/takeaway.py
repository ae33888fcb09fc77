"""What people take away: an answer as a PDF, a document's days as a calendar file."""

from collections.abc import Iterator

from bot.dialogues import withheld
from bot.rendering.sheets import sheet
from bot.rendering.sources import Page, opens, place
from bot.scene import Scene
from hyqa import (
    Answer,
    Conversation,
    Status,
    Turn,
    cited,
    days_to_come,
    print_sheet,
    write_calendar,
)
from storage import questions
from storage.conversations import recall
from storage.schema import Question

_KINDS = (Status.ANSWERED, Status.PARTIAL, Status.NOT_FOUND, Status.OUT_OF_SCOPE)


def send(scene: Scene, question_id: str) -> None:
    """Send an answer as a PDF, if it is still what the documents answer."""
    row = questions.of_chat(scene.session, question_id, scene.chat.id)
    if row is None or not scene.is_private or row.status not in _KINDS:
        scene.say_plain(scene.texts.gone)
        return
    scene.speak_as(row.text)
    answer = _answer(scene, row)
    if answer is None:
        scene.say_plain(scene.texts.take_away_changed)
        return
    if off := withheld.of_documents(scene, (one.document_id for one in cited(answer))):
        scene.say_plain(off)
        return
    page = Page(scene.tongue, scene.today, scene.settings.web_url)
    drawn = print_sheet(
        sheet(answer, row.text, page, scene.today, _earlier(row)), scene.settings.font
    )
    scene.send_file("sendDocument", drawn, f"hengyang-{scene.today.isoformat()}.pdf")


def send_calendar(scene: Scene, key: str) -> None:
    """Send the days to come that a document states."""
    held = scene.shelf.by_key(key)
    if held is None:
        scene.say_plain(scene.texts.gone)
        return
    if off := withheld.of_documents(scene, [held.id]):
        scene.say_plain(off)
        return
    days = days_to_come(held, scene.today)
    if not days:
        scene.say_plain(scene.texts.calendar_none)
        return
    labels = {
        "effective": scene.texts.calendar_effective,
        "expires": scene.texts.calendar_expires,
    }
    shown = place(scene.settings.web_url, held.id, ())
    url = shown if opens(shown) else held.meta.url if opens(held.meta.url) else ""
    file = write_calendar(held, days, labels, scene.now, url)
    scene.send_file("sendDocument", file, "dates.ics", held.meta.title[:200])


def _answer(scene: Scene, row: Question) -> Answer | None:
    """The answer that was given, made anew; None where another one would be given by now.

    Only its quotes are kept: what was said of them, such as what they leave open, is not.
    """
    for question, conversation in _ways(scene, row):
        answer = scene.shelf.engine.ask(question, conversation=conversation, as_of=scene.today)
        passages = [[one.citation.document_id, one.start, one.end] for one in answer.quotes]
        if answer.status == row.status and passages == [list(one) for one in row.passages]:
            return answer
    return None


def _ways(scene: Scene, row: Question) -> Iterator[tuple[str, Conversation]]:
    """How a question may have been understood: in its conversation, or as it was searched for."""
    turns, turn = recall(scene.session, scene.chat.id, scene.now).turns, Turn(row.text, row.query)
    if turn in turns:
        yield row.text, Conversation(turns[: turns.index(turn)])
    yield row.query, Conversation()


def _earlier(row: Question) -> tuple[str, ...]:
    """The questions that a follow-up was understood with."""
    *before, last = row.query.splitlines() or [""]
    return tuple(before) if last == row.text else ()
