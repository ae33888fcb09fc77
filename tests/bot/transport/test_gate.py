"""One call at a time, unless that cannot keep up."""

import asyncio
import time
from itertools import pairwise

import pytest

from bot.transport import gate
from bot.transport.gate import Gate


async def test_calls_go_one_at_a_time_in_the_order_they_came() -> None:
    here, under_way, most, order = Gate(), 0, 0, list[int]()

    async def call(number: int) -> None:
        nonlocal under_way, most
        async with here.passing():
            under_way += 1
            most = max(most, under_way)
            order.append(number)
            await asyncio.sleep(0.001)
            under_way -= 1

    await asyncio.gather(*(call(number) for number in range(20)))
    assert most == 1
    assert order == list(range(20))


async def test_a_call_that_hangs_does_not_keep_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.02)
    here, hangs, passed = Gate(), asyncio.Event(), list[int]()

    async def hang() -> None:
        async with here.passing():
            await hangs.wait()

    async def call(number: int) -> None:
        async with here.passing():
            passed.append(number)

    hanging = asyncio.create_task(hang())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await asyncio.gather(*(call(number) for number in range(5)))
    assert passed == list(range(5))
    hangs.set()
    await hanging


async def test_a_call_that_is_given_up_lets_the_next_one_through() -> None:
    here = Gate()

    async def fail() -> None:
        async with here.passing():
            raise OSError

    async def wait() -> None:
        async with here.passing():
            await asyncio.sleep(100)

    with pytest.raises(OSError):
        await fail()
    waiting = asyncio.create_task(wait())
    queued = asyncio.create_task(wait())
    await asyncio.sleep(0)
    for task in (queued, waiting):
        task.cancel()
    await asyncio.gather(waiting, queued, return_exceptions=True)
    entered = asyncio.Event()

    async def enter() -> None:
        async with here.passing():
            entered.set()

    async with asyncio.timeout(10):
        async with here.passing():
            next_one = asyncio.create_task(enter())
            await asyncio.sleep(0.01)
            assert not entered.is_set()  # one at a time, as if nothing had been given up
        await next_one


async def test_overtaking_keeps_to_telegrams_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.1)
    here, hangs, entered = Gate(), asyncio.Event(), list[float]()

    async def call() -> None:
        async with here.passing():
            entered.append(time.monotonic())
            await hangs.wait()

    begun = time.monotonic()
    calls = [asyncio.create_task(call()) for _ in range(4)]
    async with asyncio.timeout(10):
        while len(entered) < 4:
            await asyncio.sleep(0.01)
    hangs.set()
    await asyncio.gather(*calls)
    assert entered[1] - begun >= 0.99 * gate.PATIENCE  # none before it has waited long enough
    for before, after in pairwise(entered):
        assert after - before >= 0.99 * gate.SPACING
