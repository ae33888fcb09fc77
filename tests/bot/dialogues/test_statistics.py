"""Figures for staff: totals only, and none with few people behind it."""

import csv
import io

from corpus import NONSENSE, QUESTION
from people import Person
from running import Running
from standin.server import TelegramServer

from bot.dialogues.statistics import as_csv
from bot.languages import Tongue
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]


async def test_figures_below_five_people_are_not_shown(
    running: Running, server: TelegramServer, staff: Person
) -> None:
    async with running(staff=frozenset({staff.id})):
        for number in range(4):
            await Person(server, 200 + number, "zh").ask(QUESTION)
        few = await figures(server, staff, 1)
        await Person(server, 300, "zh").ask(QUESTION)
        many = await figures(server, staff, 2)
    hidden = ZH.stats_few.format(limit=5)
    assert few[ZH.stats_questions] == hidden
    assert many[ZH.stats_questions] == many[ZH.stats_answered] == "5"
    assert many[ZH.subject_talent] == "5"
    assert many[ZH.stats_not_found] == hidden


async def test_small_talk_is_no_question_however_it_came_to_be(
    running: Running, server: TelegramServer, staff: Person
) -> None:
    async with running(staff=frozenset({staff.id})):
        people = [Person(server, 200 + number, "zh") for number in range(5)]
        for person in people:
            await person.ask(QUESTION)
            await person.ask("谢谢")
            await person.say(NONSENSE, message_id=700)
        await server.wait_sent(15)
        for person in people:
            await person.say("谢谢", message_id=700, kind="edited_message")
        await server.wait_called("editMessageText", 5)
        counted = await figures(server, staff, 1)
    assert counted[ZH.stats_questions] == counted[ZH.stats_answered] == "5"
    assert counted[ZH.stats_not_found] == ZH.stats_few.format(limit=5)
    assert NONSENSE not in counted and "谢谢" not in counted


async def figures(server: TelegramServer, staff: Person, times: int) -> dict[str, str]:
    """Ask for the figures, and read them from the CSV."""
    await staff.say("/stats 7")
    await server.wait_called("sendDocument", times)
    picture, table = (content for _, _, content in server.files[-2:])
    assert picture[1:4] == b"PNG"
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    return {label: value for _, label, value in rows}


def test_cells_are_no_formulas() -> None:
    assert b"'=1+1" in as_csv([("a", "=1+1", "")])
