"""Readers of the page and the desk: the page in a process of its own, the bot over the same state."""

import asyncio
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from page.serving import Running as Served
from page.serving import Visitor, serve
from people import DESK, Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.scene import HENGYANG_TIME
from bot.settings import OfficeHours
from dialogues.desk.reading import LETTER, PAGE, ZH, at_desk, count, sent
from dialogues.desk.talking import in_general, in_topic, replying, said_to, settled, until
from storage.database import Database
from storage.page_schema import PageLetter, PageTalk
from storage.schema import DeskThread, Gap, Outgoing, Question


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
    async with running(desk_chat=DESK) as bot:
        await until(lambda: LETTER in said_to(server, DESK))
        await settled(bot, server)  # staff read before they reply: what was sent is noted by then
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
