"""What people take away from the bot: an answer as a PDF, a document's days as a calendar."""

import logging
from pathlib import Path

import pytest
from corpus import ENGLISH_QUESTION, FILES, FOLLOW_UP, NONSENSE, QUESTION, write_documents
from icalendar import Calendar
from people import Person, bots_message
from running import Running
from sheets import letters, links_of, read_sheet
from standin.calls import Sent
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues.buttons import Press
from bot.languages import Tongue
from bot.library import Library, Shelf, key_of
from bot.texts import TEXTS
from hyqa import Engine, HashEncoder, build_index
from storage.schema import Switch

ZH, HANT, EN = (TEXTS[one] for one in (Tongue.SIMPLIFIED, Tongue.TRADITIONAL, Tongue.ENGLISH))
SITE = "https://invest.example.org"


async def taken(server: TelegramServer, person: Person, answer: Sent, label: str) -> bytes:
    """Press a button, and wait for the file that it sends."""
    count = len(server.files)
    await person.press(answer, label)
    await server.wait_called("sendDocument", count + 1)
    chat, _, file = server.files[count]
    assert chat == person.id
    return file


async def test_the_button_below_an_answer_sends_what_stands_there(
    bot: Application, server: TelegramServer, chinese: Person, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await chinese.ask(QUESTION)
    with caplog.at_level(logging.DEBUG):
        pdf = await taken(server, chinese, answer, ZH.take_away)
    words = read_sheet(pdf)
    assert letters(QUESTION) in words and "答复日期：2025-11-20" in words
    assert letters("博士来衡阳市工作有补贴10万元 & 免租<三年>。") in words
    assert "《博士来衡阳市工作的补贴》（衡政发〔2025〕8号），衡阳市人民政府，2025年3月1日" in words
    assert "https://example.org/talent?id=8&page=1" in links_of(pdf)
    assert not [one for one in caplog.records if one.name.startswith("fontTools")]


async def test_a_digest_and_the_page_are_named_in_each_language(
    running: Running, server: TelegramServer
) -> None:
    async with running(web_url=SITE):
        for code, texts, told in (
            ("zh-hant", HANT, "整理稿，不是官方原文"),
            ("zh-hans", ZH, "整理自衡阳日报《船山时间谷建设情况》"),
        ):
            person = Person(server, 60 + len(code + told), code)
            answer = await person.ask("船山时间谷有多少家企业？")
            pdf = await taken(server, person, answer, texts.take_away)
            assert told in read_sheet(
                pdf
            ) and "船山时间谷有21家企业，其中钟表企业17家。" in read_sheet(pdf)
            assert any(one.startswith(f"{SITE}/d/parks/time-valley.md?q=") for one in links_of(pdf))


async def test_a_follow_up_is_taken_away_with_what_it_follows(
    bot: Application, server: TelegramServer, english: Person
) -> None:
    first = await english.ask(ENGLISH_QUESTION)
    second = await english.ask(FOLLOW_UP)
    assert second.seen.quotes
    words = read_sheet(await taken(server, english, second, EN.take_away))
    assert letters(FOLLOW_UP) in words and "10,000workers" in words
    words = read_sheet(await taken(server, english, first, EN.take_away))
    assert letters(ENGLISH_QUESTION) in words and letters("Foxconn is still in Hengyang.") in words


async def test_what_is_not_found_is_taken_away_as_it_was_said(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    answer = await chinese.ask(NONSENSE)
    words = read_sheet(await taken(server, chinese, answer, ZH.take_away))
    lines = [line for line in answer.seen.text.splitlines() if line.strip()]
    assert lines and all(letters(line) in words for line in lines)


async def test_an_answer_that_is_another_by_now_is_to_be_asked_anew(
    running: Running, server: TelegramServer, chinese: Person, shelf: Shelf, tmp_path: Path
) -> None:
    library = Library(shelf)
    async with running(library=library):
        answer = await chinese.ask(QUESTION)
        changed = {name: text.replace("10万元", "十二万元整") for name, text in FILES.items()}
        write_documents(tmp_path / "corpus", changed)
        build_index(tmp_path / "corpus", tmp_path / "index", HashEncoder())
        engine = Engine.open(tmp_path / "index", encoder="hash")
        library.shelf = Shelf(engine, engine.documents())
        said = await chinese.pressing(answer, ZH.take_away)
    assert said.seen.text == ZH.take_away_changed
    assert server.files == []


async def test_what_is_no_ones_answer_or_switched_off_is_not_sent(
    bot: Application, server: TelegramServer, chinese: Person, english: Person
) -> None:
    answer = await chinese.ask(QUESTION)
    data = answer.buttons[ZH.take_away]
    for forged in (Press.TAKE_AWAY.data(999), Press.TAKE_AWAY.data("x"), Press.CALENDAR.data("x")):
        assert (await chinese.pressing(answer, forged)).seen.text == ZH.gone
    own = await english.ask(ENGLISH_QUESTION)
    assert (await english.pressing(own, data)).seen.text == EN.gone
    with bot.database.session() as session:
        session.add(Switch(subject="talent", text="", at=0.0))
    assert (await chinese.pressing(answer, data)).seen.text == ZH.off
    assert server.files == []


async def test_nothing_is_taken_away_in_a_group(bot: Application, chinese: Person) -> None:
    answer = await chinese.ask(QUESTION, group=True, reply_to_message=bots_message())
    assert answer.seen.quotes and ZH.take_away not in answer.buttons


async def test_it_counts_as_a_question(running: Running, chinese: Person) -> None:
    async with running(questions=1):
        answer = await chinese.ask(QUESTION)
        assert (await chinese.pressing(answer, ZH.take_away)).seen.text == ZH.busy


async def test_a_question_full_of_oddities_is_taken_away(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    odd = "\u202e博士来衡阳市工作\u2066有什么补贴？😀{nb}(\\)" + "e\u0301" * 20
    answer = await chinese.ask(odd)
    words = read_sheet(await taken(server, chinese, answer, ZH.take_away))
    assert "博士来衡阳市工作有什么补贴？〓{nb}(\\)" in words and "〓" in words


async def test_days_to_come_are_sent_as_a_calendar(
    running: Running, server: TelegramServer, chinese: Person, tmp_path: Path
) -> None:
    ending = 'expires: "2026-12-31"'
    changed = {n: text.replace('issued: "2025-03-01"', ending) for n, text in FILES.items()}
    write_documents(tmp_path / "corpus", changed)
    build_index(tmp_path / "corpus", tmp_path / "index", HashEncoder())
    engine = Engine.open(tmp_path / "index", encoder="hash")
    async with running(library=Library(Shelf(engine, engine.documents())), web_url=SITE):
        menu = await chinese.ask("/sources")
        sources = await chinese.pressing(menu, f"{ZH.subject_talent} · 1")
        document = await chinese.pressing(sources, "博士来衡阳市工作的补贴")
        file = await taken(server, chinese, document, ZH.calendar)
        (event,) = Calendar.from_ical(file.decode()).walk("VEVENT")
        assert event["DTSTART"].dt.isoformat() == "2026-12-31"
        assert event["SUMMARY"] == f"{ZH.calendar_expires}: 博士来衡阳市工作的补贴"
        assert event["URL"] == f"{SITE}/d/talent/doctors.md"
        past = Press.CALENDAR.data(key_of("incentives/rent.md"))
        assert (await chinese.pressing(document, past)).seen.text == ZH.calendar_none
        other = await chinese.ask("/sources")
        rent = await chinese.pressing(
            await chinese.pressing(other, f"{ZH.subject_incentives} · 1"), "白沙工业园厂房租金办法"
        )
        assert ZH.calendar not in rent.buttons
