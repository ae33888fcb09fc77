"""Quotable passages in any chat."""

import json

from people import Person
from standin.html import received
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS

EN = TEXTS[Tongue.ENGLISH]


async def test_inline_mode_offers_cited_passages(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    await server.push("inline_query", inline(chinese, "博士补贴"))
    [call] = await server.wait_called("answerInlineQuery")
    assert call.status == 200
    results = json.loads(call.parameters["results"])
    shown = received(results[0]["input_message_content"]["message_text"])
    assert shown.quotes
    assert shown.links


async def test_inline_mode_without_words_gives_a_hint(
    bot: Application, server: TelegramServer, english: Person
) -> None:
    await server.push("inline_query", inline(english, " "))
    [call] = await server.wait_called("answerInlineQuery")
    assert call.status == 200
    assert json.loads(call.parameters["button"])["text"] == EN.inline_hint


def inline(person: Person, text: str) -> dict[str, object]:
    author = {"id": person.id, "is_bot": False, "first_name": "Li"}
    return {"id": "7", "from": author | {"language_code": person.language_code}, "query": text,
            "offset": ""}  # fmt: skip
