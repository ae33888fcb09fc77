"""An answer as a sheet to take away, in the bot's own words."""

from collections.abc import Sequence
from datetime import date

from bot.rendering.answers import ask_better, led, near, not_mentioned, refused_lines
from bot.rendering.sources import Page, opens, place
from bot.texts import TEXTS
from hyqa import Answer, Citation, Place, Quote, Sheet


def sheet(
    answer: Answer, question: str, page: Page, today: date, earlier: Sequence[str] = ()
) -> Sheet:
    """Put what a message says of an answer on a sheet.

    Args:
        answer: with quotes, or without any.
        question: as it was asked.
        page: how to render it.
        today: the day of the answer.
        earlier: questions that it follows up on.
    """

    def place_of(citation: Citation, quotes: Sequence[Quote]) -> Place:
        shown, original = place(page.site, citation.document_id, quotes), citation.meta.url
        return Place(shown if opens(shown) else "", original if opens(original) else "")

    after = [*not_mentioned(answer, page), *ask_better(answer, page)]
    return Sheet(
        answer,
        question,
        page.tongue.value,
        today,
        page.as_of or today,
        title=TEXTS[page.tongue].poster_title,
        lines=led(answer, page) if answer.quotes else refused_lines(answer, page),
        near=("", ()) if answer.quotes else near(answer, page),
        after=() if answer.quotes else after,
        earlier=earlier,
        place=place_of,
    )
