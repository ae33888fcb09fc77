"""Campaigns from their making to their end, and links that nobody made."""

import io
from pathlib import Path

from corpus import FILES, write_documents
from people import Person
from pypdf import PdfReader
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.dialogues.campaigns import subject_of_topic
from bot.languages import Tongue
from bot.library import Library, Shelf
from bot.rendering.posters import png
from bot.texts import TEXTS
from hyqa import Engine, HashEncoder, build_index
from storage.schema import Audit, Campaign
from storage.schema import Person as PersonRow

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


async def test_a_campaign_from_its_making_to_its_end(
    running: Running, server: TelegramServer, staff: Person, english: Person
) -> None:
    async with running(staff=frozenset({staff.id})) as bot:
        assert (await staff.ask("/campaign")).seen.text == ZH.campaign_usage
        made = await staff.ask("/campaign new 2025深圳推介会 | 人才")
        await server.wait_called("sendDocument", 2)
        with bot.database.session() as session:
            [campaign] = session.scalars(select(Campaign))
        assert campaign.id.isascii() and campaign.id.isalnum()  # what Telegram takes in a link
        assert len(campaign.id) <= 64
        assert f"https://t.me/hengyang_bot?start={campaign.id}" in made.seen.text
        code, poster = (content for _, _, content in server.files)
        assert code[1:4] == b"PNG"
        assert poster[:5] == b"%PDF-"
        welcome = await english.ask(f"/start {campaign.id}")
        assert campaign.name in welcome.seen.text
        await server.wait_sent(4)
        assert server.sent[3].seen.text == EN.choose_degree
        with bot.database.session() as session:
            assert session.get_one(PersonRow, english.id).campaign_id == campaign.id
        listed = await staff.ask("/campaign list")
        few = ZH.stats_few.format(limit=5)
        assert (
            f"{campaign.id} {campaign.name}：{ZH.campaign_running}，{few} 人，{few} 次"
            in listed.seen.text
        )
        await staff.ask(f"/campaign end {campaign.id}")
        late = await Person(server, 55, "en").ask(f"/start {campaign.id}")
        assert late.seen.text == EN.campaign_was.format(name=campaign.name)
        with bot.database.session() as session:
            assert [one.action for one in session.scalars(select(Audit))] == [
                "campaign new",
                "campaign end",
            ]


async def test_where_there_is_a_page_links_and_posters_lead_to_it(
    running: Running, server: TelegramServer, staff: Person
) -> None:
    page = "https://invest.example.org"
    async with running(staff=frozenset({staff.id}), web_url=page) as bot:
        made = await staff.ask("/campaign new 2025深圳推介会 | 人才")
        await server.wait_called("sendDocument", 2)
        with bot.database.session() as session:
            [campaign] = session.scalars(select(Campaign))
    assert f"{page}/c/{campaign.id}" in made.seen.text and "t.me" not in made.seen.text
    code, poster = (content for _, _, content in server.files)
    assert code == png(f"{page}/c/{campaign.id}")
    words = printed(poster)
    assert f"invest.example.org/c/{campaign.id}" in words and "https" not in words
    assert "微信或任何浏览器" in words and "Telegram" not in words


CONTACT = """
[[parks.baisha.cells]]
attribute = "contact"
zh = { document = "incentives/rent.md", quote = "租期不超过五年。" }
"""


async def test_the_poster_of_a_park_quotes_whom_to_turn_to(
    running: Running, server: TelegramServer, staff: Person, tmp_path: Path
) -> None:
    write_documents(tmp_path / "corpus", FILES | {"parks.toml": FILES["parks.toml"] + CONTACT})
    build_index(tmp_path / "corpus", tmp_path / "index", HashEncoder())
    engine = Engine.open(tmp_path / "index", encoder="hash")
    library = Library(Shelf(engine, engine.documents()))
    async with running(library=library, staff=frozenset({staff.id})):
        for topic in (
            "白沙工业园招商",
            "Baisha Industrial Park",
            "船山时间谷",
            "白沙工业园和船山时间谷",
            "",
        ):
            await staff.ask(f"/campaign new 推介会 | {topic}")
        await server.wait_called("sendDocument", 10)
    told = ["租期不超过五年" in printed(one) for _, _, one in server.files if one[:5] == b"%PDF-"]
    assert told == [True, True, False, False, False]


def printed(poster: bytes) -> str:
    """The words of a poster without what divides them."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(poster)).pages)
    return "".join(text.replace("\x00", "").split())


def test_a_topic_is_known_in_any_language() -> None:
    assert [subject_of_topic(name) for name in ("人才", "Talent", "talent", "園區", "钟表")] == [
        "talent", "talent", "talent", "parks", "",
    ]  # fmt: skip
