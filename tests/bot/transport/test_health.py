"""The health tells the truth, and the maintainers hear of it."""

import asyncio
import sqlite3
from collections.abc import Callable

import httpx
import pytest
from corpus import QUESTION
from people import Person
from running import Running
from sqlalchemy import delete
from standin.calls import Failure
from standin.server import TelegramServer

from bot import application
from bot.application import Application
from bot.languages import Tongue
from bot.metrics import Metrics
from bot.texts import TEXTS
from bot.transport import alarms, health
from bot.transport.health import GRACE, Health, Part
from storage.database import Database
from storage.schema import Outgoing

ZH = TEXTS[Tongue.SIMPLIFIED]
MAINTAINER = 77


class Steady:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def held(steady: Steady) -> Health:
    return Health(Metrics(), steady=steady)


def test_a_mishap_is_no_trouble_and_lasting_failures_are(held: Health, steady: Steady) -> None:
    held.bad(Part.SEND, "TimedOut", 11)
    steady.now = GRACE - 0.1
    assert held.is_well(Part.SEND)
    steady.now = GRACE
    assert held.troubles()[Part.SEND] == "TimedOut"
    held.good(Part.SEND)
    assert held.is_well(Part.SEND)


def test_what_fails_in_one_chat_alone_is_no_trouble(held: Health, steady: Steady) -> None:
    for _ in range(10):
        held.bad(Part.SEND, "NetworkError", 11)
        steady.now += GRACE / 2
        assert held.is_well(Part.SEND)
        held.good(Part.SEND)  # in another chat
    held.bad(Part.SEND, "NetworkError", 11)
    steady.now += GRACE
    assert not held.is_well(Part.SEND)
    held.drop(Part.SEND, 11)
    assert held.is_well(Part.SEND)


def test_what_waits_since_others_got_through_is_no_trouble(held: Health, steady: Steady) -> None:
    held.bad(Part.SEND, "NetworkError", 11)
    steady.now += GRACE
    assert not held.is_well(Part.SEND)
    held.good(Part.SEND)  # in another chat; the limits of the first one hold it back
    steady.now += 60.0
    assert held.is_well(Part.SEND)
    held.bad(Part.SEND, "NetworkError", 11)
    assert held.is_well(Part.SEND)  # one failure alone is a mishap


def test_silence_is_trouble_where_something_is_tried_all_the_time(
    held: Health, steady: Steady
) -> None:
    steady.now = Part.POLL.silence + 0.1
    assert held.troubles() == dict.fromkeys((Part.POLL, Part.DATABASE, Part.INDEX), "silence")
    held.good(Part.POLL)
    assert Part.POLL not in held.troubles()
    assert held.report()["database"] == {"ok": False, "seconds_since_success": 27.1, "failing": ""}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "GRACE", 0.3)
    monkeypatch.setattr(alarms, "SURE", 0.2)
    monkeypatch.setattr(application, "ALARM", 0.1)
    monkeypatch.setattr(application, "BEAT", 0.1)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.05)


async def state_of(bot: Application) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"http://127.0.0.1:{bot.port}/health")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("status", "method", "part"),
    [
        (502, "", "poll"),
        (401, "", "poll"),
        (409, "getUpdates", "poll"),
        (502, "sendMessage", "send"),
    ],
)
async def test_failures_of_telegram_are_told_and_their_end(
    running: Running,
    server: TelegramServer,
    chinese: Person,
    free_port: int,
    status: int,
    method: str,
    part: str,
) -> None:
    async with running(http_port=free_port) as bot:
        server.before = lambda called, given: (
            Failure(status, "Failure") if method in ("", called) else None
        )
        await chinese.say(QUESTION)
        await until(lambda: not bot.health()["ok"])
        found = await state_of(bot)
        assert (found.status_code, found.json()["parts"][part]["ok"]) == (503, False)
        assert f'hyqa_well{{part="{part}"}} 0.0' in bot.metrics.text().decode()
        assert "hyqa_failures_total{kind=" in bot.metrics.text().decode()
        server.before = lambda called, given: None
        [sent] = await server.wait_sent(1)
        assert sent.seen.quotes  # nothing was lost
        await until(lambda: bool(bot.health()["ok"]))
        assert (await state_of(bot)).status_code == 200


@pytest.mark.usefixtures("quick")
async def test_what_failed_and_is_to_be_sent_no_more_is_no_trouble(
    running: Running, server: TelegramServer, chinese: Person, database_url: str
) -> None:
    async with running() as bot:
        server.before = lambda method, given: (
            Failure(502, "Bad Gateway") if method == "sendMessage" else None
        )
        await chinese.say(QUESTION)
        await until(lambda: not bot.health()["ok"])
        database = Database(database_url)
        with database.session() as session:  # as where somebody wants to be forgotten
            session.execute(delete(Outgoing))
        database.close()
        await until(lambda: bool(bot.health()["ok"]))
    assert server.sent == []


@pytest.mark.usefixtures("quick")
async def test_a_locked_database_is_told_to_the_maintainers_and_its_end(
    running: Running,
    server: TelegramServer,
    chinese: Person,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.1)
    async with running(maintainers=frozenset({MAINTAINER})) as bot:
        lock = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        await chinese.say(QUESTION)
        await until(lambda: not bot.health()["ok"])
        [alarm] = await server.wait_sent(1)
        assert alarm.chat_id == MAINTAINER
        assert alarm.seen.text == ZH.alarm_bad.format(
            parts=f"{ZH.alarm_database} (OperationalError)"
        )
        lock.execute("ROLLBACK")
        lock.close()
        sent = await server.wait_sent(3)
    told = {one.chat_id: one for one in sent[1:]}
    assert told[chinese.id].seen.quotes
    assert told[MAINTAINER].seen.text.startswith(ZH.alarm_well.split("{")[0])
    assert len(server.sent) == 3


async def test_one_who_is_new_in_two_chats_at_once_is_answered_in_both(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running():
        for _ in range(5):
            await chinese.say(QUESTION)
            await chinese.say(f"/ask {QUESTION}", group=True)
        sent = await server.wait_sent(10)
    assert all(one.seen.quotes for one in sent)


def test_the_heartbeat_writes(database_url: str) -> None:
    from storage.heartbeat import beat
    from storage.schema import Heartbeat

    database = Database(database_url)
    with database.session() as session:
        beat(session, 42.0)
    with database.session() as session:
        assert [row.at for row in session.query(Heartbeat)] == [42.0]
    database.close()
