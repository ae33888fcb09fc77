"""Looking around without typing: parks, incentives, talent, sources."""

import pytest
from corpus import QUESTION
from engines import Fixed
from people import GROUP, Person
from running import Running
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues.browsing import park_name
from bot.languages import Tongue
from bot.library import Library, Shelf
from bot.texts import TEXTS
from hyqa import Engine, Metadata

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_parks_lead_to_a_park_and_to_what_is_answered_of_it(
    running: Running, engine: Engine, chinese: Person
) -> None:
    async with running(Fixed(engine, engine.ask(QUESTION))):
        parks = await chinese.ask("/parks")
        assert parks.seen.text == ZH.choose_park
        park = await chinese.pressing(parks, "船山时间谷有多少家企业")
        for name in (ZH.park_profile, ZH.park_incentives, ZH.park_contacts):
            assert (await chinese.pressing(park, name)).seen.quotes
        section = await chinese.pressing(park, "企业数量")
        assert section.seen.quotes == ["船山时间谷有21家企业，其中钟表企业17家。"]


async def test_what_is_not_answered_of_a_park_leads_to_another_way(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=GROUP):
        parks = await chinese.ask("/parks")
        park = await chinese.pressing(parks, "船山时间谷有多少家企业")
        assert list(park.buttons) == [
            ZH.park_profile,
            ZH.park_incentives,
            ZH.ask_person,
            "企业数量",
        ]
        kinds = await chinese.pressing(park, ZH.park_incentives)
        assert kinds.seen.text == ZH.choose_kind
        await chinese.press(park, ZH.ask_person)
        await server.wait_called("createForumTopic")


async def test_incentives_are_sorted_by_kind_and_talent_by_degree(
    bot: Application, chinese: Person
) -> None:
    kinds = await chinese.ask("/incentives")
    [land] = [name for name in kinds.buttons if name.startswith(ZH.kind_land)]
    documents = await chinese.pressing(kinds, land)
    assert list(documents.buttons) == ["白沙工业园厂房租金办法"]
    degrees = await chinese.ask("/talent")
    assert [name.split(" · ")[0] for name in degrees.buttons] == [ZH.degree_doctor]


async def test_sources_lists_subjects_documents_and_sections(
    bot: Application, chinese: Person
) -> None:
    sources = await chinese.ask("/sources")
    assert sources.seen.text == ZH.choose_subject.format(count=4)
    news = await chinese.pressing(sources, f"{ZH.subject_news} · 1")
    document = await chinese.pressing(news, "Foxconn in Hengyang")
    assert document.seen.text.endswith(ZH.choose_section)
    section = await chinese.pressing(document, "How many workers")
    assert "10,000 workers" in section.seen.quotes[0]


async def test_an_empty_shelf_says_so(running: Running, shelf: Shelf, chinese: Person) -> None:
    async with running(library=Library(Shelf(shelf.engine))):
        for command in ("/parks", "/incentives", "/talent"):
            assert (await chinese.ask(command)).seen.text == ZH.nothing_here


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("衡阳白沙绿岛高新区（核技术应用产业园）：规划", "衡阳白沙绿岛高新区"),
        ("中国（衡阳）跨境电子商务综合试验区：批复", "中国（衡阳）跨境电子商务综合试验区"),
        ("Songmu Economic Development Zone - profile", "Songmu Economic Development Zone"),
        ("（）：", "（）："),
    ],
)
def test_a_park_is_called_by_its_name(title: str, name: str) -> None:
    assert park_name(Metadata(title)) == name
