"""Answers are made once for all who ask the same, and never for anybody who does not."""

import asyncio
from dataclasses import replace

import pytest

from hyqa import Answer, HyqaError
from page.corpus import QUESTION
from web.answering import Answers
from web.library import Shelf


class Maker:
    """Makes answers, each when it is let, and counts them."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.made = 0
        self.failures: list[Exception] = []
        self.may_go_on = asyncio.Event()

    async def __call__(self) -> Answer:
        self.made += 1
        await self.may_go_on.wait()
        if self.failures:
            raise self.failures.pop()
        return replace(self.answer, query=str(self.made))


@pytest.fixture
def maker(shelf: Shelf) -> Maker:
    return Maker(shelf.engine.ask(QUESTION))


async def test_those_who_ask_the_same_at_once_wait_for_one_answer(maker: Maker) -> None:
    answers = Answers()
    asking = [asyncio.ensure_future(answers.get("one", maker)) for _ in range(300)]
    other = asyncio.ensure_future(answers.get("other", maker))
    await asyncio.sleep(0)
    maker.may_go_on.set()
    assert len({id(one) for one in await asyncio.gather(*asking)}) == 1
    assert (await other) is not (await asking[0]) and maker.made == 2
    assert (await answers.get("one", maker)) is (await asking[0]) and maker.made == 2


async def test_the_first_who_leaves_takes_the_answer_from_nobody(maker: Maker) -> None:
    answers = Answers()
    first = asyncio.ensure_future(answers.get("one", maker))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(answers.get("one", maker))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    maker.may_go_on.set()
    assert (await second).query == "1" and maker.made == 1


async def test_what_failed_is_told_to_all_who_waited_and_made_anew(maker: Maker) -> None:
    answers = Answers()
    maker.failures.append(HyqaError("broken"))
    asking = [asyncio.ensure_future(answers.get("one", maker)) for _ in range(3)]
    await asyncio.sleep(0)
    maker.may_go_on.set()
    told = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(one) for one in told] == [HyqaError] * 3
    assert (await answers.get("one", maker)).query == "2"


async def test_no_more_are_kept_than_is_said_and_the_latest_asked_for_stay(maker: Maker) -> None:
    answers = Answers(most=2)
    maker.may_go_on.set()
    for key in ("one", "two", "one", "three", "one"):
        await answers.get(key, maker)
    assert maker.made == 3
    await answers.get("two", maker)
    assert maker.made == 4


def test_each_index_has_answers_of_its_own(shelf: Shelf) -> None:
    later = Shelf(shelf.engine, shelf.documents, shelf.read_at, "later")
    assert later.answers is not shelf.answers
