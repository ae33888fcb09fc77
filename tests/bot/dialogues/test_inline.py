"""Quotable passages in any chat."""

import json

from people import Person
from standin.html import received
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues.inline import TITLE, titles
from bot.languages import Tongue
from bot.texts import TEXTS
from hyqa import Citation, Metadata, Quote

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


async def test_results_can_be_told_apart(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    await server.push("inline_query", inline(chinese, "船山时间谷有多少家企业 博士补贴 厂房租金"))
    [call] = await server.wait_called("answerInlineQuery")
    results = json.loads(call.parameters["results"])
    names = [one["title"] for one in results]
    assert len(names) > 2 and len(set(names)) == len(names)
    place = names.index("企业数量")
    assert results[place]["description"].startswith("整理自 衡阳日报《船山时间谷建设情况》")
    assert "船山时间谷有21家企业" in results[place]["description"]


def test_passages_are_named_by_what_they_do_not_share() -> None:
    def passage(text: str, *path: str) -> Quote:
        return Quote(text, Citation("a", Metadata("办法"), path), 0, len(text))

    passages = [
        passage("甲。", "总则", "目的"),
        passage("乙。", "奖励"),
        passage("丙 丁。", "奖励"),
        passage("戊。"),
        passage("己。", "附则"),
        passage("己。", "附则"),
    ]
    assert titles(passages) == ["目的", "乙。", "丙 丁。", "戊。", "5. 己。", "6. 己。"]
    assert titles([passage("字" * 500, "长" * 500)])[0] == "长" * (TITLE - 1) + "…"


def inline(person: Person, text: str) -> dict[str, object]:
    author = {"id": person.id, "is_bot": False, "first_name": "Li"}
    return {"id": "7", "from": author | {"language_code": person.language_code}, "query": text,
            "offset": ""}  # fmt: skip
