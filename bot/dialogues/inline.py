"""Inline mode: quotable, cited passages in any chat."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import InlineQuery

from bot.dialogues.withheld import is_withheld
from bot.rendering.answers import render_passages
from bot.rendering.markup import shorten
from bot.scene import Scene
from hyqa import Quote, cite

RESULTS = 5
CACHE = 300
"""Seconds that Telegram may hand the same results to others: they are the same for all."""
_QUERY_LIMIT = 256
TITLE, DESCRIPTION = 80, 200
"""Units of a result's title and of the lines below it: a phone shows no more."""


def offer(scene: Scene, query: InlineQuery) -> None:
    """Offer the passages nearest to what somebody types."""
    text = query.query.strip()[:_QUERY_LIMIT]
    scene.speak_as(text)
    found = scene.shelf.engine.passages(text, top_k=RESULTS, as_of=scene.today) if text else ()
    shown = [quote for quote in found if not is_withheld(scene.session, quote.citation.document_id)]
    results = [
        article
        for number, (title, quote) in enumerate(zip(titles(shown), shown, strict=True))
        for article in _article(scene, number, title, quote)
    ]
    payload: dict[str, Any] = {
        "inline_query_id": query.id,
        "results": results,
        "cache_time": CACHE,
        "is_personal": False,
    }
    if not results:
        payload["button"] = {"text": scene.texts.inline_hint, "start_parameter": "inline"}
    scene.call("answerInlineQuery", payload, chat_id=scene.user.id)


def titles(quotes: Sequence[Quote]) -> list[str]:
    """Name passages so that they can be told apart: by their heading, else by their first words.

    What two have in common is no name of either; the document stands below it.
    """
    headings = [_heading(quote) for quote in quotes]
    openings = [_opening(quote) for quote in quotes]
    named = [
        opening if not heading or headings.count(heading) > 1 else heading
        for heading, opening in zip(headings, openings, strict=True)
    ]
    return [
        f"{number}. {name}" if named.count(name) > 1 else name
        for number, name in enumerate(named, 1)
    ]


def _heading(quote: Quote) -> str:
    path = quote.citation.heading_path
    return shorten(" ".join(path[-1].split()), TITLE) if path else ""


def _opening(quote: Quote) -> str:
    return shorten(" ".join(quote.text.split()), TITLE)


def _article(scene: Scene, number: int, title: str, quote: Quote) -> list[dict[str, Any]]:
    """A result that sends a passage with its source; none where that takes several messages."""
    texts = render_passages([quote], scene.tongue, as_of=scene.today, site=scene.settings.web_url)
    if len(texts) != 1:
        return []
    content = {
        "message_text": texts[0],
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    source = cite(replace(quote.citation, heading_path=()), scene.tongue.language)
    return [
        {
            "type": "article",
            "id": str(number),
            "title": title,
            "description": shorten(f"{source}\n{' '.join(quote.text.split())}", DESCRIPTION),
            "input_message_content": content,
        }
    ]
