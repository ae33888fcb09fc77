"""Talks of readers of the page, as both sides see them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from page.serving import Visitor
from people import DESK
from running import Running
from sqlalchemy import func, select
from standin.server import TelegramServer

from bot.application import Application
from bot.languages import Tongue
from bot.texts import TEXTS
from dialogues.desk.talking import said_to, settled, until
from storage.database import Database
from web.texts import TEXTS as PAGE_TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]
(PAGE,) = [texts for tongue, texts in PAGE_TEXTS.items() if tongue.value == "zh-Hans"]
LETTER = "月球上有没有火锅店？我想在那里投资。"


@dataclass
class Talk:
    """A talk of a reader: its address, and its topic at the desk."""

    reader: Visitor
    address: str
    topic: int = 0

    def shown(self) -> str:
        return self.reader.get(self.address).text

    async def shows(self, words: str) -> None:
        await until(lambda: words in self.shown())

    async def shows_no_more(self, words: str) -> None:
        await until(lambda: words not in self.shown())

    def write(self, text: str) -> int:
        fields = self.reader.get(self.address).fields("@class='ask'")
        return self.reader.post(self.address, [*fields, ("text", text)]).status


def sent(reader: Visitor, text: str, path: str = "/person") -> Talk:
    """Fill in the form and send it; gives where it leads."""
    fields = reader.get(path).fields("@class='ask'")
    done = reader.post("/person", [*fields, ("text", text)])
    assert done.status == 303, done.text
    address = done.response.headers["location"].partition("?")[0]
    assert re.fullmatch(r"/p/[0-9a-f]{32}", address)
    return Talk(reader, address)


@asynccontextmanager
async def at_desk(
    running: Running, server: TelegramServer, reader: Visitor
) -> AsyncIterator[tuple[Application, Talk]]:
    """A talk that has begun, with a bot beside it."""
    talk = sent(reader, LETTER)
    async with running(desk_chat=DESK) as bot:
        await until(lambda: LETTER in said_to(server, DESK))
        [talk.topic] = server.topics
        await settled(bot, server)
        yield bot, talk


def count(state: Path, table: type) -> int:
    database = Database(f"sqlite:///{state}/bot.sqlite")
    with database.session() as session:
        number = session.scalar(select(func.count()).select_from(table)) or 0
    database.close()
    return number
