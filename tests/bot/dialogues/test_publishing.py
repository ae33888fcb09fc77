"""A maintainer publishes from chat: sees what was read, decides, and is answered from it at once."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from corpus import QUESTION, TALENT
from people import Person
from persistence.rows import count
from running import Running
from standin.calls import Sent
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues import drafts
from bot.languages import Tongue
from bot.texts import TEXTS
from bot.transport.worker import Task, run
from dialogues.publishing import Publisher, publisher
from hyqa import snapshot_name
from storage.reader_schema import Draft

ZH = TEXTS[Tongue.SIMPLIFIED]
__all__ = ["publisher"]

RAISED = TALENT.replace("10万元", "12万元")
RAIN = """\
---
title: 衡阳市雨天办法
publisher: 衡阳市气象局
issued: "2025-10-01"
language: zh
---

## 雨天

衡阳市雨天要带雨伞，雨伞由气象局发放。
"""


class Desk:
    """A maintainer at work."""

    def __init__(self, server: TelegramServer, person: Person, publisher: Publisher) -> None:
        self.server, self.person, self.publisher = server, person, publisher

    async def offer(self, name: str, content: bytes | str, **more: Any) -> None:
        data = content.encode() if isinstance(content, str) else content
        number = hashlib.sha256(data).hexdigest()[:20]
        self.server.uploads[number] = data
        file = {"file_id": number, "file_unique_id": number, "file_name": name}
        await self.person.send(document=file | {"file_size": len(data)} | more)

    async def look(self, name: str, content: bytes | str) -> Sent:
        """Offer a file; gives the page of what was read in it."""
        count = len(self.server.sent)
        await self.offer(name, content)
        first, page = (await self.server.wait_sent(count + 2, within=90))[count:]
        assert first.seen.text == ZH.publish_reading
        return page

    async def press(self, page: Sent, label: str) -> Sent:
        """Decide; gives what came of it."""
        count = len(self.server.sent)
        await self.person.press(page, label)
        begun, outcome = (await self.server.wait_sent(count + 2, within=120))[count:]
        assert begun.seen.text.startswith("正在发布")
        return outcome

    def held(self) -> dict[str, str]:
        """The documents that are in the corpus."""
        corpus = self.publisher.folder / "corpus"
        return {
            str(path.relative_to(corpus)): path.read_text("utf-8")
            for path in corpus.rglob("*")
            if path.is_file() and not path.relative_to(corpus).parts[0].startswith(".")
        }


@pytest.fixture
def desk(server: TelegramServer, staff: Person, publisher: Publisher) -> Desk:
    return Desk(server, staff, publisher)


@asynccontextmanager
async def working(running: Running, desk: Desk, **more: Any) -> AsyncIterator[Application]:
    library = desk.publisher.build()
    settings = {
        "library": library, "clock": desk.publisher.clock, "index": str(desk.publisher.index),
        "encoder": "hash", "corpus": str(desk.publisher.folder / "corpus"),
        "maintainers": frozenset({desk.person.id}),
    }  # fmt: skip
    async with running(**settings | more) as bot:
        await desk.publisher.recorded(bot)
        yield bot


async def test_a_new_document_is_shown_published_and_answered_from(
    running: Running, desk: Desk, chinese: Person
) -> None:
    async with working(running, desk) as bot:
        page = await desk.look("rain.md", RAIN)
        for words in ("衡阳市雨天办法", "衡阳市气象局", "2025-10-01", "rain.md"):
            assert words in page.seen.text
        assert "no 文号" in page.seen.text and not [b for b in page.buttons if "♻" in b]
        assert "news/rain.md" not in desk.held()  # nothing before it is said
        outcome = await desk.press(page, "→ " + ZH.subject_news)
        assert outcome.seen.text.startswith(ZH.publish_done.format(name="news/rain.md"))
        assert desk.held()["news/rain.md"] == RAIN
        await desk.publisher.recorded(bot)
        assert "雨伞" in (await chinese.ask("衡阳市雨天要带什么？")).seen.quotes[0]
        gone = await desk.person.pressing(page, "→ " + ZH.subject_news)
        assert gone.seen.text == ZH.gone and count(bot.database, Draft) == 0
        audit = await desk.person.ask("/audit")
        assert "news/rain.md" in audit.seen.text


async def test_what_a_bot_published_before_it_was_killed_is_told_as_published(
    running: Running, desk: Desk
) -> None:
    async with working(running, desk):
        page = await desk.look("rain.md", RAIN)
        # What the process before did, but for the message and the note of it.
        digest = hashlib.sha256(RAIN.encode()).hexdigest()
        corpus, index = str(desk.publisher.folder / "corpus"), str(desk.publisher.index)
        task = Task(
            "publish", "", "rain.md", corpus, index, "hash", "2026-03-01", digest, "news/rain.md",
            str(desk.person.id),
        )  # fmt: skip
        assert (await run(task, RAIN.encode()))["error"] is None
        outcome = await desk.press(page, "→ " + ZH.subject_news)
        assert outcome.seen.text.startswith(ZH.publish_done.format(name="news/rain.md"))
        assert desk.held()["news/rain.md"] == RAIN


async def test_a_document_is_replaced_where_it_stands_while_the_bot_answers(
    running: Running, server: TelegramServer, desk: Desk, chinese: Person
) -> None:
    async with working(running, desk) as bot:
        page = await desk.look("doctors.md", RAISED)
        label = next(one for one in page.buttons if "♻" in one)
        before = len(server.sent)
        await desk.person.press(page, label)
        answers = 0
        while not any("已发布" in one.seen.text for one in server.sent[before:]):
            await chinese.say(QUESTION)
            answers += 1
            await server.wait_taken()
            await asyncio.sleep(0.1)  # the other processor is to get on with the index
        await server.wait_sent(before + 2 + answers)
        said = [one.seen.text for one in server.sent[before:] if one.chat_id == chinese.id]
        # One wording or the other, and never a failure.
        assert len(said) == answers and all("10万元" in one or "12万元" in one for one in said)
        assert desk.held()["talent/doctors.md"] == RAISED and "news/doctors.md" not in desk.held()
        await desk.publisher.recorded(bot)
        assert "12万元" in (await chinese.ask(QUESTION)).seen.text


async def test_what_cannot_be_read_or_is_discarded_changes_nothing(
    running: Running, desk: Desk
) -> None:
    async with working(running, desk) as bot:
        before, name = desk.held(), snapshot_name(desk.publisher.index)
        broken = await desk.look("../../talent/broken.pdf", b"%PDF-1.4 truncated")
        assert broken.seen.text.startswith(ZH.publish_unreadable.format(name="broken.pdf"))
        page = await desk.look("rain.md", RAIN)
        said = await desk.person.pressing(page, ZH.publish_discard)
        assert said.seen.text == ZH.publish_discarded
        assert count(bot.database, Draft) == 0
        assert (desk.held(), snapshot_name(desk.publisher.index)) == (before, name)


async def test_an_index_that_cannot_be_built_leaves_documents_as_they_were(
    running: Running, desk: Desk
) -> None:
    async with working(running, desk) as bot:
        page = await desk.look("doctors.md", RAISED)
        label = next(one for one in page.buttons if "♻" in one)
        (desk.publisher.folder / "corpus" / "glossary.toml").write_text("[broken", "utf-8")
        before = desk.held()
        outcome = await desk.press(page, label)
        assert outcome.seen.text.startswith(ZH.publish_failed.format(name="talent/doctors.md"))
        assert "glossary.toml" in outcome.seen.text and "Traceback" not in outcome.seen.text
        assert desk.held() == before and count(bot.database, Draft) == 0


async def test_another_file_than_was_looked_at_is_not_published(
    running: Running, server: TelegramServer, desk: Desk
) -> None:
    async with working(running, desk):
        page = await desk.look("rain.md", RAIN)
        before = desk.held()
        for number in server.uploads:
            server.uploads[number] = RAISED.encode()
        outcome = await desk.press(page, "→ " + ZH.subject_news)
        assert outcome.seen.text.startswith(ZH.publish_failed.format(name="news/rain.md"))
        assert desk.held() == before


async def test_private_addresses_are_not_asked(
    running: Running, server: TelegramServer, desk: Desk
) -> None:
    port = server.url.rpartition(":")[2]
    addresses = (
        f"http://127.0.0.1:{port}/x.pdf", f"http://localhost:{port}/", f"http://[::1]:{port}/",
        "http://169.254.169.254/latest", "http://10.0.0.1/a.pdf", f"http://0x7f000001:{port}/",
    )  # fmt: skip
    async with working(running, desk):
        for address in addresses:
            before, calls = len(server.sent), len([c for c in server.calls if not c.method])
            await desk.person.say(f"/publish {address}")
            refused = (await server.wait_sent(before + 2, within=90))[before + 1]
            assert refused.seen.text.startswith("❌"), address
            assert len([c for c in server.calls if not c.method]) == calls  # nobody came


async def test_others_get_the_usual_words(
    running: Running, server: TelegramServer, desk: Desk, chinese: Person
) -> None:
    async with working(running, desk, staff=frozenset({45})) as bot:
        for person in (chinese, Person(server, 45, "zh")):
            other = Desk(server, person, desk.publisher)
            count_before = len(server.sent)
            await other.offer("rain.md", RAIN)
            said = (await server.wait_sent(count_before + 1))[count_before]
            assert said.seen.text == ZH.picture
            refused = await person.ask("/publish https://example.org/a.pdf")
            assert refused.seen.text == ZH.maintainers_only
        assert count(bot.database, Draft) == 0
        page = await desk.look("rain.md", RAIN)
        stolen = await chinese.pressing(page, "→ " + ZH.subject_news)
        assert stolen.seen.text == ZH.gone and "news/rain.md" not in desk.held()


async def test_sizes_kinds_and_numbers_have_limits(
    running: Running, server: TelegramServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.application.DRAFTS_LOOK", 3600.0)  # so that they pile up
    async with working(running, desk):
        await desk.offer("big.pdf", b"x", file_size=drafts.LARGEST * 1_000_000 + 1)
        await desk.offer("run.exe", b"MZ")
        await desk.person.say("/publish")
        await desk.person.say("/publish file:///etc/passwd")
        said = [one.seen.text for one in await server.wait_sent(4)]
        assert sorted(said[:2]) == sorted([ZH.publish_large.format(limit=20), ZH.publish_type])
        assert said[2:] == [ZH.publish_usage] * 2
        for number in range(6):
            await desk.offer(f"{number}.md", f"{number}")
        last = (await server.wait_sent(10))[-1]
        assert last.seen.text == ZH.publish_full.format(limit=5)
