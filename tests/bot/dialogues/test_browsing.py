"""Looking around without typing: parks, incentives, talent, sources."""

from people import Person
from running import Running

from bot.application import Application
from bot.languages import Tongue
from bot.library import Library, Shelf
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_incentives_are_sorted_by_kind_and_talent_by_degree(
    bot: Application, chinese: Person
) -> None:
    kinds = await chinese.ask("/incentives")
    [land] = [name for name in kinds.buttons if name.startswith(ZH.kind_land)]
    documents = await chinese.pressing(kinds, land)
    assert list(documents.buttons) == ["白沙工业园厂房租金办法"]
    degrees = await chinese.ask("/talent")
    *listed, follow = degrees.buttons
    assert [name.split(" · ")[0] for name in listed] == [ZH.degree_doctor]
    assert follow.startswith("🔔")


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
        for command in ("/incentives", "/talent"):
            assert (await chinese.ask(command)).seen.text == ZH.nothing_here
