"""What is done while nobody writes: each chore is one transaction, in a thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from bot.dialogues import desk, gaps, telling
from bot.library import Library
from bot.scene import HENGYANG_TIME
from bot.settings import Settings
from storage import changes
from storage.database import Database
from storage.heartbeat import beat
from storage.outbox import chats_put
from storage.retention import purge


class Chores:
    """Does the chores; those that say something give the chats that something waits for.

    Args:
        settings: of the bot.
        library: holds the documents.
        database: keeps the state.
        clock: seconds since the epoch.
    """

    def __init__(
        self, settings: Settings, library: Library, database: Database, clock: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._library = library
        self._database = database
        self._clock = clock

    @property
    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), UTC).astimezone(HENGYANG_TIME).date()

    def replay(self) -> set[int]:
        """Ask the open questions of the new index."""
        with self._saying() as (session, chats):
            group = self._settings.desk_chat
            gaps.replay(session, self._library.shelf, self._clock(), self._today, group)
        return chats

    def tend(self) -> set[int]:
        """Do what is due at the desk."""
        with self._saying() as (session, chats):
            desk.tend(session, self._settings, self._clock())
        return chats

    def take_letters(self) -> set[int]:
        """Bring to the desk what readers of the page wrote."""
        with self._saying() as (session, chats):
            desk.take_letters(session, self._settings, self._library.shelf, self._clock())
        return chats

    def tell_news(self) -> set[int]:
        """Tell people what changed of what they follow."""
        shelf, name = self._library.shelf, self._library.name
        with self._saying() as (session, chats):
            telling.tell(session, shelf, self._settings.web_url, self._clock(), snapshot=name)
        return chats

    def record_changes(self) -> None:
        """Note what changed in the documents since the last look, be it by their days alone."""
        library, now = self._library, self._clock()
        if library.folder:
            changes.look(self._database, library.folder, library.name, self._today, now)

    def beat(self) -> None:
        """Prove that the database can be written."""
        with self._database.session() as session:
            beat(session, self._clock())

    def purge(self) -> None:
        """Delete what is kept too long."""
        with self._database.session() as session:
            purge(session, self._clock(), self._settings.retention_days)

    @contextmanager
    def _saying(self) -> Iterator[tuple[Session, set[int]]]:
        """A transaction, and the chats that something was put for in it, once it has ended."""
        chats: set[int] = set()
        with self._database.session() as session:
            yield session, chats
            chats |= chats_put(session)
