"""Inline mode: quotable, cited passages in any chat."""

from typing import Any

from telegram import InlineQuery

from bot.dialogues.withheld import is_withheld
from bot.rendering.answers import render_passages
from bot.rendering.markup import shorten
from bot.scene import Scene
from hyqa import Quote, cited_title

RESULTS = 5
CACHE = 300
"""Seconds that Telegram may hand the same results to others: they are the same for all."""
_QUERY_LIMIT = 256


def offer(scene: Scene, query: InlineQuery) -> None:
    """Offer the passages nearest to what somebody types."""
    text = query.query.strip()[:_QUERY_LIMIT]
    scene.speak_as(text)
    found = scene.shelf.engine.passages(text, top_k=RESULTS, as_of=scene.today) if text else ()
    results = [
        article
        for number, quote in enumerate(found)
        if not is_withheld(scene.session, quote.citation.document_id)
        for article in _article(scene, number, quote)
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


def _article(scene: Scene, number: int, quote: Quote) -> list[dict[str, Any]]:
    """A result that sends a passage with its source; none where that takes several messages."""
    texts = render_passages([quote], scene.tongue, as_of=scene.today)
    if len(texts) != 1:
        return []
    content = {
        "message_text": texts[0],
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return [
        {
            "type": "article",
            "id": str(number),
            "title": shorten(cited_title(quote.citation), 100),
            "description": shorten(quote.text, 200),
            "input_message_content": content,
        }
    ]
