"""Readers of the page and the desk: the page in a process of its own, the bot over the same state."""

import asyncio
import re
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from page.serving import Running as Served
from page.serving import Visitor, serve
from people import DESK, Person
from running import Running
from sqlalchemy import func, select
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.scene import HENGYANG_TIME
from bot.settings import OfficeHours
from bot.texts import TEXTS
from dialogues.desk.talking import in_general, in_topic, replying, said_to, settled, until
from storage.database import Database
from storage.mailbox import find, hash_of
from storage.page_schema import PageLetter, PageTalk
from storage.schema import DeskThread, Gap, Outgoing, Question
from web.texts import TEXTS as PAGE_TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]
(PAGE,) = [texts for tongue, texts in PAGE_TEXTS.items() if tongue.value == "zh-Hans"]
LETTER = "月球上有没有火锅店？我想在那里投资。"


@pytest.fixture
def state(database_url: str) -> Path:
    return Path(database_url.removeprefix("sqlite:///")).parent


@pytest.fixture
def site(index: Path, state: Path) -> Iterator[Served]:
    with serve(index, state, HYQA_DESK_CHAT=str(DESK)) as running:
        yield running


@pytest.fixture
def reader(site: Served) -> Iterator[Visitor]:
    one = Visitor(site.url)
    yield one
    one.close()


@dataclass
class Talk:
    """A talk of a reader: its address, and its topic at the desk."""

    reader: Visitor
    address: str
    topic: int = 0

    def shown(self) -> str:
        return self.reader.get(self.address).text

    async def shows(self, words: str) -> None:
        await until(lambda: words in self.shown())

    async def shows_no_more(self, words: str) -> None:
        await until(lambda: words not in self.shown())

    def write(self, text: str) -> int:
        fields = self.reader.get(self.address).fields("@class='ask'")
        return self.reader.post(self.address, [*fields, ("text", text)]).status


def sent(reader: Visitor, text: str, path: str = "/person") -> Talk:
    """Fill in the form and send it; gives where it leads."""
    fields = reader.get(path).fields("@class='ask'")
    done = reader.post("/person", [*fields, ("text", text)])
    assert done.status == 303, done.text
    address = done.response.headers["location"].partition("?")[0]
    assert re.fullmatch(r"/p/[0-9a-f]{32}", address)
    return Talk(reader, address)


@asynccontextmanager
async def at_desk(
    running: Running, server: TelegramServer, reader: Visitor
) -> AsyncIterator[tuple[Application, Talk]]:
    """A talk that has begun, with a bot beside it."""
    talk = sent(reader, LETTER)
    async with running(desk_chat=DESK) as bot:
        await until(lambda: LETTER in said_to(server, DESK))
        [talk.topic] = server.topics
        await settled(bot, server)
        yield bot, talk


async def test_a_talk_goes_both_ways_is_changed_taken_back_closed_and_opened_again(
    running: Running, server: TelegramServer, reader: Visitor, staff: Person
) -> None:
    async with at_desk(running, server, reader) as (bot, talk):
        [card, letter] = [one for one in server.sent if one.chat_id == DESK]
        assert ZH.desk_page_reader in card.seen.text and LETTER in card.seen.text
        assert {one.parameters["message_thread_id"] for one in (card, letter)} == {talk.topic}
        await talk.shows(PAGE.talk_arrived)
        assert PAGE.talk_waits in talk.shown()
        await staff.send(**in_topic(talk.topic), text="请致电 <b>0734-8866114</b>", message_id=801)
        await talk.shows("请致电 <b>0734-8866114</b>")
        assert PAGE.talk_open in talk.shown()
        await staff.send(
            **in_topic(talk.topic), text="请致电招商局", message_id=801, kind="edited_message"
        )
        await talk.shows("请致电招商局")
        assert "8866114" not in talk.shown() and PAGE.talk_edited in talk.shown()
        assert talk.write("好的，谢谢") == 303
        await until(lambda: "好的，谢谢" in said_to(server, DESK))
        await staff.send(
            **in_topic(talk.topic), text="// 已转商务局", message_id=801, kind="edited_message"
        )
        await talk.shows_no_more("请致电招商局")
        assert "已转商务局" not in talk.shown()
        await staff.say("/close 已答复", **in_topic(talk.topic))
        await talk.shows(PAGE.talk_closed)
        assert "已答复" not in talk.shown()
        assert talk.write("还有一个问题") == 303
        await until(lambda: "还有一个问题" in said_to(server, DESK))
        assert ZH.desk_reopened_by_investor in said_to(server, DESK)
        await settled(bot, server)
        assert PAGE.talk_closed not in talk.shown()
        assert not server.closed_topics
        # All of it went to the desk and the page, and nothing to a chat that does not exist.
        assert {one.chat_id for one in server.sent} == {DESK}
        assert not server.copied


