"""Figures for staff: totals only, and none with few people behind it."""

import csv
import io

from corpus import QUESTION
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
