"""Messages arrive once, in order and within Telegram's limits; updates are answered once."""

import asyncio
from typing import Any

import httpx
import pytest
from corpus import ENGLISH_QUESTION, QUESTION
from hypothesis import given, settings
from hypothesis import strategies as st
from people import GROUP, Person
from running import Running
from telegram_server import Failure, TelegramServer

from bot import delivery
from bot.application import Application
from bot.languages import Tongue
from bot.pace import TELEGRAMS, Pace, Window
from bot.state.database import Database
from bot.state.schema import Outgoing
from bot.state.schema import Person as PersonRow
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.02)


@given(
    st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1)), max_size=60),
    st.integers(1, 5),
    st.floats(0.1, 3),
)
@settings(deadline=None)
def test_no_stretch_holds_more_calls_than_it_may(
    calls: list[tuple[float, float]], most: int, seconds: float
) -> None:
    window, now, times = Window(most, seconds), 0.0, list[float]()
    for gap, took in calls:
        now += gap
        now += max(window.wait(now), 0)
        window.start()
        times.append(now)
        now += took
        window.end(now)
    for first, last in zip(times, times[most:], strict=False):
        assert last - first >= seconds * 0.999999


def test_calls_under_way_count() -> None:
    window = Window(2, 1.0)
    window.start()
    window.start()
    assert window.wait(100.0) == float("inf")
    window.end(100.0)
    assert window.wait(100.5) == pytest.approx(0.5)


async def test_a_group_gets_twenty_messages_a_minute() -> None:
    now = 0.0
    pace = Pace(clock=lambda: now)
    for _ in range(20):
        async with pace.turn(GROUP):
            pass
        now += 1.1
    assert max(window.wait(now) for window in pace._of(GROUP)) == pytest.approx(60 - 20 * 1.1)


async def test_telegrams_limits_are_kept_so_that_it_never_complains(
    running: Running, server: TelegramServer
) -> None:
    server.paced = True
    people = [Person(server, 100 + number, "zh") for number in range(45)]
    async with running(limits=TELEGRAMS):
        for person in people:
            await person.say("/help")
        for person in people[:2]:
            await person.say("/privacy")
        await server.wait_sent(47, within=15)
    assert [call.status for call in server.called("sendMessage")] == [200] * 47