async def test_pictures_do_not_pass_and_notes_stay(
    running: Running, server: TelegramServer, reader: Visitor, staff: Person
) -> None:
    async with at_desk(running, server, reader) as (bot, talk):
        photo = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
        await staff.send(**in_topic(talk.topic), photo=photo, caption="地图", message_id=801)
        await until(lambda: ZH.desk_page_text_only in said_to(server, DESK))
        await staff.send(**in_topic(talk.topic), text="//内部", message_id=802)
        letter = next(one for one in server.sent if one.seen.text == LETTER)
        answer = in_topic(talk.topic) | replying(letter.message_id, in_topic(talk.topic)["chat"])
        await staff.send(**answer, text="回复这一条", message_id=803)
        await talk.shows("回复这一条")
        await settled(bot, server)
        assert "地图" not in talk.shown() and "内部" not in talk.shown()


async def test_where_no_topic_can_be_made_staff_reply_to_what_was_written(
    running: Running, server: TelegramServer, reader: Visitor, staff: Person
) -> None:
    server.fail(400, "Bad Request: not enough rights", method="createForumTopic")
    talk = sent(reader, LETTER)
    async with running(desk_chat=DESK):
        await until(lambda: LETTER in said_to(server, DESK))
        letter = next(one for one in server.sent if one.seen.text == LETTER)
        await staff.send(**in_general(letter.message_id), text="请到窗口", message_id=801)
        await talk.shows("请到窗口")


async def test_a_question_is_there_once_the_page_has_answered_whatever_happens_then(
    index: Path, state: Path, running: Running, server: TelegramServer
) -> None:
    with pytest.raises(AssertionError), serve(index, state, HYQA_DESK_CHAT=str(DESK)) as site:
        reader = Visitor(site.url)
        talks = [sent(reader, f"第{number}个问题？") for number in range(5)]
        site.process.send_signal(signal.SIGKILL)
        site.process.wait()
        reader.close()
    assert len({one.address for one in talks}) == 5
    async with running(desk_chat=DESK):
        wanted = {f"第{number}个问题？" for number in range(5)}
        await until(lambda: wanted <= set(said_to(server, DESK)))
    async with running(desk_chat=DESK) as bot:
        await settled(bot, server)
        assert all(said_to(server, DESK).count(one) == 1 for one in wanted)


def test_the_same_form_sent_twice_begins_one_talk(reader: Visitor, state: Path) -> None:
    fields = [*reader.get("/person").fields("@class='ask'"), ("text", LETTER)]
    places = {reader.post("/person", fields).response.headers["location"] for _ in range(3)}
    assert len(places) == 1
    assert count(state, PageTalk) == count(state, PageLetter) == count(state, Question) == 1


def test_what_the_documents_do_not_answer_is_a_gap_that_asks_for_a_person(
    reader: Visitor, state: Path
) -> None:
    refused = reader.ask("火星上有没有理发店？")
    (link,) = [
        one.get("href") for one in refused.all("//article//a") if "/person" in one.get("href")
    ]
    talk = sent(reader, "火星上有没有理发店？我的手机13812345678", link)
    sent(reader, LETTER)
    with Database(f"sqlite:///{state}/bot.sqlite").session() as session:
        asked = session.scalars(select(Question).order_by(Question.id)).all()
        assert [one.asked_person for one in asked] == [True, True]
        assert [one.text for one in asked] == ["火星上有没有理发店？", LETTER]
        assert session.scalar(select(func.count()).select_from(Gap)) == 2
        letter = session.scalars(select(PageLetter).order_by(PageLetter.id)).first()
        assert letter and "13812345678" not in letter.text and "***" in letter.text
        held = session.scalars(select(PageTalk)).first()
        secret = talk.address.removeprefix("/p/")
        assert held and held.secret_hash == hash_of(secret) and secret not in held.secret_hash
        assert find(session, secret)


def test_anothers_question_cannot_be_put_to_the_desk(
    site: Served, reader: Visitor, state: Path
) -> None:
    reader.ask("火星上有没有理发店？")
    other = Visitor(site.url)
    sent(other, LETTER, "/person?q=x&about=1")
    other.close()
    with Database(f"sqlite:///{state}/bot.sqlite").session() as session:
        assert not session.get_one(Question, 1).asked_person
        assert [one.question_id for one in session.scalars(select(DeskThread))] == [None]


async def test_a_talk_that_its_reader_deletes_is_gone_and_staff_are_told(
    running: Running, server: TelegramServer, reader: Visitor, staff: Person, state: Path
) -> None:
    async with at_desk(running, server, reader) as (bot, talk):
        await staff.send(**in_topic(talk.topic), text="请稍等", message_id=801)
        await talk.shows("请稍等")
        forms = reader.get(talk.address).fields("contains(@action, 'forget')")
        assert PAGE.talk_forgotten in reader.post(f"{talk.address}/forget", forms).text
        assert reader.get(talk.address).status == 404
        assert reader.get(f"{talk.address}/events").status == 404
        await until(lambda: ZH.desk_person_forgotten in said_to(server, DESK))
        await staff.send(**in_topic(talk.topic), text="您好", message_id=802)
        await until(lambda: ZH.desk_over in said_to(server, DESK))
        await settled(bot, server)
    for table in (PageTalk, PageLetter, DeskThread, Question, Gap):
        assert count(state, table) == 0
    with Database(f"sqlite:///{state}/bot.sqlite").session() as session:
        kept = [str(one.payload) for one in session.scalars(select(Outgoing))]
    assert not [one for one in kept if "请稍等" in one or LETTER in one]


