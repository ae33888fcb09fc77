"""Passages in their context: what stands before and after, sections, and more results."""

import re

from bot.dialogues import keyboards, withheld
from bot.dialogues.keyboards import AFTER, BEFORE
from bot.rendering.answers import render_passages, source_line
from bot.rendering.markup import escape
from bot.scene import Scene
from hyqa import Citation, Document, Quote
from storage import questions

LENGTH = 600
"""Characters of a passage that is shown for its context: a screenful."""
MORE = 3
"""Passages that are shown when more are asked for."""
_BORDER = re.compile(r"\n|(?<=[。！？；])|(?<=[.!?;])\s")


def show_around(scene: Scene, key: str, start: str, end: str, side: str) -> None:
    """Show the passage before or after another one."""
    held = scene.shelf.by_key(key)
    place = _place(held, start, end) if held else None
    if held is None or place is None or side not in (BEFORE, AFTER):
        scene.say_plain(scene.texts.gone)
        return
    found = before(held.text, place[0]) if side == BEFORE else after(held.text, place[1])
    if found is None:
        scene.say_plain(scene.texts.no_before if side == BEFORE else scene.texts.no_after)
        return
    show(scene, held, *found)


def show_section(scene: Scene, key: str, number: str) -> None:
    """Show a section of a document."""
    held = scene.shelf.by_key(key)
    position = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else -1
    if held is None or not 0 <= position < len(held.sections):
        scene.say_plain(scene.texts.gone)
        return
    section = held.sections[position]
    show(scene, held, *stripped(held.text, section.start, section.end))


def show_more(scene: Scene, question_id: str) -> None:
    """Show passages that are near a question, beyond those that were quoted."""
    row = questions.of_chat(scene.session, question_id, scene.chat.id)
    if row is None:
        scene.say_plain(scene.texts.gone)
        return
    near = scene.shelf.engine.passages(row.query, as_of=scene.today)
    shown = [(id_, start, end) for id_, start, end in row.passages]
    more = [
        quote
        for quote in near
        if not _overlaps(quote, shown)
        and not withheld.is_withheld(scene.session, quote.citation.document_id)
    ][:MORE]
    if not more:
        scene.say_plain(scene.texts.no_more)
        return
    texts = render_passages(
        more,
        scene.tongue,
        lead=scene.texts.more_results,
        as_of=scene.today,
        site=scene.settings.web_url,
    )
    rows = [[keyboards.document(one.citation.document_id, one.citation.meta)] for one in more]
    for position, text in enumerate(texts):
        scene.say(text, rows if position == len(texts) - 1 else ())


def show(scene: Scene, held: Document, start: int, end: int) -> None:
    """Show a stretch of a document, with its source and the ways on from it."""
    if start >= end:
        scene.say_plain(scene.texts.gone)
        return
    if off := withheld.of_documents(scene, [held.id]):
        scene.say_plain(off)
        return
    quote = quoted(held, start, end)
    texts = render_passages([quote], scene.tongue, as_of=scene.today, site=scene.settings.web_url)
    rows = [
        [
            *keyboards.original(scene, quote.citation),
            *keyboards.around(scene, held.id, start, end),
        ],
        keyboards.calendar(scene, held),
    ]
    for position, text in enumerate(texts):
        scene.say(text, rows if position == len(texts) - 1 else ())


def show_document(scene: Scene, key: str) -> None:
    """Say what a document is, and offer its sections."""
    held = scene.shelf.by_key(key)
    if held is None:
        scene.say_plain(scene.texts.gone)
        return
    if off := withheld.of_documents(scene, [held.id]):
        scene.say_plain(off)
        return
    rows = keyboards.sections(held)
    if not rows:
        found = after(held.text, 0)
        show(scene, held, *(found or (0, 0)))
        return
    citation = Citation(held.id, held.meta)
    source = source_line(citation, scene.tongue, as_of=scene.today, site=scene.settings.web_url)
    text = f"{source}\n\n{escape(scene.texts.choose_section)}"
    ways = [keyboards.original(scene, citation), keyboards.calendar(scene, held)]
    scene.say(text, [*rows[:30], *ways])


def quoted(held: Document, start: int, end: int) -> Quote:
    """A stretch of a document as a quote."""
    paths = [s.heading_path for s in held.sections if s.start < end and start < s.end]
    pages = [one.page for one in held.page_starts if one.offset < end]
    first = [one.page for one in held.page_starts if one.offset <= start]
    span = (first[-1] if first else pages[0], pages[-1]) if pages else None
    return Quote(
        held.text[start:end],
        Citation(held.id, held.meta, paths[0] if paths else (), span),
        start,
        end,
    )


def before(text: str, start: int) -> tuple[int, int] | None:
    """The stretch of whole sentences that ends where another starts; None at the beginning."""
    low, high = stripped(text, max(0, start - LENGTH), start)
    if low >= high:
        return None
    if start > LENGTH:
        border = _BORDER.search(text, max(0, start - LENGTH), high - 1)
        low = stripped(text, border.end(), high)[0] if border and border.end() < high else low
    return low, high


def after(text: str, end: int) -> tuple[int, int] | None:
    """The stretch of whole sentences that follows another; None at the end."""
    low, high = stripped(text, end, end + LENGTH)
    if low >= high:
        return None
    if end + LENGTH < len(text):
        borders = [match.end() for match in _BORDER.finditer(text, low + 1, high)]
        high = stripped(text, low, borders[-1])[1] if borders else high
    return low, high


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends."""
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _place(held: Document, start: str, end: str) -> tuple[int, int] | None:
    numbers = [
        int(value)
        for value in (start, end)
        if value.isascii() and value.isdecimal() and len(value) < 10
    ]
    valid = len(numbers) == 2 and numbers[0] <= numbers[1] <= len(held.text)
    return (numbers[0], numbers[1]) if valid else None


def _overlaps(quote: Quote, shown: list[tuple[str, int, int]]) -> bool:
    return any(
        id_ == quote.citation.document_id and start < quote.end and quote.start < end
        for id_, start, end in shown
    )
