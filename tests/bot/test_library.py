"""Another index becomes the one in force while the bot runs."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from corpus import QUESTION
from people import Person
from running import Running
from standin.server import TelegramServer

from bot.languages import Tongue
from bot.library import Library, Shelf
from bot.texts import TEXTS
from hyqa import HashEncoder, build_index

ZH = TEXTS[Tongue.SIMPLIFIED]


@pytest.fixture
def corpus(documents: Path, tmp_path: Path) -> Path:
    """The documents without the one that answers the question."""
    folder = tmp_path / "documents"
    shutil.copytree(documents, folder)
    (folder / "talent" / "doctors.md").unlink()
    return folder


async def test_a_new_index_answers_what_the_old_one_did_not(
    running: Running,
    server: TelegramServer,
    corpus: Path,
    documents: Path,
    tmp_path: Path,
    chinese: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.application.INDEX_LOOK", 0.05)
    build_index(corpus, tmp_path / "index", HashEncoder())
    library = Library.open(str(tmp_path / "index"), "hash")
    held = library.shelf
    async with running(library=library):
        sent = await chinese.ask(QUESTION)
        assert sent.seen.quotes == []
        await chinese.pressing(sent, ZH.tell_me)
        build_index(documents, tmp_path / "index", HashEncoder())
        told = await server.wait_sent(4)  # without a desk, who agreed is told at once
        assert QUESTION in told[2].seen.text
        assert "补贴10万元" in told[3].seen.quotes[0]
        assert (await chinese.ask(QUESTION)).seen.quotes
    assert not held.engine.ask(QUESTION).quotes


async def test_a_new_index_is_asked_once_the_database_is_well(
    running: Running,
    server: TelegramServer,
    documents: Path,
    corpus: Path,
    tmp_path: Path,
    chinese: Person,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.application.INDEX_LOOK", 0.05)
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.1)
    build_index(corpus, tmp_path / "index", HashEncoder())
    library = Library.open(str(tmp_path / "index"), "hash")
    before = library.name
    async with running(library=library):
        await chinese.pressing(await chinese.ask(QUESTION), ZH.tell_me)
        lock = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        build_index(documents, tmp_path / "index", HashEncoder())
        while library.name == before:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)  # it is taken up, and cannot be asked yet
        lock.execute("ROLLBACK")
        lock.close()
        told = await server.wait_sent(4)
        assert QUESTION in told[2].seen.text


def test_an_index_that_cannot_be_used_leaves_the_old_one(corpus: Path, tmp_path: Path) -> None:
    build_index(corpus, tmp_path / "index", HashEncoder())
    library = Library.open(str(tmp_path / "index"), "hash")
    held = library.shelf
    (tmp_path / "index" / "CURRENT").write_text("nonsense")
    assert not library.refresh()
    assert library.shelf is held


def test_who_holds_a_shelf_keeps_it(shelf: Shelf) -> None:
    name = "one"
    library = Library(shelf, lambda: Shelf(shelf.engine), lambda: name, name="one")
    assert not library.refresh()
    name = "two"
    assert library.refresh()
    assert (len(shelf.documents), len(library.shelf.documents)) == (4, 0)
    assert not library.refresh()


def test_an_index_that_came_while_another_was_opened_is_taken_up(
    corpus: Path, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The encoder takes a second to load: `hyqa index` may end meanwhile."""
    index = tmp_path / "index"

    def load(name: str) -> HashEncoder:
        build_index(documents, index, HashEncoder())
        return HashEncoder()

    build_index(corpus, index, HashEncoder())
    monkeypatch.setattr("bot.library.load_encoder", load)
    library = Library.open(str(index), "hash")
    assert library.refresh()
    assert library.shelf.engine.ask(QUESTION).quotes
