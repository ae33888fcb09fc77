"""Questions without an answer: grouped, and told of when they are answered."""

from dataclasses import replace

from corpus import NONSENSE, QUESTION
from engines import Fixed
from people import DESK, Person
from running import TODAY, Clock, Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.dialogues import gaps
from bot.dialogues.similarity import grouped
from bot.languages import Tongue
from bot.library import Library, Shelf
from bot.texts import TEXTS
from storage.schema import Gap, Question

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_gaps_are_grouped_and_told_of_when_they_are_answered(
    running: Running, server: TelegramServer, shelf: Shelf, staff: Person, chinese: Person
) -> None:
    library = Library(shelf)
    async with running(desk_chat=DESK, staff=frozenset({staff.id}), library=library) as bot:
        sent = await chinese.ask(NONSENSE)
        await chinese.pressing(sent, ZH.tell_me)
        for number in (45, 46, 47):
            await Person(server, number, "zh").ask("月球上有没有火锅店要排队取号吗？")
        assert NONSENSE not in (few := await staff.ask("/gaps")).seen.text
        assert few.seen.text == ZH.gaps_none
        await Person(server, 45, "zh").ask("月球上有没有火锅店？")  # the same person once more
        assert (await staff.ask("/gaps")).seen.text == ZH.gaps_none
        await Person(server, 48, "zh").ask(NONSENSE)
        listed = await staff.ask("/gaps")
        assert ZH.gaps_line.format(count=6, people=5, question=NONSENSE) in listed.seen.text
        with bot.database.session() as session:  # as if a later index answered the first
            first = session.scalars(select(Gap).order_by(Gap.question_id)).first()
            assert first
            session.get_one(Question, first.question_id).query = QUESTION
        with bot.database.session() as session:
            assert gaps.replay(session, shelf, Clock()(), TODAY, DESK) == 1
        bot.deliverer.wake([DESK])
        before = len(server.sent)
        offer = (await server.wait_sent(before + 1))[-1]
        few_people = ZH.stats_few.format(limit=5)
        assert offer.chat_id == DESK
        assert offer.seen.text == ZH.gaps_replayed.format(count=few_people, agreed=few_people)
        await staff.press(offer, ZH.gaps_tell)
        after = (await server.wait_sent(before + 4))[before + 1 :]
        told = [one for one in after if one.chat_id == chinese.id]
        assert told[1].seen.quotes
        assert ZH.gaps_told.format(count=few_people) in [one.seen.text for one in after]
        assert not [one for one in after if one.chat_id == 45]


async def test_who_is_told_later_gets_no_list_without_its_buttons(
    running: Running, server: TelegramServer, shelf: Shelf, chinese: Person
) -> None:
    listed = replace(shelf.engine.ask(QUESTION), related=("博士来衡阳市工作有什么补贴？" * 2,))
    later = Shelf(Fixed(shelf.engine, listed), shelf.documents)
    async with running() as bot:
        await chinese.pressing(await chinese.ask(NONSENSE), ZH.tell_me)
        with bot.database.session() as session:
            assert gaps.replay(session, later, Clock()(), TODAY, 0) == 1
        bot.deliverer.wake([chinese.id])
        told = (await server.wait_sent(4))[-1]
    assert told.seen.quotes and ZH.also_ask not in told.seen.text


def test_questions_that_ask_the_same_are_one_group() -> None:
    asked = [
        "博士有什么补贴？",
        "硕士怎么落户",
        "博士有什么补贴",
        "博士有什么补贴吗？",
        "硕士怎么落户？",
    ]
    assert [(text, len(items)) for text, items in grouped((one, one) for one in asked)] == [
        ("博士有什么补贴？", 3),
        ("硕士怎么落户", 2),
    ]
