"""A question that may mean several things is asked back, and a button answers it."""

from pathlib import Path

import pytest
from corpus import write_documents
from people import Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.languages import Tongue
from bot.library import Shelf
from bot.texts import TEXTS
from hyqa import Engine, HashEncoder, build_index
from storage.schema import Gap, Question

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
QUESTION, ENGLISH = "高新区规划面积多大", "How many square kilometres does the park cover?"
FILES = {
    "parks/heron.md": "---\ntitle: 白鹭高新区概况\nlanguage: zh\n---\n\n"
    "白鹭高新区规划面积18平方公里，园区主导产业为船用电缆。\n",
    "parks/bamboo.md": "---\ntitle: 竹溪高新区概况\nlanguage: zh\n---\n\n"
    "竹溪高新区规划面积7平方公里，园区主导产业为茶具。\n",
    "parks/heron-en.md": "---\ntitle: Heron Park\nlanguage: en\n---\n\n"
    "Heron Park covers 18 square kilometres.\n",
    "parks/bamboo-en.md": "---\ntitle: Bamboo Park\nlanguage: en\n---\n\n"
    "Bamboo Park covers 7 square kilometres.\n",
    "glossary.toml": 'parks = [\n  [["白鹭高新区"], ["Heron Park"]],\n'
    '  [["竹溪高新区"], ["Bamboo Park"]],\n]\n',
}


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A shelf with two parks of the same kind."""
    folder: Path = tmp_path_factory.mktemp("alike")
    build_index(write_documents(folder / "documents", FILES), folder / "index", HashEncoder())
    engine = Engine.open(folder / "index", encoder="hash")
    return Shelf(engine, engine.documents())


async def test_a_choice_is_a_button_and_pressing_it_answers(
    running: Running, server: TelegramServer, alike: Shelf, chinese: Person
) -> None:
    async with running(shelf=alike) as bot:
        asked = await chinese.ask(QUESTION)
        assert asked.seen.text == ZH.clarify
        choices = {"白鹭高新区规划面积多大", "竹溪高新区规划面积多大"}
        assert choices <= asked.buttons.keys()
        for choice in choices:
            answer = await chinese.pressing(asked, choice)
            assert choice[:5] in answer.seen.quotes[0]
        with bot.database.session() as session:
            rows = list(session.scalars(select(Question).order_by(Question.id)))
            assert [row.status for row in rows] == ["clarify", "answered", "answered"]
            assert not list(session.scalars(select(Gap)))
    assert {call.status for call in server.calls} == {200}


async def test_long_choices_are_listed_and_their_buttons_are_numbers(
    running: Running, alike: Shelf, english: Person
) -> None:
    async with running(shelf=alike):
        asked = await english.ask(ENGLISH)
        first, *lines = asked.seen.text.splitlines()
        assert first == EN.clarify
        assert sorted(asked.buttons)[:2] == ["1", "2"]
        answer = await english.pressing(asked, "2")
        park = "Heron" if "Heron" in lines[1] else "Bamboo"
        assert lines[1] == f"2. How many square kilometres does {park} Park cover?"
        assert park in answer.seen.text


async def test_a_choice_may_be_pressed_after_a_restart_but_by_nobody_elsewhere(
    running: Running, server: TelegramServer, alike: Shelf, chinese: Person, english: Person
) -> None:
    async with running(shelf=alike):
        asked = await chinese.ask(QUESTION)
    async with running(shelf=alike):
        data = asked.buttons["白鹭高新区规划面积多大"]
        assert "18平方公里" in (await chinese.pressing(asked, data)).seen.quotes[0]
        other = await english.ask("/start")
        assert (await english.pressing(other, data)).seen.text == EN.gone
        for forged in ("q:1:9", "q:1:-1", "q:1:x", "q:99:0"):
            assert (await chinese.pressing(asked, forged)).seen.text == ZH.gone


async def test_an_edit_that_says_which_one_changes_the_question_into_its_answer(
    running: Running, server: TelegramServer, alike: Shelf, chinese: Person
) -> None:
    async with running(shelf=alike):
        await chinese.say(QUESTION, message_id=700)
        [asked] = await server.wait_sent(1)
        await chinese.say("竹溪高新区规划面积多大", message_id=700, kind="edited_message")
        await server.wait_called("editMessageText")
    assert "7平方公里" in server.shown[asked.chat_id, asked.message_id].quotes[0]


async def test_documents_that_differ_are_told_to_with_the_newer_one_first(
    running: Running, tmp_path: Path, chinese: Person
) -> None:
    written = {"older": ("2021", "2020年末云岭市常住人口为31.2万人。"),
               "newer": ("2024", "2023年末云岭市常住人口为28.9万人。"),
               "other": ("2025", "2024年末白鹭县常住人口为4.5万人。")}  # fmt: skip
    (tmp_path / "documents").mkdir()
    for name, (year, text) in written.items():
        head = f'---\ntitle: {text[6:9]}{year}年公报\nissued: "{year}-05"\nlanguage: zh\n---\n\n'
        (tmp_path / "documents" / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    build_index(tmp_path / "documents", tmp_path / "index", HashEncoder())
    async with running(Engine.open(tmp_path / "index", encoder="hash")):
        answer = await chinese.ask("云岭市常住人口多少")
    assert answer.seen.text.splitlines()[0] == ZH.differs
    assert "28.9万人" in answer.seen.quotes[0]
    assert "31.2万人" in answer.seen.quotes[1]
