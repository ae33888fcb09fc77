"""Telegram's limits on sending are kept."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import GROUP, Person
from running import Running
from standin.server import TelegramServer

from bot.transport.pace import TELEGRAMS, Pace, Window


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


async def test_a_group_gets_twenty_messages_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    pace, sent = Pace(clock=lambda: now), list[float]()
    for _ in range(41):
        async with pace.turn(GROUP):
            sent.append(now)
    assert sent[:20] == [pytest.approx(second) for second in range(20)]
    assert sent[20:40] == [pytest.approx(60 + second) for second in range(20)]
    assert sent[40] == pytest.approx(120)


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
