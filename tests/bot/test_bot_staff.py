"""What staff can do: campaigns, figures, switches; and nobody else."""

import csv
import io

import numpy
import pypdfium2
import pytest
from corpus import QUESTION
from people import Person
from PIL import Image, ImageFont
from running import Running
from sqlalchemy import select
from telegram_server import TOKEN, TelegramServer

from bot import charts, posters
from bot.api import Api
from bot.dialogues.campaigns import PAYLOAD, subject_of_topic
from bot.dialogues.statistics import as_csv
from bot.languages import Tongue
from bot.membership import KEPT, Membership
from bot.state.schema import Audit, Campaign
from bot.state.schema import Person as PersonRow
from bot.texts import TEXTS

DESK = -1005550000000
LINK = "t.me/hengyang_bot?start=0123456789ab"
ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


@pytest.fixture
def staff(server: TelegramServer) -> Person:
    return Person(server, 99, "zh-hans")


def settings(staff: Person) -> dict[str, object]:
    return {"staff": frozenset({staff.id})}


@pytest.mark.parametrize("command", ["/campaign list", "/stats", "/gaps"])
async def test_others_may_not(
    running: Running, chinese: Person, staff: Person, command: str
) -> None:
    async with running(**settings(staff)):
        assert (await chinese.ask(command)).seen.text == ZH.staff_only


async def test_maintainers_alone_switch_and_read_what_was_done(
    running: Running, chinese: Person, staff: Person
) -> None:
    people = {"staff": frozenset({staff.id}), "maintainers": frozenset({chinese.id})}
    async with running(**people):
        for command in ("/switch off talent", "/audit"):
            assert (await staff.ask(command)).seen.text == ZH.maintainers_only
        assert (await chinese.ask("/audit")).seen.text == ZH.audit_none
        await staff.ask("/gaps")
        await chinese.ask("/switch off talent")
        newest, before = (await chinese.ask("/audit")).seen.text.splitlines()
    assert newest.endswith(f"{chinese.id} switch off talent")
    assert before.endswith(f"{staff.id} gaps")


async def test_all_staff_are_maintainers_where_nobody_is_listed(
    running: Running, chinese: Person, staff: Person
) -> None:
    async with running(**settings(staff)):
        assert (await staff.ask("/audit")).seen.text == ZH.audit_none
        assert (await chinese.ask("/audit")).seen.text == ZH.maintainers_only


