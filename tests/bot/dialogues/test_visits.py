"""Each visit of a campaign's link counts, each person once; links that ended lead on."""

import csv
import io
from datetime import UTC, datetime

from corpus import QUESTION
from people import Person
from running import Clock, Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS
from dialogues.desk.talking import settled
from storage.schema import Campaign, CampaignVisit, Question

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


async def made(bot: Application, staff: Person, server: TelegramServer, words: str) -> str:
    """Make a campaign; gives its id."""
    count = len(server.called("sendDocument"))
    await staff.ask(f"/campaign new {words}")
    await server.wait_called("sendDocument", count + 2)
    with bot.database.session() as session:
        campaign = session.scalars(select(Campaign).where(Campaign.name == words.split(" |")[0]))
        return campaign.one().id


async def figures(server: TelegramServer, staff: Person, campaign: str) -> dict[str, str]:
    count = len(server.called("sendDocument"))
    await staff.say(f"/campaign stats {campaign}")
    await server.wait_called("sendDocument", count + 1)
    rows = csv.reader(io.StringIO(server.files[-1][2].decode("utf-8-sig")))
    return {label: value for _, label, value in rows}


async def test_each_visit_counts_and_each_person_once_a_campaign(
    running: Running, server: TelegramServer, staff: Person
) -> None:
    async with running(staff=frozenset({staff.id})) as bot:
        first = await made(bot, staff, server, "春季会")
        second = await made(bot, staff, server, "秋季会")
        people = [Person(server, 300 + number, "zh") for number in range(5)]
        for person in people:
            for campaign in (first, first, second):
                await person.say(f"/start {campaign}")
            await person.say(QUESTION)
        few = Person(server, 400, "zh")
        await few.say(f"/start {first}")
        await settled(bot, server)
        with bot.database.session() as session:
            assert len(list(session.scalars(select(CampaignVisit)))) == 16
            questions = list(session.scalars(select(Question)))
        assert {one.campaign_id for one in questions} == {second}  # the one they came by last
        shown = await figures(server, staff, first)
        assert (shown[ZH.stats_people], shown[ZH.stats_visits]) == ("6", "11")
        shown = await figures(server, staff, second)
        assert (shown[ZH.stats_people], shown[ZH.stats_visits]) == ("5", "5")
        listed = (await staff.ask("/campaign list")).seen.text
        assert f"{first} 春季会：{ZH.campaign_running}，6 人，11 次" in listed
        asked = await few.ask("/forget")
        await few.pressing(asked, ZH.forget_yes)
        shown = await figures(server, staff, first)
        assert (shown[ZH.stats_people], shown[ZH.stats_visits]) == ("5", "10")
        asked = await people[0].ask("/forget")
        await people[0].pressing(asked, ZH.forget_yes)
        shown = await figures(server, staff, first)
        hidden = ZH.stats_few.format(limit=5)
        assert (shown[ZH.stats_people], shown[ZH.stats_visits]) == (hidden, hidden)


async def test_a_link_that_ended_leads_to_what_follows(
    running: Running, server: TelegramServer, staff: Person, english: Person
) -> None:
    async with running(staff=frozenset({staff.id})) as bot:
        first, second, third = [
            await made(bot, staff, server, words) for words in ("一 | parks", "二", "三 | Talent")
        ]
        ended = await staff.ask(f"/campaign end {first} {second}")
        assert ended.seen.text.endswith(ZH.campaign_followed.format(name="二"))
        await staff.ask(f"/campaign end {second} {third}")
        count = len(server.sent)
        await english.say(f"/start {first}")
        welcome, topic = (await server.wait_sent(count + 2))[count:]
        assert welcome.seen.text == EN.welcome_follower.format(ended="一", name="三")
        assert topic.seen.text == EN.choose_degree
        with bot.database.session() as session:
            [visit] = session.scalars(select(CampaignVisit))
        assert visit.campaign_id == third
        await staff.ask(f"/campaign end {third} {first}")  # in a circle
        late = await english.ask(f"/start {second}")
        assert late.seen.text == EN.campaign_was.format(name="二")
        wrong = await staff.ask(f"/campaign end {first} nothing")
        assert wrong.seen.text == ZH.campaign_unknown


async def test_a_link_before_its_time_says_when_it_begins(
    running: Running, server: TelegramServer, staff: Person, english: Person
) -> None:
    async with running(staff=frozenset({staff.id})) as bot:
        id_ = await made(bot, staff, server, "冬季会 | | 2025-12-01 | 2025-12-02")
        early = await english.ask(f"/start {id_}")
        assert early.seen.text == EN.campaign_will_be.format(name="冬季会", day="2025-12-01")
        assert EN.subject_parks in early.buttons
    after = Clock(datetime(2025, 12, 3, tzinfo=UTC).timestamp())
    async with running(staff=frozenset({staff.id}), clock=after) as bot:
        late = await english.ask(f"/start {id_}")
        assert late.seen.text == EN.campaign_was.format(name="冬季会")
        with bot.database.session() as session:
            assert list(session.scalars(select(CampaignVisit))) == []


async def test_a_campaign_without_a_topic_greets(
    running: Running, server: TelegramServer, staff: Person, english: Person
) -> None:
    async with running(staff=frozenset({staff.id})) as bot:
        id_ = await made(bot, staff, server, "年会")
        count = len(server.sent)
        await english.say(f"/start {id_}")
        sent = (await server.wait_sent(count + 2))[count:]
    assert [one.seen.text for one in sent] == [EN.welcome_campaign.format(name="年会"), EN.start]
