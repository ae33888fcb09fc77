"""Outages: nothing is swallowed, nobody waits longer than needed, nobody is flooded."""

import asyncio
import sqlite3
import time

import pytest
from corpus import QUESTION
from people import DESK, Person
from running import Clock, Running
from standin.calls import Failure
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS
from bot.transport import delivery, holding, limiting
from bot.transport.holding import HOPELESS, Holding
from bot.transport.limiting import Allowance
from bot.transport.pace import Limits
from bot.transport.reach import DOWN, FIRST_PAUSE, Reach
from storage.database import Database
from storage.outbox import put
from storage.schema import Outgoing

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_what_waited_in_an_outage_goes_out_when_anything_gets_through() -> None:
    reach, passed = Reach(), list[int]()
    for _ in range(DOWN):
        reach.failed()

    async def call(number: int) -> None:
        async with reach.turn():
            passed.append(number)
            await asyncio.sleep(0.01)
            reach.succeeded()

    began = time.monotonic()
    await asyncio.gather(*(call(number) for number in range(20)))
    assert sorted(passed) == list(range(20))
    assert time.monotonic() - began < 2.0  # one tried after half a second, the others at once


async def test_one_call_tries_during_an_outage() -> None:
    reach, under_way, most = Reach(), 0, 0
    for _ in range(DOWN):
        reach.failed()

    async def call() -> None:
        nonlocal under_way, most
        async with reach.turn():
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.2)
            under_way -= 1
            reach.failed()

    tasks = [asyncio.create_task(call()) for _ in range(5)]
    await asyncio.sleep(1.5)
    assert most == 1
    for task in tasks:
        task.cancel()


async def test_a_group_that_may_get_no_more_yet_holds_up_nobody_in_an_outage(
    running: Running, server: TelegramServer, chinese: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.02)
    async with running(limits=Limits(group=(DOWN, 3600.0), chat=(1, 0.01))):
        server.fail(502, "Bad Gateway", method="sendMessage", times=DOWN)
        await chinese.say(f"/ask {QUESTION}", group=True)
        await server.wait_called("sendMessage", DOWN)
        await asyncio.sleep(2 * FIRST_PAUSE)  # the group's turn to try, had it one
        assert (await chinese.ask(QUESTION)).chat_id == chinese.id


@pytest.mark.parametrize("status", [401, 404, 409, 500])
async def test_no_refusal_of_the_bot_as_such_costs_an_answer(
    bot: Application, server: TelegramServer, chinese: Person, status: int
) -> None:
    server.fail(status, "Failure", method="sendMessage", times=4)
    assert (await chinese.ask(QUESTION)).seen.quotes


async def test_a_clock_that_is_set_back_keeps_nobody_from_asking() -> None:
    now = [1000.0]
    allowance = Allowance(2, lambda: now[0])
    assert [allowance.permits(1, number) for number in (1, 2, 3)] == [True, True, False]
    assert allowance.permits(1, 2)  # what is handled again counts once
    now[0] += limiting.SECONDS
    assert allowance.permits(1, 4)


async def test_what_waits_for_the_database_counts_once_it_is_handled() -> None:
    now = [1000.0]
    allowance = Allowance(2, lambda: now[0])
    assert [allowance.permits(1, number) for number in (1, 2)] == [True, True]
    for number in (1, 2):
        allowance.give_back(1, number)
    assert [allowance.permits(1, number) for number in (3, 1, 2)] == [True, True, False]


async def test_a_person_hears_of_each_question_too_many(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(questions=2):
        for _ in range(2):
            assert (await chinese.ask(QUESTION)).seen.quotes
        for _ in range(3):
            assert (await chinese.ask(QUESTION)).seen.text == ZH.busy


async def test_who_floods_the_bot_is_told_once_for_what_waits(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    server.before = lambda method, given: (
        Failure(502, "Bad Gateway") if method == "sendMessage" else None
    )
    async with running(questions=0):
        for _ in range(20):
            await chinese.say(QUESTION)
        await server.wait_taken()
        server.before = lambda method, given: None
        await server.wait_sent(2)
        assert (await chinese.ask("/start")).seen.text == ZH.start
    assert [sent.seen.text for sent in server.sent] == [ZH.busy, ZH.busy, ZH.start]


async def test_after_a_locked_database_there_is_one_excuse_and_every_answer(
    running: Running,
    server: TelegramServer,
    chinese: Person,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.1)
    monkeypatch.setattr(holding, "EXCUSED", 0.5)
    async with running(questions=3):
        lock = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            await chinese.say(QUESTION)
        await asyncio.sleep(2.5)
        assert server.sent == []
        lock.execute("ROLLBACK")
        lock.close()
        sent = await server.wait_sent(4)
        await server.wait_taken()
    assert [bool(one.seen.quotes) for one in sent] == [False, True, True, True]
    assert sent[0].seen.text == ZH.delayed
    assert len(server.called("sendChatAction")) == 3


def test_an_update_that_fails_while_all_is_well_is_given_up() -> None:
    now = [0.0]
    held = Holding(lambda: now[0])
    for _ in range(2 * HOPELESS):
        held.hold(1, is_well=False)
    assert not held.is_hopeless(1)
    for _ in range(HOPELESS):
        held.hold(1, is_well=True)
    assert held.is_hopeless(1)
    held.release(1)
    assert not held.is_hopeless(1)


async def test_updates_that_are_numbered_anew_are_answered(
    bot: Application, server: TelegramServer, chinese: Person
) -> None:
    for number in (9000, 9001):
        await server.push_raw({"update_id": number, "message": chinese.message(text="/nonsense")})
        await server.wait_taken()
    for number in (12, 9000):
        await server.push_raw({"update_id": number, "message": chinese.message(text="/start")})
        await server.wait_taken()
    sent = await server.wait_sent(4)
    assert [one.seen.text for one in sent] == [ZH.unknown_command] * 2 + [ZH.start] * 2


async def test_a_chat_that_is_closed_is_tried_once_though_the_clock_was_set_back(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    clock = Clock()
    async with running(clock=clock):
        server.before = lambda method, given: (
            Failure(502, "Bad Gateway") if method == "sendMessage" else None
        )
        await chinese.say(QUESTION)
        await server.wait_called("sendMessage")
        clock.ahead -= 3600
        server.before = lambda method, given: None
        server.blocked.add(chinese.id)
        await asyncio.sleep(2.0)
        refused = [call for call in server.called("sendMessage") if call.status == 403]
    assert len(refused) == 1


async def test_a_call_that_fails_while_others_get_through_is_given_up(
    bot: Application,
    server: TelegramServer,
    chinese: Person,
    english: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "ATTEMPTS", 3)
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.02)
    server.before = lambda method, given: (
        Failure(500, "Internal Server Error") if "博士" in given.get("text", "") else None
    )
    await chinese.say(QUESTION)
    async with asyncio.timeout(20):
        while not any(sent.seen.text == ZH.failed for sent in server.sent):
            await english.ask("/help")
    assert bot.health()["ok"]


async def test_a_bot_that_starts_while_the_disk_is_full_answers_later(
    server: TelegramServer, running: Running, chinese: Person, database_url: str
) -> None:
    database = Database(database_url)
    with database.session() as session:
        row = Outgoing(
            chat_id=DESK,
            method="sendMessage",
            payload={"chat_id": DESK, "text": "a"},
            created_at=1.0,
        )
        put(session, row)
    database.close()
    lock = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    async with running():
        await server.wait_sent(1)
        lock.execute("ROLLBACK")
        lock.close()
        assert (await chinese.ask(QUESTION)).seen.quotes
    assert len(server.sent) == 2
