"""Which buttons stand below an answer."""

from collections.abc import Sequence

from bot.dialogues.buttons import Press, button, url_button
from bot.library import key_of
from bot.rendering.answers import OFFER, are_cut, offered
from bot.rendering.markup import shorten
from bot.rendering.sources import opens
from bot.scene import Button, Rows, Scene
from hyqa import Answer, Citation, Document, Metadata, Quote, by_source, days_to_come
from storage.schema import Question

LABEL = 40
"""Units of a button's label: what a phone shows of it in one line."""
LONGEST = 200
"""Units of a choice's label at most: Telegram takes 256 characters."""
SHOWN_SOURCES = 3
"""Sources that get buttons of their own; more rows would hide the answer."""
SUGGESTED = 2
"""Other sections of the cited document that are offered."""
BEFORE, AFTER = "b", "a"
"""The sides of a passage, as buttons carry them."""
_SUBJECTS = ("parks", "incentives", "talent")


def label(text: str) -> str:
    """A text cut to the length of a button."""
    return shorten(" ".join(text.split()), LABEL) or "…"


def subjects(scene: Scene) -> Rows:
    """The ways in besides typing."""
    return [
        [button(getattr(scene.texts, f"subject_{name}"), Press.SUBJECT, name) for name in _SUBJECTS]
    ]


def of_answer(scene: Scene, answer: Answer, row: Question) -> Rows:
    """Buttons below an answer, or below the word that there is none."""
    if answer.choices:
        return [*_choices(answer, row), *person(scene, row)]
    if not answer.quotes:
        near = [[document(c.document_id, c.meta)] for c in _documents(answer.nearest)]
        ways = [*_tell_me(scene, row), *person(scene, row), _take_away(scene, row)]
        return [*near, *ways, *_related(answer, row)]
    sources = by_source(answer.quotes)
    numbered = [
        of_source(scene, places, f" {number}" if len(sources) > 1 else "")
        for number, (_, places) in enumerate(sources[:SHOWN_SOURCES], 1)
    ]
    verdict = [
        button(scene.texts.helpful, Press.RATING, row.id, 1),
        button(scene.texts.not_helpful, Press.RATING, row.id, 0),
        *_take_away(scene, row),
    ]
    more = [button(scene.texts.more, Press.MORE_RESULTS, row.id), *_watch(scene, row)]
    ways = [*_see_also(scene, answer), *person(scene, row)]
    return [*numbered, more, verdict, *ways, *_related(answer, row)]


def _choices(answer: Answer, row: Question) -> Rows:
    """A button for each question to ask instead; numbers where the message lists them."""
    listed = are_cut(answer.choices)
    buttons = [
        button(
            str(number + 1) if listed else shorten(choice, LONGEST), Press.CHOICE, row.id, number
        )
        for number, choice in enumerate(answer.choices)
    ]
    return [buttons] if listed else [[one] for one in buttons]


def _related(answer: Answer, row: Question) -> Rows:
    """A button for each question that is offered besides; numbers where the message lists them."""
    labels = [OFFER + question for question in offered(answer)]
    listed = are_cut(labels)
    buttons = [
        button(f"{OFFER}{number + 1}" if listed else text, Press.CHOICE, row.id, number)
        for number, text in enumerate(labels)
    ]
    return [buttons] if listed else [[one] for one in buttons]


def person(scene: Scene, row: Question | None = None) -> Rows:
    """The way to a person, about a question or without one; none without a desk, or in a group."""
    if not scene.settings.desk_chat or not scene.is_private:
        return []
    about = [row.id] if row else []
    return [[button(scene.texts.ask_person, Press.PERSON, *about)]]


def document(document_id: str, meta: Metadata) -> Button:
    """A button that opens a document."""
    return button(label(meta.title), Press.DOCUMENT, key_of(document_id))


def around(scene: Scene, document_id: str, start: int, end: int, number: str = "") -> list[Button]:
    """Buttons to what stands before a passage, and after it."""
    place = (key_of(document_id), start, end)
    return [
        button(scene.texts.before + number, Press.AROUND, *place, BEFORE),
        button(scene.texts.after + number, Press.AROUND, *place, AFTER),
    ]


def sections(held: Document) -> Rows:
    """A button for each section of a document that has a heading."""
    return [
        [button(label(section.heading_path[-1]), Press.SECTION, key_of(held.id), number)]
        for number, section in enumerate(held.sections)
        if section.heading_path
    ]


def original(scene: Scene, citation: Citation, number: str = "") -> list[Button]:
    """The button that opens the original, where a browser can."""
    url = citation.meta.url
    name = scene.texts.original.format(number=number.strip()).strip()
    return [url_button(name, url)] if opens(url) else []


def of_source(scene: Scene, places: Sequence[Quote], number: str) -> list[Button]:
    """The original, and what stands before the first quote of a source and after its last."""
    citation = places[0].citation
    start, end = min(one.start for one in places), max(one.end for one in places)
    passage = around(scene, citation.document_id, start, end, number)
    return [*original(scene, citation, number), *passage]


def _see_also(scene: Scene, answer: Answer) -> Rows:
    """Other sections of the document that is cited first: questions that it surely answers."""
    first = answer.quotes[0].citation
    held = scene.shelf.by_key(key_of(first.document_id))
    if held is None:
        return []
    quoted = {quote.citation.heading_path for quote in answer.quotes}
    others = [
        (number, section.heading_path[-1])
        for number, section in enumerate(held.sections)
        if section.heading_path and section.heading_path not in quoted
    ]
    key = key_of(held.id)
    return [
        [button("→ " + label(name), Press.SECTION, key, number)]
        for number, name in others[:SUGGESTED]
    ]


def _watch(scene: Scene, row: Question) -> list[Button]:
    """The button that tells somebody if the quotes change; nobody is told in a group."""
    return [button(scene.texts.watch, Press.WATCH, row.id)] if scene.is_private else []


def _take_away(scene: Scene, row: Question) -> list[Button]:
    """The button that sends an answer as a PDF; a group would be sent one by each who presses."""
    return [button(scene.texts.take_away, Press.TAKE_AWAY, row.id)] if scene.is_private else []


def calendar(scene: Scene, held: Document) -> list[Button]:
    """The button that sends the days to come that a document states, where it states some."""
    days = days_to_come(held, scene.today)
    return [button(scene.texts.calendar, Press.CALENDAR, key_of(held.id))] if days else []


def follow(scene: Scene, subject: str, key: str = "") -> Rows:
    """The button that follows a subject or a park; nobody is told in a group."""
    values = (subject, key) if key else (subject,)
    return [[button(scene.texts.follow, Press.FOLLOW, *values)]] if scene.is_private else []


def _tell_me(scene: Scene, row: Question) -> Rows:
    return [[button(scene.texts.tell_me, Press.TELL_ME, row.id)]] if scene.is_private else []


def _documents(citations: tuple[Citation, ...]) -> list[Citation]:
    return list({citation.document_id: citation for citation in citations}.values())
