"""Parks are places: a list and a card each, in one message that changes where it stands."""

from dataclasses import replace

from engines import Watched
from people import DESK, Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues.parks import PAGE
from bot.languages import Tongue
from bot.library import Library, Shelf, key_of
from bot.texts import TEXTS
from hyqa import Language, Park
from storage.schema import Outgoing, Switch

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
VALLEY = "船山时间谷有21家企业，其中钟表企业17家。"


class Parkless(Watched):
    """An engine over a corpus that lists no parks."""

    def parks(self, language: Language) -> tuple[Park, ...]:
        return ()


async def test_the_list_names_each_park_once_with_its_level(
    bot: Application, chinese: Person
) -> None:
    parks = await chinese.ask("/parks")
    assert parks.seen.text == ZH.choose_place.format(count=10) + " (1/2)"
    assert list(parks.buttons)[:3] == ["船山时间谷", "白沙工业园 · 标准", "云岭园0"]
    assert list(parks.buttons)[PAGE:] == ["▶"]


async def test_pages_and_cards_stand_in_one_message(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    parks = await chinese.ask("/parks")
    second = await chinese.turning(parks, "▶")
    assert list(second.buttons) == ["云岭园6", "云岭园7", "◀"]
    last = await chinese.turning(second, "云岭园7")
    again = await chinese.turning(last, ZH.all_parks)
    assert list(again.buttons) == list(second.buttons)
    first = await chinese.turning(again, "◀")
    assert first.buttons == parks.buttons
    assert len(server.sent) == 1


async def test_a_card_quotes_each_thing_once_and_says_what_no_document_states(
    bot: Application, chinese: Person
) -> None:
    parks = await chinese.ask("/parks")
    card = await chinese.turning(parks, "船山时间谷")
    text = card.seen.text
    assert text.startswith(f"船山时间谷\n\n{ZH.digest}\n概况 2025-10 [1]\n{VALLEY}")
    assert card.seen.quotes == [VALLEY]  # the same words also state the companies
    assert "[1] 整理自 衡阳日报《船山时间谷建设情况》，2025年10月" in text
    assert text.endswith(ZH.park_unstated.format(names="级别、联系、优惠"))
    assert list(card.buttons) == ["企业", "优惠", "🔔 订阅变化", ZH.all_parks]


async def test_a_parks_incentives_are_its_own(bot: Application, chinese: Person) -> None:
    card = await chinese.turning(await chinese.ask("/parks"), "白沙工业园 · 标准")
    assert card.seen.text.startswith("白沙工业园 · 标准\n")
    shown = await chinese.turning(card, "优惠 (2)")
    assert shown.seen.quotes == ["白沙工业园标准厂房租金每平方米每月8元", "租期不超过五年。"]
    assert shown.seen.text.startswith("白沙工业园 · 优惠\n\n2020-01-01\n")
    assert "已于2024年12月31日到期" in shown.seen.text
    back = await chinese.turning(shown, ZH.back)
    assert back.seen == card.seen
    kinds = await chinese.pressing(shown, ZH.all_incentives)
    assert kinds.seen.text == ZH.choose_kind


async def test_a_park_without_incentives_says_so_and_names_other_ways(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK):
        card = await chinese.turning(await chinese.ask("/parks"), "船山时间谷")
        assert ZH.ask_person in card.buttons
        none = await chinese.turning(card, "优惠")
        assert none.seen.text == ZH.park_states_nothing.format(park="船山时间谷", name="优惠")
        assert list(none.buttons) == [ZH.all_incentives, ZH.ask_person, ZH.back]
        await chinese.press(none, ZH.ask_person)
        await server.wait_called("createForumTopic")


async def test_names_are_in_the_language_of_the_reader_and_quotes_stay(
    bot: Application, english: Person
) -> None:
    parks = await english.ask("/parks")
    assert parks.seen.text == EN.choose_place.format(count=10) + " (1/2)"
    card = await english.turning(parks, "Chuanshan Time Valley")
    assert card.seen.quotes == [VALLEY]
    assert "Profile 2025-10 [1]" in card.seen.text


async def test_what_is_switched_off_is_shown_nowhere(bot: Application, chinese: Person) -> None:
    parks = await chinese.ask("/parks")
    with bot.database.session() as session:
        session.add(Switch(subject="incentives", text="请问工作人员。", at=0.0))
    card = await chinese.turning(parks, "白沙工业园 · 标准")
    assert card.seen.quotes == []
    assert (await chinese.turning(card, "优惠")).seen.text == "请问工作人员。"
    with bot.database.session() as session:
        session.add(Switch(subject="parks", text="", at=0.0))
    assert (await chinese.turning(card, ZH.all_parks)).seen.text == ZH.off
    assert (await chinese.ask("/parks")).seen.text == ZH.off


async def test_a_park_that_is_gone_is_told(bot: Application, chinese: Person) -> None:
    parks = await chinese.ask("/parks")
    for data in (f"x:{'0' * 10}", f"y:{'0' * 10}:{key_of('level')}", f"y:{key_of('valley')}:0"):
        assert (await chinese.turning(parks, data)).seen.text == ZH.gone
        await chinese.turning(parks, "云岭园0")
    for page, shown in (
        ("-1", "1/2"),
        ("99999", "1/2"),
        ("x", "1/2"),
        ("７", "1/2"),
        ("99", "2/2"),
    ):
        assert (await chinese.turning(parks, f"o:{page}")).seen.text.endswith(f"({shown})")
        await chinese.turning(parks, "云岭园0")


async def test_a_message_that_cannot_be_changed_is_told_of(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    parks = await chinese.ask("/parks")
    await chinese.press(replace(parks, message_id=parks.message_id + 500), "船山时间谷")
    assert (await server.wait_sent(2))[1].seen.text == ZH.gone


async def test_a_message_that_is_not_handed_out_any_more_is_changed_all_the_same(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    parks = await chinese.ask("/parks")
    query = {
        "id": "77", "from": {"id": chinese.id, "is_bot": False, "first_name": "Li"},
        "chat_instance": "1", "data": parks.buttons["船山时间谷"],
        "message": {"message_id": parks.message_id, "date": 0,
                    "chat": {"id": chinese.id, "type": "private"}},
    }  # fmt: skip
    await server.push("callback_query", query)
    [call] = await server.wait_called("editMessageText")
    assert call.status == 200
    assert server.shown[chinese.id, parks.message_id].quotes == [VALLEY]


async def test_buttons_of_messages_from_before_lead_to_the_parks_document(
    bot: Application, chinese: Person
) -> None:
    parks = await chinese.ask("/parks")
    key = key_of("parks/time-valley.md")
    for data in (f"k:{key}", f"a:{key}:profile"):
        assert "企业数量" in (await chinese.pressing(parks, data)).buttons


async def test_a_corpus_without_parks_lists_its_documents(
    running: Running, shelf: Shelf, chinese: Person
) -> None:
    held = Shelf(Parkless(shelf.engine), shelf.documents)
    async with running(library=Library(held)):
        parks = await chinese.ask("/parks")
        assert parks.seen.text == ZH.choose_document
        assert list(parks.buttons) == ["船山时间谷有多少家企业"]


async def test_a_change_of_a_card_is_no_answer_to_a_question(
    bot: Application, chinese: Person
) -> None:
    await chinese.turning(await chinese.ask("/parks"), "船山时间谷")
    with bot.database.session() as session:
        edits = session.scalars(select(Outgoing).where(Outgoing.method == "editMessageText")).all()
        assert [one.answers for one in edits] == [None]
