"""The documents: the index in force, looked at anew when another becomes so."""

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from hyqa import (
    Answer,
    Conversation,
    Document,
    Engine,
    HyqaError,
    Language,
    Metadata,
    Park,
    Quote,
    load_encoder,
    open_index,
    snapshot_name,
)

_log = logging.getLogger(__name__)


class Answering(Protocol):
    """The part of the library's engine that the bot uses."""

    def ask(
        self, question: str, *, conversation: Conversation = ..., as_of: date | None = ...
    ) -> Answer:
        """Answer a question that may follow up on a conversation."""
        ...

    def passages(
        self, text: str, *, top_k: int = ..., as_of: date | None = ...
    ) -> tuple[Quote, ...]:
        """The passages nearest to a text, whether they answer it or not."""
        ...

    def document(self, document_id: str) -> Document:
        """One document, as it was read."""
        ...

    def parks(self, language: Language) -> tuple[Park, ...]:
        """Every park with what documents state of it."""
        ...


@dataclass(frozen=True)
class Shelf:
    """An engine and its documents. Who holds one keeps it, whatever becomes of the index."""

    engine: Answering
    documents: tuple[tuple[str, Metadata], ...] = ()
    """Ids and metadata, in the order of the index."""

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {key_of(id_): id_ for id_, _ in self.documents}

    def by_key(self, key: str) -> Document | None:
        """The document of a short key, if there is one."""
        id_ = self._keys.get(key)
        return self.engine.document(id_) if id_ is not None else None

    def of_subject(self, subject: str) -> list[tuple[str, Metadata]]:
        """Documents in the folder of a subject."""
        return [(id_, meta) for id_, meta in self.documents if subject_of(id_) == subject]


class Library:
    """Hands out the shelf in force.

    Args:
        shelf: the first one.
        reopen: opens the index anew; None where it cannot change.
        name_now: gives the name of the snapshot in force.
        name: of the one that the first shelf was opened from.
        folder: of the index; None where there is none on a disk.
    """

    def __init__(
        self,
        shelf: Shelf,
        reopen: Callable[[], Shelf] | None = None,
        name_now: Callable[[], str] = str,
        *,
        name: str = "",
        folder: Path | None = None,
    ) -> None:
        self.folder = folder
        self.shelf = shelf
        self._reopen = reopen
        self._name_now = name_now
        self.name = name
        self._lock = threading.Lock()
        self._looked = -1

    @classmethod
    def open(cls, index: str, encoder: str) -> "Library":
        """Open an index; the encoder is loaded once.

        Raises:
            SnapshotError: there is none, or it does not fit.
            EncoderError: the encoder cannot be loaded.
        """
        folder = Path(index)
        name = snapshot_name(folder)  # before it is opened: one that comes meanwhile is taken up
        opened = open_index(folder)
        loaded = load_encoder(encoder)

        def reopen() -> Shelf:
            return _shelf(Engine(open_index(folder), loaded))

        return cls(
            _shelf(Engine(opened, loaded)), reopen, partial(snapshot_name, folder),
            name=name, folder=folder,
        )  # fmt: skip

    def look(self) -> None:
        """Read a document of the shelf, the next one each time.

        Raises:
            HyqaError: it cannot be read.
        """
        shelf = self.shelf
        if shelf.documents:
            self._looked = (self._looked + 1) % len(shelf.documents)
            shelf.engine.document(shelf.documents[self._looked][0])

    def refresh(self) -> bool:
        """Take up another index if there is one; says whether there was."""
        with self._lock:
            name = self._name_now()
            if self._reopen is None or name == self.name:
                return False
            try:
                self.shelf = self._reopen()
            except HyqaError as error:
                _log.error("The new index cannot be used, the old one stays: %s", error)
                return False
            self.name = name
            _log.info("Took up a new index with %d documents", len(self.shelf.documents))
            return True


def key_of(document_id: str) -> str:
    """A short key of a document that stays the same from index to index."""
    return hashlib.sha256(document_id.encode()).hexdigest()[:10]


def subject_of(document_id: str) -> str:
    """The subject of a document: the folder that it lies in; '' where it lies in none."""
    folder, slash, _ = document_id.partition("/")
    return folder if slash else ""


def _shelf(engine: Engine) -> Shelf:
    return Shelf(engine, engine.documents())
