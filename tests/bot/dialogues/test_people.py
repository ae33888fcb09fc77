"""What somebody decides for themselves: the language, and what is kept of them."""

import json
from dataclasses import replace

import pytest
from corpus import NONSENSE, QUESTION
from engines import Fixed
from people import Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS
from hyqa import Engine, Status
from storage.schema import Outgoing, Question

ZH, HANT = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.TRADITIONAL]


async def test_a_chosen_language_stays_and_changes_the_menu(
    running: Running, server: TelegramServer, english: Person
) -> None:
    async with running():
        choice = await english.ask("/language")
        assert (await english.pressing(choice, HANT.name)).seen.text == HANT.language_set
    async with running():
        assert (await english.ask("/start")).seen.text == HANT.start
    menus = [call.parameters for call in server.called("setMyCommands")]
    own = [one for one in menus if "chat" in str(one.get("scope")) and "22" in str(one)]
    assert (
        HANT.about_parks
        in json.dumps(own, ensure_ascii=False).encode().decode("unicode_escape", "ignore")
        or own
    )


async def test_who_writes_from_taiwan_is_spoken_to_in_traditional_characters(
    bot: Application, server: TelegramServer
) -> None:
    person = Person(server, 44, "zh-hant")
    assert (await person.ask("/start")).seen.text == HANT.start
    sent = await person.ask(NONSENSE)
    assert sent.seen.text.startswith((HANT.not_found, HANT.out_of_scope))


async def test_forgetting_deletes_what_is_held(bot: Application, chinese: Person) -> None:
    assert "90" in (await chinese.ask("/privacy")).seen.text
    await chinese.ask(QUESTION)
    ask = await chinese.ask("/forget")
    assert (await chinese.pressing(ask, ZH.forget_no)).seen.text == ZH.kept
    with bot.database.session() as session:
        assert len(list(session.scalars(select(Question)))) == 1
    assert (await chinese.pressing(ask, ZH.forget_yes)).seen.text == ZH.forgotten
    with bot.database.session() as session:
        assert list(session.scalars(select(Question))) == []


@pytest.mark.parametrize("status", Status)
async def test_numbers_of_people_are_not_kept(
    running: Running, engine: Engine, chinese: Person, status: Status
) -> None:
    number = "13812345678"
    answer = replace(
        engine.ask(QUESTION),
        status=status, missing=(f"电话{number}",), choices=(f"{number}是谁？", "？"),
    )  # fmt: skip
    async with running(Fixed(engine, replace(answer, query=f"{QUESTION}{number}"))) as bot:
        await chinese.ask(f"{QUESTION}我的电话{number}")
        with bot.database.session() as session:
            rows = list(session.scalars(select(Question)))
            [sent] = session.scalars(select(Outgoing))
    kept = "".join(f"{row.text}{row.query}{row.choices}{row.related}" for row in rows)
    assert number not in f"{kept}{sent.payload}"
    assert ("***" in kept) is (status is not Status.SMALL_TALK)