async def test_an_update_that_comes_again_is_answered_once(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running():
        await chinese.ask(QUESTION)
        again = {"update_id": server.last_update, "message": chinese.message(text=QUESTION)}
    async with running():
        await server.push_raw(again)
        await server.wait_taken()
        await chinese.ask("/help")
    assert len(server.sent) == 2


async def test_old_and_out_of_order_updates_are_harmless(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    for number in (500, 499, 500, 7):
        await server.push_raw({"update_id": number, "message": chinese.message(text="/help")})
    await server.wait_sent(3)
    await server.push_raw({"update_id": 501, "message": chinese.message(text="/start")})
    await server.wait_sent(4)
    assert [sent.seen.text == ZH.start for sent in server.sent] == [False, False, False, True]


MALFORMED: list[dict[str, Any]] = [
    {"update_id": 900},
    {"update_id": 901, "message": {}},
    {"update_id": 902, "message": "text"},
    {"update_id": 903, "callback_query": {"id": "1"}},
    {
        "update_id": 904,
        "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}},
    },
    {"update_id": 905, "unheard_of": {"id": 1}},
]


async def test_malformed_updates_are_passed_over(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    for update in MALFORMED:
        await server.push_raw(update)
    assert (await chinese.ask("/help", update_id=906)).seen.text.startswith("怎样提问")


async def test_what_was_not_sent_before_a_stop_is_sent_after_a_start(
    running: Running, server: TelegramServer, chinese: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.application.PATIENCE", 0.2)
    server.before = lambda method, given: (
        Failure(502, "Bad Gateway") if method == "sendMessage" else None
    )
    async with running():
        await chinese.say(QUESTION)
        await server.wait_called("sendMessage")
        await server.wait_taken()
    assert server.sent == []
    server.before = lambda method, given: None
    async with running():
        [sent] = await server.wait_sent(1)
    assert sent.seen.quotes


async def test_a_dropped_connection_is_tried_again(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.drop("sendMessage", times=3)
    assert (await chinese.ask(QUESTION)).seen.quotes
    assert len(server.sent) == 1


async def test_messages_of_a_chat_stay_in_order_over_failures(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    server.fail(500, "Internal Server Error", method="sendMessage", times=2)
    for text in ("/start", "/help", "/privacy"):
        await chinese.say(text)
    sent = await server.wait_sent(3)
    assert [one.seen.text.split("\n")[0] for one in sent] == [
        ZH.start.split("\n")[0],
        ZH.help.split("\n")[0],
        ZH.privacy.split("\n")[0],
    ]


async def test_who_blocked_the_bot_is_noted_until_he_writes_again(
    running: Running, server: TelegramServer, chinese: Person, database_url: str
) -> None:
    def blocked() -> bool:
        database = Database(database_url)
        with database.session() as session:
            found = session.get_one(PersonRow, chinese.id).blocked
        database.close()
        return found

    server.blocked.add(chinese.id)
    async with running():
        await chinese.say(QUESTION)
        await server.wait_called("sendMessage")
        await server.wait_taken()
        await asyncio.sleep(0.1)
    assert blocked()
    server.blocked.clear()
    async with running():
        await chinese.ask("/help")
    assert not blocked()


async def test_a_group_that_becomes_a_supergroup_is_followed(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    moved = Failure(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009})
    server.before = lambda method, given: (
        moved if method == "sendMessage" and int(given["chat_id"]) == GROUP else None
    )
    sent = await chinese.ask(f"/ask {QUESTION}", group=True)
    assert sent.chat_id == -1009


async def test_updates_come_by_webhook_when_the_secret_is_right(
    running: Running, server: TelegramServer, chinese: Person, free_port: int
) -> None:
    settings = {
        "webhook_url": "https://bot.example.org",
        "webhook_secret": "a-secret-of-letters",
        "http_port": free_port,
    }
    async with running(**settings) as application, httpx.AsyncClient() as client:
        url = f"http://127.0.0.1:{application.port}"
        update = {"update_id": 1, "message": chinese.message(text=QUESTION)}
        right = {"X-Telegram-Bot-Api-Secret-Token": "a-secret-of-letters"}
        wrong = {"X-Telegram-Bot-Api-Secret-Token": "another"}
        for headers in ({}, wrong):
            refused = await client.post(f"{url}/telegram", json=update, headers=headers)
            assert refused.status_code == 403
        broken = await client.post(f"{url}/telegram", content=b"{", headers=right)
        assert broken.status_code == 400
        for _ in range(2):
            taken = await client.post(f"{url}/telegram", json=update, headers=right)
            assert taken.status_code == 200
        [sent] = await server.wait_sent(1)
        assert sent.seen.quotes
        health = await client.get(f"{url}/health")
        assert (health.status_code, health.json()["ok"]) == (200, True)
        metrics = (await client.get(f"{url}/metrics")).text
    assert 'hyqa_answers_total{status="answered"} 1.0' in metrics
    assert len(server.sent) == 1
    assert server.called("getUpdates") == []
    [hook] = server.called("setWebhook")
    assert hook.parameters["url"] == "https://bot.example.org/telegram"


async def test_health_is_told_while_polling(running: Running, free_port: int) -> None:
    async with running(http_port=free_port) as application, httpx.AsyncClient() as client:
        found = await client.get(f"http://127.0.0.1:{application.port}/health")
        missing = await client.post(f"http://127.0.0.1:{application.port}/telegram", json={})
    assert found.json() == {"ok": True, "documents": 4}
    assert missing.status_code == 404


async def test_a_stop_finishes_what_is_asked(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    async with running():
        await chinese.say(QUESTION)
        await english.say(ENGLISH_QUESTION)
        await server.wait_called("sendChatAction", 2)
    assert len(server.sent) == 2
    assert server.unconfirmed == 0


async def test_answers_are_kept_no_longer_than_they_wait(
    running: Running, server: TelegramServer, chinese: Person, database_url: str
) -> None:
    async with running():
        await chinese.ask(QUESTION)
    database = Database(database_url)
    with database.session() as session:
        states = {row.state for row in session.query(Outgoing)}
    database.close()
    assert states == {"sent"}