async def test_members_of_the_staffs_group_may_in_private_as_well(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    server.members.add((DESK, chinese.id))
    async with running(desk_chat=DESK):
        for _ in range(3):
            assert (await chinese.ask("/gaps")).seen.text == ZH.gaps_none
        assert (await english.ask("/gaps")).seen.text == EN.staff_only
        asked = [call.parameters["user_id"] for call in server.called("getChatMember")]
    assert list(map(int, asked)) == [chinese.id, english.id]


async def test_membership_is_looked_up_again_after_some_minutes(server: TelegramServer) -> None:
    now, api = 0.0, Api(TOKEN, f"{server.url}/bot")
    await api.initialize()
    group = Membership(api, DESK, clock=lambda: now)
    server.members.add((DESK, 7))
    await group.look_up(7)
    assert group.includes(7)
    server.members.clear()
    await group.look_up(7)
    assert group.includes(7)
    now += KEPT + 1
    assert not group.includes(7)
    await group.look_up(7)
    assert not group.includes(7)
    await api.shutdown()


async def test_who_cannot_be_looked_up_has_no_rights_for_now(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    server.members.add((DESK, chinese.id))
    server.fail(502, "Bad Gateway", method="getChatMember")
    async with running(desk_chat=DESK):
        assert (await chinese.ask("/gaps")).seen.text == ZH.staff_only
        assert (await chinese.ask("/gaps")).seen.text == ZH.gaps_none


async def test_a_campaign_from_its_making_to_its_end(
    running: Running, server: TelegramServer, staff: Person, english: Person
) -> None:
    async with running(**settings(staff)) as bot:
        assert (await staff.ask("/campaign")).seen.text == ZH.campaign_usage
        made = await staff.ask("/campaign new 2025深圳推介会 | 人才")
        await server.wait_called("sendDocument", 2)
        with bot.database.session() as session:
            [campaign] = session.scalars(select(Campaign))
        assert PAYLOAD.fullmatch(campaign.id)
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
        assert f"{campaign.id} {campaign.name}：{ZH.campaign_running}，{few} 人" in listed.seen.text
        await staff.ask(f"/campaign end {campaign.id}")
        late = await Person(server, 55, "en").ask(f"/start {campaign.id}")
        assert late.seen.text == EN.start
        with bot.database.session() as session:
            assert [one.action for one in session.scalars(select(Audit))] == [
                "campaign new",
                "campaign end",
            ]


@pytest.mark.parametrize(
    "argument",
    ["new x | y | tomorrow", "new x | y | 2025-12-02 | 2025-12-01", "new |", "end nothing",
     "stats ' OR 1=1", "new", "delete x"],
)  # fmt: skip
async def test_wrong_campaigns_are_explained(
    running: Running, server: TelegramServer, staff: Person, argument: str
) -> None:
    async with running(**settings(staff)):
        sent = await staff.ask(f"/campaign {argument}")
    assert sent.seen.text in (ZH.bad_dates, ZH.campaign_unknown, ZH.campaign_usage)


@pytest.mark.parametrize("payload", ["x", "'; DROP TABLE people", "é" * 64, "a" * 65])
async def test_forged_payloads_are_harmless(
    running: Running, english: Person, payload: str
) -> None:
    async with running():
        assert (await english.ask(f"/start {payload}")).seen.text == EN.start


async def test_figures_below_five_people_are_not_shown(
    running: Running, server: TelegramServer, staff: Person
) -> None:
    async with running(**settings(staff)):
        for number in range(4):
            await Person(server, 200 + number, "zh").ask(QUESTION)
        few = await figures(server, staff, 1)
        await Person(server, 300, "zh").ask(QUESTION)
        many = await figures(server, staff, 2)
    hidden = ZH.stats_few.format(limit=5)
    assert few[ZH.stats_questions] == hidden
    assert many[ZH.stats_questions] == many[ZH.stats_answered] == "5"
    assert many[ZH.subject_talent] == "5"
    assert many[ZH.stats_not_found] == hidden


async def figures(server: TelegramServer, staff: Person, times: int) -> dict[str, str]:
    """Ask for the figures, and read them from the CSV."""
    await staff.say("/stats 7")
    await server.wait_called("sendDocument", times)
    picture, table = (content for _, _, content in server.files[-2:])
    assert picture[1:4] == b"PNG"
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    return {label: value for _, label, value in rows}


async def test_a_subject_can_be_switched_off_and_on(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(**settings(staff)):
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


def test_a_topic_is_known_in_any_language() -> None:
    assert [subject_of_topic(name) for name in ("人才", "Talent", "talent", "園區", "钟表")] == [
        "talent", "talent", "talent", "parks", "",
    ]  # fmt: skip


def test_cells_are_no_formulas() -> None:
    assert b"'=1+1" in as_csv([("a", "=1+1", "")])


def test_a_poster_without_a_font_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "FONTS", ())
    with pytest.raises(posters.NoFont):
        posters.pdf("https://t.me/x?start=1", "x")


def test_a_chart_is_a_picture_of_its_size() -> None:
    picture = Image.open(io.BytesIO(charts.bars("衡阳", [("人数", 7, "7"), ("问题", None, "—")])))
    assert picture.size == (charts.WIDTH, 2 * charts.MARGIN + 50 + 2 * charts.ROW)


def test_a_poster_says_how_to_ask_in_both_languages_and_shows_the_link() -> None:
    page = pypdfium2.PdfDocument(posters.pdf(f"https://{LINK}", "2025云岭推介会"))[0]
    text = page.get_textpage().get_text_range().replace("\r\n", "\n")
    for words in (ZH.poster_title, EN.poster_title, "2025云岭推介会", LINK, *ZH.poster_steps.split("\n"),
                  *EN.poster_steps.split("\n")):  # fmt: skip
        assert words in text
    assert [round(side) for side in page.get_size()] == [595, 842]  # A4


def test_the_code_of_a_poster_leads_to_the_link() -> None:
    cv2 = pytest.importorskip("cv2")
    picture = numpy.asarray(Image.open(io.BytesIO(posters.png(f"https://{LINK}"))).convert("L"))
    found, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert found == f"https://{LINK}"


def test_the_font_of_charts_has_chinese_latin_letters_and_digits() -> None:
    font = ImageFont.truetype(posters.font_file(), 24)
    shapes = {bytes(font.getmask(char)) for char in "衡阳東Aa19"}
    assert len(shapes) == len("衡阳東Aa19")  # what a font lacks all looks alike
