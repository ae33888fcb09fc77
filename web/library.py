"""The documents: the index in force, opened anew when another becomes so."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from hyqa import (
    Chain,
    Document,
    DocumentError,
    Engine,
    HyqaError,
    Language,
    Metadata,
    Park,
    load_encoder,
    open_index,
    snapshot_name,
    snapshot_time,
)
from web.answering import Answers

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """An engine and its documents. Who holds one keeps it, whatever becomes of the index."""

    engine: Engine
    documents: tuple[tuple[str, Metadata], ...]
    """Ids and metadata, in the order of the index."""
    read_at: datetime
    """When the documents were read into the index, in UTC."""
    name: str = ""
    """Of the snapshot."""
    answers: Answers = field(default_factory=Answers, compare=False, repr=False)
    """What has been asked of it lately."""

    def document(self, id_: str) -> Document | None:
        """The document of an id, if there is one."""
        try:
            return self.engine.document(id_)
        except DocumentError:
            return None

    @cached_property
    def parks(self) -> Mapping[Language, tuple[Park, ...]]:
        """All parks in each language; making their quotes takes a while, and they stay the same."""
        return {one: self.engine.parks(one) for one in Language}

    @cached_property
    def chains(self) -> Mapping[Language, tuple[Chain, ...]]:
        """All industrial chains in each language."""
        return {one: self.engine.chains(one) for one in Language}

    def of_subject(self, subject: str) -> list[tuple[str, Metadata]]:
        """Documents in the folder of a subject."""
        return [(id_, meta) for id_, meta in self.documents if subject_of(id_) == subject]


class Library:
    """Hands out the shelf in force; the encoder is loaded once.

    Args:
        folder: of the index.
        encoder: name of what made it.
        clock: seconds since 1970.

    Raises:
        SnapshotError: there is no index, or it does not fit.
        EncoderError: the encoder cannot be loaded.
    """

    def __init__(self, folder: str, encoder: str, clock: Callable[[], float]) -> None:
        self.folder = Path(folder)
        self._clock = clock
        self._lock = threading.Lock()
        name = snapshot_name(self.folder)  # before it is opened: a newer one is taken up later
        opened = open_index(self.folder)
        self._encoder = load_encoder(encoder)
        self.shelf = self._shelf(Engine(opened, self._encoder), name)
        self.read_at = clock()
        """When the pointer to the index was last read, and what it names is in use."""

    def refresh(self) -> bool:
        """Take up another index if there is one; says whether there was."""
        with self._lock:
            name = snapshot_name(self.folder)
            if name == self.shelf.name:
                self.read_at = self._clock()
                return False
            try:
                self.shelf = self._shelf(Engine(open_index(self.folder), self._encoder), name)
            except HyqaError as error:
                _log.error("The new index cannot be used, the old one stays: %s", error)
                return False
            self.read_at = self._clock()
            _log.info("Took up a new index with %d documents", len(self.shelf.documents))
            return True

    def _shelf(self, engine: Engine, name: str) -> Shelf:
        return Shelf(engine, engine.documents(), snapshot_time(self.folder), name)


def subject_of(document_id: str) -> str:
    """The subject of a document: the folder that it lies in; '' where it lies in none."""
    folder, slash, _ = document_id.partition("/")
    return folder if slash else ""
