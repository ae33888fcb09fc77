"""Turns: first come, first served, so many at once."""

import asyncio
import threading
from functools import partial

import pytest

from web.turns import Turns


async def test_who_came_first_is_served_first() -> None:
    turns, begun = Turns(1, "test"), list[int]()
    await asyncio.gather(*(turns.take(partial(begun.append, one)) for one in range(40)))
    assert begun == list(range(40))
    turns.end()


async def test_as_many_are_served_at_once_as_there_are_threads_and_no_more() -> None:
    turns, lock, pairs = Turns(2, "test"), threading.Lock(), threading.Barrier(2, timeout=30)
    at_work = most = 0

    def work() -> None:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        pairs.wait()  # fails where one is served after the other
        with lock:
            at_work -= 1

    await asyncio.gather(*(turns.take(work) for _ in range(40)))
    assert most == 2
    turns.end()


async def test_who_left_before_his_turn_is_passed_over() -> None:
    turns, gate, done = Turns(1, "test"), threading.Event(), list[str]()
    first = asyncio.ensure_future(turns.take(lambda: gate.wait(10)))
    left = asyncio.ensure_future(turns.take(lambda: done.append("left")))
    last = asyncio.ensure_future(turns.take(lambda: done.append("last")))
    await asyncio.sleep(0)
    left.cancel()
    await asyncio.sleep(0)
    gate.set()
    assert await first
    await last
    assert done == ["last"]
    turns.end()


async def test_one_that_fails_keeps_nobody_from_his_turn() -> None:
    turns = Turns(1, "test")
    with pytest.raises(ZeroDivisionError):
        await turns.take(lambda: 1 // 0)
    assert await turns.take(lambda: "next") == "next"
    turns.end()


async def test_at_the_end_what_waits_is_dropped_and_what_is_at_work_is_not() -> None:
    turns, begun, gate = Turns(1, "test"), threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        gate.wait(10)
        return "done"

    at_work = asyncio.ensure_future(turns.take(work))
    waits = asyncio.ensure_future(turns.take(lambda: "never"))
    await asyncio.to_thread(begun.wait, 10)
    turns.end()
    gate.set()
    assert await at_work == "done"
    with pytest.raises(asyncio.CancelledError):
        await waits
