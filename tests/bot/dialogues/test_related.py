"""Questions that the documents answer are offered below others, and a pointer in place of a refusal."""

from dataclasses import replace

from corpus import NONSENSE, QUESTION
from engines import Fixed
from people import Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.dialogues.buttons import Press
from bot.languages import Tongue
from bot.library import Answering
from bot.rendering.answers import OFFER
from bot.texts import TEXTS
from hyqa import Answer, Citation, Language, Metadata, Status
from storage.schema import Gap, Question

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
PARK = "船山时间谷有多少家企业？"
LONG = "博士来衡阳市工作有什么补贴，博士来衡阳市工作有补贴多少万元？"
REFUSED = Answer(
    NONSENSE, NONSENSE, Status.NOT_FOUND, Language.CHINESE, 0.1, related=(QUESTION, PARK)
)


async def test_a_related_question_is_a_button_below_all_others_and_pressing_it_asks(
    running: Running, engine: Answering, server: TelegramServer, chinese: Person
) -> None:
    async with running(Fixed(engine, REFUSED)) as bot:
        sent = await chinese.ask(NONSENSE)
        assert list(sent.buttons) == [ZH.tell_me, ZH.take_away, OFFER + QUESTION, OFFER + PARK]
        with bot.database.session() as session:
            [row] = session.scalars(select(Question))
            assert (row.choices, row.related) == ([], [QUESTION, PARK])
    async with running():  # started anew, with an engine that answers
        answer = await chinese.pressing(sent, OFFER + QUESTION)
        assert "补贴10万元" in answer.seen.quotes[0]
        answer = await chinese.pressing(sent, OFFER + PARK)
        assert "21家企业" in answer.seen.quotes[0]
        beyond = Press.CHOICE.data(1, 2)
        assert (await chinese.pressing(sent, beyond)).seen.text == ZH.gone
    assert {call.status for call in server.calls} == {200}


async def test_below_an_answer_they_come_last(
    running: Running, engine: Answering, chinese: Person
) -> None:
    answer = replace(engine.ask(QUESTION), related=(PARK,))
    async with running(Fixed(engine, answer)):
        sent = await chinese.ask(QUESTION)
    assert sent.seen.quotes
    assert list(sent.buttons)[-1] == OFFER + PARK


async def test_long_ones_are_listed_and_their_buttons_are_numbers(
    running: Running, engine: Answering, chinese: Person
) -> None:
    async with running(Fixed(engine, replace(REFUSED, related=(PARK, LONG)))):
        sent = await chinese.ask(NONSENSE)
    assert sent.seen.text.endswith(f"{ZH.also_ask}\n1. {PARK}\n2. {LONG}")
    *_, last = sent.parameters["reply_markup"]["inline_keyboard"]
    assert [one["text"] for one in last] == [f"{OFFER}1", f"{OFFER}2"]
    async with running():
        answer = await chinese.pressing(sent, f"{OFFER}2")
    assert "补贴10万元" in answer.seen.quotes[0]


async def test_nobody_elsewhere_may_press_one(
    running: Running, engine: Answering, chinese: Person, english: Person
) -> None:
    async with running(Fixed(engine, REFUSED)):
        sent = await chinese.ask(NONSENSE)
        other = await english.ask("/start")
        pressed = await english.pressing(other, sent.buttons[OFFER + QUESTION])
    assert pressed.seen.text == EN.gone


async def test_a_pointer_is_said_and_the_question_stays_open(
    running: Running, engine: Answering, chinese: Person
) -> None:
    near = Citation("talent/doctors.md", Metadata("博士来衡阳市工作的补贴"))
    answer = replace(REFUSED, pointer="电价由<甲>公布。", nearest=(near,), related=())
    async with running(Fixed(engine, answer)) as bot:
        sent = await chinese.ask("工业电价多少")
        told = await chinese.pressing(sent, ZH.tell_me)
        with bot.database.session() as session:
            assert [gap.agreed for gap in session.scalars(select(Gap))] == [True]
    assert sent.seen.text.startswith(f"电价由<甲>公布。\n\n{ZH.nearby}\n• ")
    assert told.seen.text == ZH.will_tell


async def test_words_that_come_closest_are_withheld_with_their_subject(
    running: Running, engine: Answering, chinese: Person, staff: Person
) -> None:
    [answered] = [engine.ask(QUESTION)]
    refused = replace(REFUSED, closest=answered.quotes[:1], nearest=(), related=())
    async with running(Fixed(engine, refused), staff=frozenset({staff.id})):
        shown = await chinese.ask(NONSENSE)
        await staff.ask("/switch off talent 请稍后再来。")
        withheld = await chinese.ask(NONSENSE)
    assert shown.seen.quotes == [answered.quotes[0].text]
    assert withheld.seen.text == "请稍后再来。" and not withheld.seen.quotes
