"""Subjects that are switched off, and on again."""

from corpus import QUESTION
from people import Person
from running import Running
from standin.server import TelegramServer

from bot.languages import Tongue
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_a_subject_can_be_switched_off_and_on(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(staff=frozenset({staff.id})):
        await staff.ask("/switch off talent 政策修订中，请稍后再来。")
        off = await chinese.ask(QUESTION)
        assert off.seen.text == "政策修订中，请稍后再来。"
        assert (await chinese.ask("船山时间谷有多少家企业？")).seen.quotes
        found = await chinese.ask("/sources")
        listed = await chinese.pressing(found, next(n for n in found.buttons if "人才" in n))
        document = await chinese.pressing(listed, "博士来衡阳市工作的补贴")
        assert document.seen.text == (await chinese.ask("/talent")).seen.text == off.seen.text
        query = {"id": "7", "from": {"id": 11, "is_bot": False, "first_name": "Li"},
                 "query": "博士补贴", "offset": ""}  # fmt: skip
        await server.push("inline_query", query)
        [offered] = await server.wait_called("answerInlineQuery")
        assert "补贴10万元" not in str(offered.parameters)
        await staff.ask("/switch on talent")
        assert (await chinese.pressing(listed, "博士来衡阳市工作的补贴")).seen.text != off.seen.text
        assert (await chinese.ask(QUESTION)).seen.quotes
        assert "parks" in (await staff.ask("/switch off nothing")).seen.text
