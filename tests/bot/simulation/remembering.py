"""What is costly and always the same is done once: a run asks few different questions, and often."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from engines import NOTHING_SAID, Watched

from bot.dialogues import takeaway
from bot.library import Answering
from hyqa import Answer, Conversation, Document, Sheet, print_sheet


class Remembering(Watched):
    """Gives what the real engine gave to the same question in the same conversation."""

    def __init__(self, engine: Answering) -> None:
        super().__init__(engine)
        self._answers: dict[tuple[str, Conversation, date | None], Answer] = {}
        self._documents: dict[str, Document] = {}

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation = NOTHING_SAID,
        as_of: date | None = None,
    ) -> Answer:
        """Answer as the engine does."""
        key = (question, conversation, as_of)
        if key not in self._answers:
            self._answers[key] = super().ask(question, conversation=conversation, as_of=as_of)
        return self._answers[key]

    def document(self, document_id: str) -> Document:
        """A document as the engine gives it."""
        if document_id not in self._documents:
            self._documents[document_id] = super().document(document_id)
        return self._documents[document_id]


class Drawn:
    """Sheets that were drawn: the same one gives the same bytes, after a second of work."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[Answer, bytes]] = {}

    def draw(self, sheet: Sheet, font: str = "") -> bytes:
        """Draw a sheet as the library does."""
        answer = sheet.answer  # kept below, so that no other gets its number
        key = (id(answer), sheet.question, sheet.tongue, sheet.day, *sheet.earlier)
        if key not in self._kept:
            self._kept[key] = answer, print_sheet(sheet, font)
        return self._kept[key][1]

    @contextmanager
    def instead(self) -> Iterator[None]:
        """Have the bot take what was drawn before."""
        with patch.object(takeaway, "print_sheet", self.draw):
            yield
