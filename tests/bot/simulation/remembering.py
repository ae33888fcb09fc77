"""An engine that looks each question up once: a run asks few different ones, and often."""

from datetime import date

from engines import NOTHING_SAID, Watched

from bot.library import Answering
from hyqa import Answer, Conversation, Document


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