async def test_forget_me_deletes_talks_too(
    running: Running, server: TelegramServer, reader: Visitor, state: Path
) -> None:
    async with at_desk(running, server, reader) as (_, talk):
        told = reader.get("/privacy")
        reader.post("/forget", told.fields("@action='/forget'"))
        assert reader.get(talk.address).status == 404
        await until(lambda: ZH.desk_person_forgotten in said_to(server, DESK))
    assert count(state, PageLetter) == 0


async def test_the_page_says_when_the_desk_opens(running: Running, reader: Visitor) -> None:
    now = datetime.now(HENGYANG_TIME)
    day = now.isoweekday() % 7 + 1
    talk = sent(reader, LETTER)
    assert "UTC+8" not in talk.shown()
    async with running(desk_chat=DESK, office_hours=OfficeHours(day, day), clock=time.time):
        opening = f"{now + timedelta(days=1):%Y-%m-%d} 09:00 (UTC+8)"
        await talk.shows(PAGE.talk_hours.format(time=opening))


async def test_what_is_new_is_streamed_with_ids(
    running: Running, server: TelegramServer, reader: Visitor, staff: Person, site: Served
) -> None:
    async with at_desk(running, server, reader) as (_, talk):
        start = reader.get(talk.address).one("//*[@id='talk']").get("data-events")
        async with httpx.AsyncClient(base_url=site.url, timeout=30) as client:
            async with client.stream("GET", start) as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                assert stream.headers["x-robots-tag"].startswith("noindex")
                await staff.send(**in_topic(talk.topic), text="第一行\n第二行", message_id=801)
                number, shown = await _event(stream, "第二行")
            await staff.send(**in_topic(talk.topic), text="后来的", message_id=802)
            await talk.shows("后来的")
            again = {"Last-Event-ID": number}
            async with client.stream("GET", f"{talk.address}/events", headers=again) as stream:
                later, shown = await _event(stream, "后来的")
            assert int(later) > int(number) and "第一行\n第二行" in shown


async def _event(stream: httpx.Response, words: str) -> tuple[str, str]:
    """The first event that holds some words: its id and its text."""
    number, data = "", list[str]()
    async with asyncio.timeout(30):
        async for line in stream.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "id":
                number, data = value, []
            elif name == "data":
                data.append(value)
            elif not line and words in "\n".join(data):
                break
    return number, "\n".join(data)


def test_a_private_page_is_kept_out_of_indexes_and_caches_and_escapes_what_is_written(
    reader: Visitor,
) -> None:
    talk = sent(reader, "<script>alert(1)</script> 衡阳")
    page = reader.get(talk.address)
    assert page.response.headers["x-robots-tag"].startswith("noindex")
    assert page.response.headers["cache-control"] == "no-store"
    assert "<script>alert" not in page.source and "<script>alert(1)</script>" in page.text
    for wrong in ("/p/" + "0" * 32, "/p/x", "/p/" + "0" * 33, f"{talk.address}/nothing"):
        assert reader.get(wrong).status == 404
        assert reader.post(wrong, [("text", "x")]).status in (404, 405)


def test_forms_that_are_not_the_sessions_own_and_empty_ones_are_refused(
    site: Served, reader: Visitor, state: Path
) -> None:
    fields = [*reader.get("/person").fields("@class='ask'")]
    stranger = Visitor(site.url)
    assert stranger.post("/person", [*fields, ("text", LETTER)]).status == 403
    stranger.close()
    for text in ("", " \n", "？！", "很" * 1001):
        assert reader.post("/person", [*fields, ("text", text)]).status == 422
    assert count(state, PageTalk) == 0


def test_nobody_floods_the_desk(reader: Visitor) -> None:
    talk = sent(reader, LETTER)
    said = [talk.write(f"第{number}条") for number in range(25)]
    assert said.count(303) == 19 and set(said[19:]) == {422}
    assert PAGE.talk_patience in reader.post(talk.address, [("text", "再写")]).text


def test_without_a_desk_nobody_is_promised_an_answer(index: Path, tmp_path: Path) -> None:
    with serve(index, tmp_path / "state") as site:
        reader = Visitor(site.url)
        page = reader.get("/person")
        assert PAGE.person_none in page.text and not page.all("//form[@class='ask']")
        assert reader.post("/person", [("text", LETTER)]).status == 404
        assert "/person?" not in reader.ask("火星上有没有理发店？").source
        reader.close()


def count(state: Path, table: type) -> int:
    database = Database(f"sqlite:///{state}/bot.sqlite")
    with database.session() as session:
        number = session.scalar(select(func.count()).select_from(table)) or 0
    database.close()
    return number
