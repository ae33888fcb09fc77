"""Whatever people send, either database takes it, and nothing fails."""

import asyncio

from people import Person
from running import Running
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


HOSTILE = (
    "<b>博士</b> <script>alert(1)</script> & 补贴",
    "博士补贴</blockquote><blockquote>",
    "😀👩\u200d👩\u200d👧",
    "\u202eما هي الحوافز؟ דוקטור",
    "博士\x00补贴\x07",
    "??? !!! ...",
    "' OR 1=1; --",
    "/博士有什么补贴",
    "\u0301" * 400,
    "a" * 500,
    "。" * 500,
)


async def test_hostile_questions_get_a_reply(bot: Application, chinese: Person) -> None:
    for text in HOSTILE:
        sent = await chinese.ask(text)
        assert sent.seen.text not in (ZH.failed, EN.failed), text


FORGED = (
    "", "x", "h:1:1", "h:99999999999:1", "m:-1", "c:abc:1:2:a", "c::::", "v:nothing", "s:x:y",
    "a:b:c", "k:", "g:fr", "i:none", "b:nowhere", "b:parks:99", "e:1", "n", "p:1", "f:7",
    "t:1", "h:①:1", "h:1", "c:abc:1:2", ":" * 60,
)  # fmt: skip


async def test_forged_and_stale_buttons_are_harmless(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    sent = await chinese.ask("/help")
    for number, data in enumerate(FORGED, 1):
        await chinese.press(sent, data)
        await server.wait_called("answerCallbackQuery", number)
        await server.wait_taken()
        assert {call.status for call in server.calls} == {200}, data
    await chinese.say("/start")
    await server.wait_taken()
    async with asyncio.timeout(20):
        while server.sent[-1].seen.text != ZH.start:
            await asyncio.sleep(0.01)
    assert all(one.seen.text != ZH.failed for one in server.sent)


PAYLOADS = ("x", "'; DROP TABLE people", "é" * 64, "a" * 65)


async def test_forged_payloads_are_harmless(bot: Application, english: Person) -> None:
    for payload in PAYLOADS:
        assert (await english.ask(f"/start {payload}")).seen.text == EN.start, payload


CAMPAIGNS = (
    "new x | y | tomorrow", "new x | y | 2025-12-02 | 2025-12-01", "new |", "end nothing",
    "stats ' OR 1=1", "end \x00", "new", "delete x",
)  # fmt: skip


async def test_wrong_campaigns_are_explained(running: Running, staff: Person) -> None:
    async with running(staff=frozenset({staff.id})):
        for argument in CAMPAIGNS:
            sent = await staff.ask(f"/campaign {argument}")
            assert sent.seen.text in (ZH.bad_dates, ZH.campaign_unknown, ZH.campaign_usage), (
                argument
            )
